/** Reads the parts in which people say when: days, time of day, condition, last day; each tells how far it goes and what it says. */
import type { CalendarDay, Days, TimeOfDay, Timing, Weekday } from '../../../domain/schedules/schedule.ts';
import { dateAt, spanAt, type Calendar } from './read-last-day.ts';
import { phraseAt, type Sentence } from './spoken-words.ts';

interface TimingProblem {
  readonly what: 'time' | 'dayOfMonth' | 'lastDay' | 'past' | 'conditions' | 'unclear';
  /** As the person wrote it. */
  readonly written: string;
}

/** What is said of a timing; what is missing is asked for. */
export interface TimingSaid {
  readonly days?: Days;
  readonly at?: TimeOfDay;
  readonly condition?: Timing['condition'];
  readonly until?: CalendarDay;
  readonly problem?: TimingProblem;
}

interface Part {
  /** The word behind it. */
  readonly next: number;
  readonly says: TimingSaid;
}

export type ReadPart = (
  sentence: Sentence,
  at: number,
  soFar: TimingSaid,
  calendar: Calendar,
) => Part | undefined;

const dayWords: ReadPart = (sentence, at) => {
  const { everyDay, weekdays } = sentence.grammar;
  const weekday = phraseAt(sentence, at, weekdays);
  if (weekday > 0) return { next: at + weekday, says: { days: { kind: 'weekdays' } } };
  const everyOne = phraseAt(sentence, at, everyDay);
  return everyOne > 0 ? { next: at + everyOne, says: { days: { kind: 'everyDay' } } } : undefined;
};

const namedDays: ReadPart = (sentence, at) => {
  const { onDay, and, dayNames } = sentence.grammar;
  const on = new Set<Weekday>();
  let next = at + phraseAt(sentence, at, onDay);
  for (let from = next; from < sentence.words.length;) {
    const day = dayNames.findIndex((names) => phraseAt(sentence, from, names) > 0);
    if (day === -1) break;
    on.add((day + 1) as Weekday);
    next = from + 1;
    from = next + phraseAt(sentence, next, and);
    from += phraseAt(sentence, from, onDay);
  }
  if (on.size === 0) return undefined;
  return { next, says: { days: { kind: 'weekly', on: [...on].sort((a, b) => a - b) } } };
};

/** “Monthly on the 1st”. */
const monthDay: ReadPart = (sentence, at) => {
  const { monthly, onTheDay } = sentence.grammar;
  const opened = phraseAt(sentence, at, monthly);
  if (opened === 0) return undefined;
  const from = at + opened + phraseAt(sentence, at + opened, onTheDay);
  const day = dayOfMonthAt(sentence, from);
  return day === undefined ? undefined : monthlyPart(sentence, from, day);
};

/** “On the 1st of every month”. */
const dayOfEveryMonth: ReadPart = (sentence, at) => {
  const { onTheDay, ofTheMonth } = sentence.grammar;
  const from = at + phraseAt(sentence, at, onTheDay);
  const day = dayOfMonthAt(sentence, from);
  const closed = day === undefined ? 0 : phraseAt(sentence, from + day.length, ofTheMonth);
  return day === undefined || closed === 0
    ? undefined
    : monthlyPart(sentence, from, { ...day, length: day.length + closed });
};

interface DayOfMonth {
  readonly day: number;
  readonly length: number;
}

function dayOfMonthAt(sentence: Sentence, at: number): DayOfMonth | undefined {
  const { lastDay, firstDay, ordinalEndings } = sentence.grammar;
  const last = phraseAt(sentence, at, lastDay);
  if (last > 0) return { day: maxDay, length: last };
  const first = phraseAt(sentence, at, firstDay);
  if (first > 0) return { day: 1, length: first };
  const [, digits, ending = ''] = /^(\d{1,3})(\p{L}*)$/u.exec(sentence.words[at] ?? '') ?? [];
  const isDay = digits !== undefined && (ending === '' || ordinalEndings.some(([one]) => one === ending));
  return isDay ? { day: Number(digits), length: 1 } : undefined;
}

const maxDay = 31;

function monthlyPart({ words }: Sentence, at: number, { day, length }: DayOfMonth): Part {
  const next = at + length;
  return day >= 1 && day <= maxDay
    ? { next, says: { days: { kind: 'monthly', day } } }
    : { next, says: { problem: { what: 'dayOfMonth', written: words[at] ?? '' } } };
}

