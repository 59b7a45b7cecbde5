/** Answers about schedules: to what people write, to the form, and to the buttons of each schedule. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { button, type ActionOf, type Verb } from '../../cards/blocks/buttons.ts';
import { nameLineCard } from '../../cards/names/names-card.ts';
import { scheduleCard } from '../../cards/schedules/schedule-card.ts';
import { schedulesCard } from '../../cards/schedules/schedules-card.ts';
import type { ChangeOutcome, ChangeWish } from '../../usecases/schedules/change-schedule.ts';
import type { Schedules } from '../../usecases/schedules/schedules.ts';
import { saysIt } from '../receive/schedules/read-timing.ts';
import type { Scheduling } from '../receive/schedules/read-scheduling.ts';
import type { PersonsTurn } from '../receive/turn.ts';
import { inPersonalChat, isShared } from './name-answers.ts';
import type { SubscriptionAnswers } from './subscription-answers.ts';
import {
  createSetUpAnswers,
  type SaidAbout,
  type SetUpAnswers,
  type SetUpAnswersDeps,
} from './set-up-answers.ts';

export interface ScheduleAnswers extends Pick<SetUpAnswers, 'form'> {
  /** To words. */
  readonly say: (turn: PersonsTurn, scheduling: Scheduling, about?: SaidAbout) => Promise<Card | string>;
  readonly list: (turn: PersonsTurn) => Promise<Card>;
  /** Those of a group or channel, whosever they are. */
  readonly here: (turn: PersonsTurn) => Promise<Card | string>;
  readonly change: (turn: PersonsTurn, action: ActionOf<ChangeVerb>) => Promise<Card | string>;
  readonly open: (turn: PersonsTurn, action: ActionOf<'showSchedule'>) => Promise<Card | string>;
}

export interface ScheduleAnswersDeps extends SetUpAnswersDeps {
  readonly schedules: Schedules;
  readonly subscriptionAnswers: Pick<SubscriptionAnswers, 'here'>;
}

export type ChangeVerb = Extract<
  Verb,
  'runScheduleNow' | 'pauseSchedule' | 'resumeSchedule' | 'extendSchedule' | 'endSchedule'
>;

const changes = {
  runScheduleNow: 'runNow',
  pauseSchedule: 'pause',
  resumeSchedule: 'resume',
  extendSchedule: 'extend',
  endSchedule: 'end',
} as const satisfies Readonly<Record<ChangeVerb, ChangeWish['to']>>;

const saidChanges = {
  pause: 'pause',
  resume: 'resume',
  runNow: 'runNow',
  unschedule: 'end',
} as const satisfies Readonly<Record<Exclude<Scheduling['command'], 'schedule'>, ChangeWish['to']>>;

export function createScheduleAnswers(deps: ScheduleAnswersDeps): ScheduleAnswers {
  const { schedules, subscriptionAnswers } = deps;
  const setUp = createSetUpAnswers(deps);
  const list: ScheduleAnswers['list'] = async (turn) =>
    schedulesCard(turn.words, {
      schedules: await schedules.list({ requester: turn.requester }),
    });
  // Whoever reads along must not learn how somebody calls what is theirs.
  const here = async (turn: PersonsTurn, written?: string) =>
    (await subscriptionAnswers.here(turn, written)) ?? inPersonalChat(turn, 'schedules');
  const change = async (turn: PersonsTurn, wish: Omit<ChangeWish, 'requester'>) =>
    changedCard(turn, await schedules.change({ requester: turn.requester, ...wish }));
  return {
    form: setUp.form,
    list,
    here,
    say: async (turn, { command, written }, about = {}) => {
      if (command === 'schedule') return setUp.say(turn, written, about);
      if (isShared(turn)) return here(turn, written);
      const to = saidChanges[command];
      return change(turn, { which: { written: saysIt(turn.words, written) ? '' : written }, to });
    },
    change: (turn, { verb, scheduleId }) => change(turn, { which: { scheduleId }, to: changes[verb] }),
    open: async (turn, { scheduleId }) => {
      const all = await schedules.list({ requester: turn.requester });
      const found = all.find(({ schedule }) => schedule.id === scheduleId);
      return found === undefined ? turn.words.schedules.gone : scheduleCard(turn.words, found);
    },
  };
}

function changedCard(turn: PersonsTurn, outcome: ChangeOutcome): Card | string {
  const { words } = turn;
  const { schedules: said } = words;
  switch (outcome.kind) {
    case 'changed':
      return scheduleCard(words, outcome.listed, outcome.to === 'runNow' ? 'running' : undefined);
    case 'several':
      return schedulesCard(words, {
        schedules: outcome.listed,
        asksWhich: true,
      });
    case 'over':
      return scheduleCard(words, outcome.listed, 'over');
    case 'underWay':
      return said.underWay;
    case 'notFound':
      return said.gone;
    case 'notScheduled':
    case 'unknownName': {
      if (outcome.written === '') return schedulesCard(words, { schedules: [] });
      const { summary, text } = said.notScheduled;
      return nameLineCard(
        { summary, text: text(outcome.written) },
        { buttons: [button(words, { verb: 'schedules' })] },
      );
    }
  }
}
