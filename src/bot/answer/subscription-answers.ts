/** Answers about the subscriptions of a group or channel: the list, and what the buttons of each do. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { subscriptionAboutCard, subscriptionsHereCard } from '../../cards/schedules/subscription-cards.ts';
import { present } from '../../domain/present.ts';
import { sameTarget } from '../../domain/exports/target.ts';
import type { NameTargets } from '../../usecases/name-targets.ts';
import { findNameHere } from '../../usecases/names/names-here.ts';
import type { ScheduleListed } from '../../usecases/schedules/listed-schedule.ts';
import type { Schedules } from '../../usecases/schedules/schedules.ts';
import type { Subscriptions } from '../../usecases/schedules/subscriptions.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface SubscriptionAnswersDeps {
  readonly schedules: Pick<Schedules, 'listHere' | 'change'>;
  readonly subscriptions: Subscriptions;
  readonly nameTargets: Pick<NameTargets, 'here'>;
}

type OnSubscription = (turn: PersonsTurn, scheduleId: string) => Promise<Card | string>;

export interface SubscriptionAnswers {
  /**
   * What is posted there; undefined where nothing is.
   * @param written a name: where something posted there is called so, that alone
   */
  readonly here: (turn: PersonsTurn, written?: string) => Promise<Card | undefined>;
  readonly accept: OnSubscription;
  readonly decline: OnSubscription;
  readonly about: OnSubscription;
  readonly askPause: OnSubscription;
  readonly pause: OnSubscription;
  readonly resume: OnSubscription;
  readonly end: OnSubscription;
}

export function createSubscriptionAnswers(deps: SubscriptionAnswersDeps): SubscriptionAnswers {
  const { schedules, subscriptions } = deps;
  const about: OnSubscription = async (turn, scheduleId) => {
    const outcome = await subscriptions.about(wishOf(turn, scheduleId));
    return outcome.kind === 'about'
      ? subscriptionAboutCard(turn.words, outcome.listed, outcome.standing)
      : turn.words.subscriptions.answers.over;
  };
  return {
    here: async (turn, written) => {
      const here = await schedules.listHere(turn);
      const named = written === undefined ? [] : await namedSo(deps, turn, here, written);
      const shown = named.length === 0 ? here : named;
      return shown.length === 0 ? undefined : subscriptionsHereCard(turn.words, shown);
    },
    accept: async (turn, scheduleId) => {
      const { answers } = turn.words.subscriptions;
      const outcome = await subscriptions.accept(answerOf(turn, scheduleId));
      switch (outcome.kind) {
        case 'accepted':
        case 'neverRuns':
        case 'over':
          return answers[outcome.kind];
        case 'tooMany':
          return answers.tooMany(outcome.max, outcome.of);
        case 'notFound':
          return answers.notYours;
      }
    },
    decline: async (turn, scheduleId) => {
      const { answers } = turn.words.subscriptions;
      const { kind } = await subscriptions.decline(answerOf(turn, scheduleId));
      return kind === 'notFound' ? answers.notYours : answers[kind];
    },
    about,
    askPause: async (turn, scheduleId) => {
      const { answers } = turn.words.subscriptions;
      const { kind } = await subscriptions.askPause(wishOf(turn, scheduleId));
      return kind === 'notFound' ? answers.over : answers[kind];
    },
    pause: (turn, scheduleId) => change(deps, turn, scheduleId, 'pause'),
    resume: (turn, scheduleId) => change(deps, turn, scheduleId, 'resume'),
    end: async (turn, scheduleId) => {
      const { answers } = turn.words.subscriptions;
      const { kind } = await subscriptions.end(wishOf(turn, scheduleId));
      return kind === 'notFound' ? answers.over : answers[kind];
    },
  };
}

async function namedSo(
  { nameTargets }: SubscriptionAnswersDeps,
  turn: PersonsTurn,
  here: readonly ScheduleListed[],
  written: string,
): Promise<readonly ScheduleListed[]> {
  const found = findNameHere(await nameTargets.here(turn), { written });
  if (found.kind !== 'found') return [];
  return here.filter(({ schedule }) => sameTarget(schedule.target, found.name.target));
}

const wishOf = ({ requester, conversation }: PersonsTurn, scheduleId: string) => ({
  requester,
  conversation,
  scheduleId,
});

const answerOf = (turn: PersonsTurn, scheduleId: string) => ({
  ...wishOf(turn, scheduleId),
  ...present({ questionId: turn.activity.replyToId }),
});

/** By its owner, wherever they press. */
async function change(
  { schedules }: SubscriptionAnswersDeps,
  { requester, words }: PersonsTurn,
  scheduleId: string,
  to: 'pause' | 'resume',
): Promise<Card | string> {
  const outcome = await schedules.change({ requester, which: { scheduleId }, to });
  if (outcome.kind === 'changed') return subscriptionAboutCard(words, outcome.listed, 'owner');
  return outcome.kind === 'over' ? words.subscriptions.answers.neverRuns : words.subscriptions.answers.over;
}
