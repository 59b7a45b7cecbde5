/** Pastes links at a steady pace, as people would, and tells in the end what became of each. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../src/sandbox/chat/people.ts';
import type { AppSuite, View } from '../support/app/app-suite.ts';
import type { AppWorld } from '../support/app/app-world.ts';
import { cardOf, latest, wordsOf } from '../support/teams/card-search.ts';
import { messageActivity } from '../support/teams/teams-activities.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import type { LinkSeen } from './verdict.ts';

/** Two or three a second. */
const paceMilliseconds = 400;
/** Teams delivers again what was not taken. */
const againAfterMilliseconds = 5_000;
const mostDeliveries = 5;
const fate = { kind: 'runs', startsAfterMs: 0, endsAfterMs: 8_000, ends: 'succeeded' } as const;

interface Pasted {
  readonly view: View;
  readonly person: Person;
  isTaken: boolean;
}

export interface Load {
  readonly pasted: () => number;
  /** No more links; resolves when the last one was delivered. */
  readonly end: () => Promise<void>;
  /** Waits until each link has its card with figures, or the time is over. */
  readonly seen: (patienceMilliseconds: number) => Promise<readonly LinkSeen[]>;
}

export function startLoad(world: AppWorld, suite: AppSuite, people: readonly Person[]): Load {
  const links: Pasted[] = [];
  const deliveries: Promise<void>[] = [];
  const ending = new AbortController();
  const deliver = async (link: Pasted): Promise<void> => {
    const sender = world.channel.sender(personalChat(link.person), link.person);
    const activity = messageActivity(sender, { text: link.view.url });
    for (let nth = 0; nth < mostDeliveries && !link.isTaken; nth += 1) {
      if (nth > 0) await pause(againAfterMilliseconds);
      link.isTaken = await world.channel.deliver(activity).then(
        ({ status }) => status === 200,
        () => false,
      );
    }
  };
  const pasting = (async () => {
    for (let nth = 0; !ending.signal.aborted; nth += 1) {
      const person = people[nth % people.length];
      if (person === undefined) return;
      const link = { view: suite.view(fate, { rows: 20 }), person, isTaken: false };
      links.push(link);
      deliveries.push(deliver(link));
      await pause(paceMilliseconds);
    }
  })();
  const look = () => links.map((link) => seenOf(world, link));
  return {
    pasted: () => links.length,
    end: async () => {
      ending.abort();
      await pasting;
      await Promise.all(deliveries);
    },
    seen: async (patienceMilliseconds) => {
      const until = Date.now() + patienceMilliseconds;
      while (look().some(({ cards }) => cards === 0) && Date.now() < until) await pause(500);
      return look();
    },
  };
}

function seenOf({ channel, graph }: AppWorld, { view, person, isTaken }: Pasted): LinkSeen {
  const cards = channel.messages(personalChat(person).id).filter((one) => {
    const words = wordsOf(cardOf(latest(one)));
    return words.includes(view.explorerViewId.slice(0, 8)) && words.includes('average progress');
  });
  const jobs = graph.jobs().filter(({ explorerViewId }) => explorerViewId === view.explorerViewId);
  return { cards: cards.length, jobs: jobs.length, taken: isTaken };
}
