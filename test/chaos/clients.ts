/** The people's Teams clients: they send until they are heard, sign in when asked, and ask again when told to. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AppWorld } from '../support/app/app-world.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity, SentActivity } from '../support/teams/connector-api.ts';
import { messageActivity, type OutgoingActivity } from '../support/teams/teams-activities.ts';
import type { Dice } from './dice.ts';
import { onceForEach, shownExports } from './shown-exports.ts';
import type { Wish } from './wishes.ts';

export interface Clients {
  /** Resolves when the bot has taken the message. */
  readonly ask: (wish: Wish) => Promise<void>;
  /** Does what people do about what they see now. */
  readonly look: () => void;
  /** Resolves when the next message is about to be sent. */
  readonly nextTurn: () => Promise<void>;
  /** How often a wish was sent anew because the bot had said "try again". */
  readonly timesAskedAnew: (wish: Wish) => number;
  /** Messages that were sent once more because no answer came. */
  readonly timesSentAgain: () => number;
}

const beforeButton = 6_000;
const beforeAskingAnew = 3_000;

/** Somebody, and where the bot may ask them to sign in. */
type Asker = Pick<Wish, 'person' | 'place'>;

/** @param owners of schedules, who have asked for nothing yet */
export function createClients(world: AppWorld, dice: Dice, owners: readonly Asker[]): Clients {
  const anew = new Map<Wish, number>();
  const taken: { readonly wish: Wish; readonly at: number }[] = [];
  const turns = new Set<() => void>();
  let sentAgain = 0;
  const signIn = createSignIn(world);

  const deliver = async (activity: OutgoingActivity): Promise<void> => {
    for (;;) {
      for (const tell of turns) tell();
      turns.clear();
      const heard = await world.channel.deliver(activity).catch(() => undefined);
      if (heard?.status === 200) return;
      sentAgain += 1;
      await pause(dice.between(500, 2500));
    }
  };
  const send = async (wish: Wish): Promise<void> => {
    const sender = world.channel.sender(wish.place, wish.person);
    await deliver(messageActivity(sender, { text: wish.url }));
    taken.push({ wish, at: Date.now() });
  };
  /** In a personal chat nobody knows which of several links met the trouble: those without a card are sent anew. */
  const askAnew = (activities: readonly KeptActivity[]): void => {
    const troubles = activities.filter((one) => isTrouble(one));
    const shown = new Set(shownExports(activities).map(cardKey));
    for (const [index, { wish, at }] of [...taken.entries()].reverse()) {
      const isMeant = troubles.some(
        (one) => one.conversationId === wish.place.id && postedAt(one) > at - beforeAskingAnew,
      );
      if (!isMeant || Date.now() - at < beforeAskingAnew || shown.has(placeKey(wish))) continue;
      taken.splice(index, 1);
      anew.set(wish, (anew.get(wish) ?? 0) + 1);
      void send(wish);
    }
  };
  return {
    ask: send,
    look: () => {
      const activities = world.channel.activities();
      for (const prompt of activities.filter(isPrompt)) {
        const isAsked = ({ place }: Asker): boolean => place.id === prompt.conversationId;
        const asker = taken.map(({ wish }) => wish).find(isAsked) ?? owners.find(isAsked);
        if (asker !== undefined) signIn(asker, prompt);
      }
      askAnew(activities);
    },
    nextTurn: () => new Promise((resolve) => turns.add(resolve)),
    timesAskedAnew: (wish) => anew.get(wish) ?? 0,
    timesSentAgain: () => sentAgain,
  };
}

const asksToSignIn = onceForEach((version: SentActivity): boolean => oauthCardOf(version) !== undefined);
const isPrompt = (activity: KeptActivity): boolean => !activity.deleted && asksToSignIn(latest(activity));
const admitsTrouble = onceForEach((version: SentActivity): boolean =>
  /Something went wrong on my side/.test(wordsOf(cardOf(version))),
);
const isTrouble = (activity: KeptActivity): boolean => admitsTrouble(latest(activity));
const postedAt = ({ id }: KeptActivity): number => Number(id);
const cardKey = (shown: { readonly activity: KeptActivity; readonly viewId: string }): string =>
  `${shown.activity.conversationId} ${shown.viewId}`;
const placeKey = ({ place, viewId }: Wish): string => `${place.id} ${viewId}`;

/** Silently first; who still sees the question later presses its button. */
function createSignIn(world: AppWorld): (asker: Asker, prompt: KeptActivity) => void {
  const tried = new Map<string, number>();
  const attempt = async ({ person, place }: Asker, prompt: KeptActivity): Promise<void> => {
    const before = tried.get(prompt.id);
    if (before !== undefined && Date.now() - before < beforeButton) return;
    tried.set(prompt.id, Date.now());
    const isSilent = before === undefined && oauthCardOf(latest(prompt))?.tokenExchangeResource !== undefined;
    if (isSilent) await world.channel.silentSso(place, person, prompt);
    else await world.channel.signInByButton(prompt, person);
  };
  return (asker, prompt) => {
    attempt(asker, prompt).catch(() => {
      // Nobody was there to hear it: it is tried once more at the next look.
      tried.delete(prompt.id);
    });
  };
}
