/** Answers about the subscriptions of a group or channel: the list, and what the buttons of each do. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { subscriptionAboutCard, subscriptionsHereCard } from '../../cards/schedules/subscription-cards.ts';
import type { Schedules } from '../../usecases/schedules/schedules.ts';
import type { Subscriptions } from '../../usecases/schedules/subscriptions.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface SubscriptionAnswersDeps {
  readonly schedules: Pick<Schedules, 'listHere' | 'change'>;
  readonly subscriptions: Subscriptions;
}

type OnSubscription = (turn: PersonsTurn, scheduleId: string) => Promise<Card | string>;

export interface SubscriptionAnswers {
  /** What is posted there; undefined where nothing is. */
  readonly here: (turn: PersonsTurn) => Promise<Card | undefined>;
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
    here: async ({ conversation, words }) => {
      const here = await schedules.listHere({ conversation });
      return here.length === 0 ? undefined : subscriptionsHereCard(words, here);
    },
    accept: async (turn, scheduleId) => {
      const { answers } = turn.words.subscriptions;
      const outcome = await subscriptions.accept(wishOf(turn, scheduleId));
      switch (outcome.kind) {
        case 'accepted':
        case 'neverRuns':
          return answers[outcome.kind];
        case 'tooMany':
          return answers.tooMany(outcome.max, outcome.of);
        case 'notFound':
          return answers.notYours;
      }
    },
    decline: async (turn, scheduleId) => {
      const { answers } = turn.words.subscriptions;
      const outcome = await subscriptions.decline(wishOf(turn, scheduleId));
      return outcome.kind === 'declined' ? answers.declined : answers.notYours;
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

const wishOf = ({ requester, conversation }: PersonsTurn, scheduleId: string) => ({
  requester,
  conversation,
  scheduleId,
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
