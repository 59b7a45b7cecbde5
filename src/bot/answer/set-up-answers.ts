/** Sets up a schedule from a sentence or a form: what was understood is kept, and what is missing or wrong is asked for. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { button, type ActionOf, type CardAction } from '../../cards/blocks/buttons.ts';
import { plainName } from '../../cards/blocks/untrusted-text.ts';
import { nameLineCard } from '../../cards/names/names-card.ts';
import { daysValue, timeValue, type FormValues } from '../../cards/schedules/form-values.ts';
import { scheduleCard } from '../../cards/schedules/schedule-card.ts';
import { scheduleFormCard, thingChoice, zoneFormCard } from '../../cards/schedules/schedule-form.ts';
import { subscriptionQuestionCard } from '../../cards/schedules/subscription-cards.ts';
import { ownTarget } from '../../domain/exports/own-target.ts';
import type { Target } from '../../domain/exports/target.ts';
import type { TargetName } from '../../domain/exports/target-name.ts';
import { present } from '../../domain/present.ts';
import { dayIn } from '../../domain/schedules/next-run.ts';
import type { Timing } from '../../domain/schedules/schedule.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { NameTargets } from '../../usecases/name-targets.ts';
import { nameCalled } from '../../usecases/names/find-name.ts';
import { findNameHere, type NamesHere, type UnknownNameHere } from '../../usecases/names/names-here.ts';
import type { Schedules } from '../../usecases/schedules/schedules.ts';
import type { SetUpOutcome, SetUpWish } from '../../usecases/schedules/set-up-schedule.ts';
import type { RichText } from '../../words/en/phrasing/rich-text.ts';
import { readForm, wholeTiming } from '../receive/schedules/read-form.ts';
import { saysIt, waysToSchedule, type ScheduleWay } from '../receive/schedules/read-timing.ts';
import type { PersonsTurn } from '../receive/turn.ts';
import { isShared, thingHere } from './name-answers.ts';
import { unknownThereCard } from './shared-name-answers.ts';

export interface SetUpAnswersDeps {
  readonly schedules: Pick<Schedules, 'setUp'>;
  readonly nameTargets: Pick<NameTargets, 'list' | 'here' | 'exportHere'>;
  readonly clock: Clock;
}

export interface SaidAbout {
  /** Whose link the message brought. */
  readonly target?: Target;
  /** The activity that it replies to. */
  readonly repliesTo?: string;
}

export interface SetUpAnswers {
  /** @param written behind `schedule`: name and timing */
  readonly say: (turn: PersonsTurn, written: string, about: SaidAbout) => Promise<Card | string>;
  /** To the form, or to the wish for one. */
  readonly form: (
    turn: PersonsTurn,
    action: ActionOf<'scheduleIt'>,
    inDialog?: boolean,
  ) => Promise<{ readonly card: Card; readonly isSet: boolean }>;
}

type Thing = SetUpWish['what'];

export const createSetUpAnswers = (deps: SetUpAnswersDeps): SetUpAnswers => ({
  say: async (turn, written, { target, repliesTo }) => {
    const names = await deps.nameTargets.here(turn);
    const way = likeliest(waysToSchedule(turn.words, written, calendarOf(deps, turn)), names);
    if (target !== undefined) return sayLink(deps, turn, way, target);
    const found = findNameHere(names, { written: way.name });
    if (found.kind === 'unknownName' && saysIt(turn.words, way.name))
      return sayExportHere(deps, turn, way, repliesTo);
    if (found.kind === 'unknownName' && way.name !== '')
      return unknownCard(turn, found, filledFrom(way.timing));
    const known = found.kind === 'found' ? found.name : undefined;
    return sayThing(deps, turn, way, known && { kind: 'name', id: known.id, label: known.name });
  },
  form: async (turn, action, inDialog = false) => {
    const { sent = false, thing, ...filled } = action;
    const shown = await formContent(deps, turn, thing);
    const ask = (problem?: RichText) => ({
      card: scheduleFormCard(turn.words, { ...shown, filled, inDialog, ...present({ problem }) }),
      isSet: false,
    });
    if (!sent) return ask();
    const reading = readForm(turn.words, action, calendarOf(deps, turn).today);
    if (reading.kind === 'wrong') return ask(reading.problem);
    const { what, timing } = reading;
    const outcome = await setUp(deps, turn, what, timing, filled.zone);
    if (outcome.kind === 'scheduled')
      return { card: scheduleCard(turn.words, outcome.listed, 'set'), isSet: true };
    if (outcome.kind === 'zoneUnknown')
      return { card: zoneFormCard(turn.words, { zones: zones(), sent: action, inDialog }), isSet: false };
    const refusal = refusalOf(turn, outcome);
    return typeof refusal === 'string' ? ask([refusal]) : { card: refusal, isSet: true };
  },
});

const zones = (): readonly string[] => Intl.supportedValuesOf('timeZone');

/** Americans put the month first. */
function calendarOf({ clock }: SetUpAnswersDeps, { zone = 'UTC', activity: { locale } }: PersonsTurn) {
  return { today: dayIn(zone, clock.now()), monthFirst: /^en-(?:US|PH)$/i.test(locale ?? 'en-US') };
}

/** A name that is known there decides which words are its own. */
function likeliest(ways: readonly ScheduleWay[], { own, shared }: NamesHere): ScheduleWay {
  const known = ways.find(({ name }) => nameCalled([...own, ...shared], name) !== undefined);
  return known ?? ways[0] ?? { name: '', timing: {} };
}