/** Digits alone are a time only where the words around them leave no doubt. */
const timeOfDay: ReadPart = (sentence, at, soFar) => {
  const { grammar, words } = sentence;
  const opened = phraseAt(sentence, at, grammar.at);
  const from = at + opened;
  const noon = phraseAt(sentence, from, grammar.noon);
  if (noon > 0) return { next: from + noon, says: { at: { hour: 12, minute: 0 } } };
  const midnight = phraseAt(sentence, from, grammar.midnight);
  if (midnight > 0) return { next: from + midnight, says: { at: { hour: 0, minute: 0 } } };
  const written = words[from] ?? '';
  const [, hours, minutes, ending] = /^(\d{1,2})(?:[:.h](\d{2}))?(\p{L}[\p{L}.]*)?$/u.exec(written) ?? [];
  if (hours === undefined) return undefined;
  const half = halfOf(sentence, ending === undefined ? words[from + 1] : ending);
  if (ending !== undefined && half === undefined) return undefined;
  const isClear = minutes !== undefined || half !== undefined || opened > 0 || soFar.days !== undefined;
  if (!isClear) return undefined;
  const next = from + (ending === undefined && half !== undefined ? 2 : 1);
  const time = timeOf(Number(hours), Number(minutes ?? '0'), half);
  return time === undefined
    ? { next, says: { problem: { what: 'time', written: words.slice(from, next).join(' ') } } }
    : { next, says: { at: time } };
};

type Half = 'am' | 'pm' | 'either';

function halfOf({ grammar }: Sentence, word: string | undefined): Half | undefined {
  const isOne = (phrases: readonly (readonly string[])[]): boolean => phrases.some(([one]) => one === word);
  if (isOne(grammar.beforeNoon)) return 'am';
  if (isOne(grammar.afterNoon)) return 'pm';
  return isOne(grammar.oClock) ? 'either' : undefined;
}

function timeOf(hours: number, minute: number, half: Half | undefined): TimeOfDay | undefined {
  const isTwelve = half === 'am' || half === 'pm';
  const isTime = minute < 60 && (isTwelve ? hours >= 1 && hours <= 12 : hours < 24);
  if (!isTime) return undefined;
  const hour = isTwelve ? (hours % 12) + (half === 'pm' ? 12 : 0) : hours;
  return { hour, minute };
}

const condition: ReadPart = (sentence, at) => {
  const { onlyIf, besideCondition, changed, atRisk } = sentence.grammar;
  const opened = phraseAt(sentence, at, onlyIf);
  if (opened === 0) return undefined;
  const said = new Set<'ifChanged' | 'ifAtRisk'>();
  let next = at + opened;
  for (let from = next; from < sentence.words.length;) {
    const [change, risk] = [phraseAt(sentence, from, changed), phraseAt(sentence, from, atRisk)];
    if (change > 0) said.add('ifChanged');
    if (risk > 0) said.add('ifAtRisk');
    const length = change || risk;
    from += length || phraseAt(sentence, from, besideCondition) || Infinity;
    if (length > 0) next = from;
  }
  const [only, other] = said;
  if (only === undefined) return undefined;
  return other === undefined
    ? { next, says: { condition: only } }
    : { next, says: { problem: { what: 'conditions', written: sentence.words.slice(at, next).join(' ') } } };
};

const lastDay: ReadPart = (sentence, at, _soFar, calendar) => {
  const { until, lasting } = sentence.grammar;
  const opened = phraseAt(sentence, at, until);
  if (opened > 0) {
    const rest = sentence.words.slice(at + opened);
    const date = dateAt(rest, calendar);
    const written = rest.slice(0, date?.length).join(' ');
    if (date === undefined)
      return { next: sentence.words.length, says: { problem: { what: 'lastDay', written } } };
    const next = at + opened + date.length;
    const isPast = date.day < calendar.today;
    return { next, says: isPast ? { problem: { what: 'past', written } } : { until: date.day } };
  }
  const span = phraseAt(sentence, at, lasting);
  const end = span === 0 ? undefined : spanAt(sentence.words.slice(at + span), calendar);
  return end && { next: at + span + end.length, says: { until: end.day } };
};

export const readParts: readonly ReadPart[] = [
  dayWords,
  namedDays,
  monthDay,
  dayOfEveryMonth,
  timeOfDay,
  condition,
  lastDay,
];