async function sayLink(
  deps: SetUpAnswersDeps,
  turn: PersonsTurn,
  { name, timing }: ScheduleWay,
  target: Target,
): Promise<Card | string> {
  const { words } = turn;
  const { problem, days, at } = timing;
  if (problem !== undefined || name !== '')
    return problemCard(turn, problem ?? { what: 'unclear', written: name });
  if (days === undefined || at === undefined) return words.schedules.whenLink;
  const outcome = await setUp(deps, turn, { target }, wholeTiming({ ...timing, days, at }));
  return outcome.kind === 'scheduled' ? scheduleCard(words, outcome.listed, 'set') : refusalOf(turn, outcome);
}

async function sayExportHere(
  deps: SetUpAnswersDeps,
  turn: PersonsTurn,
  way: ScheduleWay,
  repliesTo: string | undefined,
): Promise<Card | string> {
  const { requester, words } = turn;
  const job = await deps.nameTargets.exportHere({ requester, thing: thingHere(turn, repliesTo) });
  if (job === undefined) return words.schedules.nothingHere;
  return sayThing(deps, turn, way, { kind: 'export', id: job.id, label: ownTarget(job).label });
}

interface Known {
  readonly kind: 'name' | 'export';
  readonly id: string;
  /** For the eyes of whoever asks. */
  readonly label: string;
}

async function sayThing(
  deps: SetUpAnswersDeps,
  turn: PersonsTurn,
  { timing }: ScheduleWay,
  known: Known | undefined,
): Promise<Card | string> {
  const { words } = turn;
  const { problem, days, at } = timing;
  const filled = filledFrom(timing);
  const value = known && `${known.kind}:${known.id}`;
  if (problem === undefined && days !== undefined && at !== undefined && known !== undefined) {
    const what = known.kind === 'name' ? { nameId: known.id } : { exportId: known.id };
    const outcome = await setUp(deps, turn, what, wholeTiming({ ...timing, days, at }));
    if (outcome.kind === 'scheduled') return scheduleCard(words, outcome.listed, 'set');
    if (outcome.kind !== 'zoneUnknown') return refusalOf(turn, outcome);
    const sent = { verb: 'scheduleIt', thing: value, ...filled, sent: true } as const;
    return isShared(turn)
      ? words.schedules.zoneFirst
      : zoneFormCard(words, { zones: zones(), sent, inDialog: false });
  }
  if (isShared(turn))
    return problem === undefined ? words.schedules.onlyInPersonal : problemCard(turn, problem);
  const wrong = problem && words.schedules.problems[problem.what](problem.written);
  const shown = known && value !== undefined ? { thing: { value, label: known.label } } : undefined;
  return scheduleFormCard(words, {
    ...(shown ?? (await formContent(deps, turn))),
    filled,
    inDialog: false,
    ...(wrong !== undefined && { problem: words.schedules.tryThis(wrong) }),
  });
}

type Problem = NonNullable<ScheduleWay['timing']['problem']>;

function problemCard({ words: { schedules } }: PersonsTurn, { what, written }: Problem): Card {
  const text = schedules.tryThis(schedules.problems[what](written));
  return nameLineCard({ summary: schedules.notUnderstood, text });
}

const filledFrom = ({ days, at, condition, until }: ScheduleWay['timing']): FormValues =>
  present({
    days: days && daysValue(days),
    at: at && timeValue(at),
    condition,
    until,
  });

const setUp = (
  { schedules }: SetUpAnswersDeps,
  { requester, conversation, zone, activity }: PersonsTurn,
  what: Thing,
  timing: Timing,
  chosen?: string,
): Promise<SetUpOutcome> =>
  schedules.setUp({
    requester,
    conversation,
    what,
    timing,
    ...present({ zone: chosen ?? zone, activityId: activity.id }),
  });

type Refusal = Exclude<SetUpOutcome, { readonly kind: 'scheduled' }>;

function refusalOf({ words }: PersonsTurn, outcome: Refusal): Card | string {
  const { schedules } = words;
  switch (outcome.kind) {
    case 'tooMany':
      return schedules.tooMany[outcome.of](outcome.max);
    case 'neverRuns':
      return schedules.neverRuns;
    case 'unknownName':
    case 'notFound':
      return schedules.notFound;
    case 'zoneUnknown':
      return schedules.zoneFirst;
    case 'askConsent':
      return subscriptionQuestionCard(words, outcome.listed.schedule, outcome.others);
  }
}

/** With what they wrote in hand, a press on the right name is enough; what other words may mean is seen in the form before. */
function unknownCard(turn: PersonsTurn, unknown: UnknownNameHere, filled: FormValues): Card {
  const { words } = turn;
  const { summary, text } = words.schedules.unknown;
  const { written, near } = unknown;
  const isWhole = filled.days !== undefined && filled.at !== undefined;
  const choose = ({ id, name }: TargetName): CardAction => ({
    verb: 'scheduleIt',
    thing: `name:${id}`,
    ...filled,
    ...(isWhole && wordsOf(name) === wordsOf(written) && { sent: true }),
  });
  if (isShared(turn)) return unknownThereCard(words, unknown, choose);
  const choices = near.map((one) => button(words, choose(one), { title: plainName(one.name, '–') }));
  return nameLineCard({ summary, text: text(written, near.length > 0) }, { buttons: choices });
}

const wordsOf = (name: string): number => name.trim().split(/\s+/u).length;

async function formContent({ nameTargets }: SetUpAnswersDeps, turn: PersonsTurn, thing?: string) {
  if (thing !== undefined) {
    const { own, shared } = await nameTargets.here(turn);
    const label = [...own, ...shared].find(({ id }) => thing === `name:${id}`)?.name;
    return { thing: { value: thing, ...present({ label }) } };
  }
  const { names, nameless } = await nameTargets.list(turn);
  const things = [
    ...names.map(({ id, name }) => thingChoice('name', id, name)),
    ...nameless.map(({ id, target }) => thingChoice('export', id, target.label)),
  ];
  return { things };
}
