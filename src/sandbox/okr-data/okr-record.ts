/** Writes an OKR as a record of the export: the columns of a web export, one further cell for each further check-in. */
import type { OkrAsOf, CheckInPlan, OkrName, PlannedOkr } from './planned-okr.ts';

export const exportHeader: readonly string[] = [
  'Id',
  'Title',
  'Team',
  'Creator',
  'Owner',
  'Period',
  'Start Date',
  'End Date',
  'Description',
  'Aligned To (weight, Objective ID)',
  'Metric Name',
  'Unit',
  'Target',
  'Object Type',
  'Goal Type',
  'Start',
  'Created At',
  'Last Check-in',
  'Progress %',
  'Actual Progress',
  'Status',
  'Last Check-in Note',
  'Score',
  'Checkins',
];

/** @param at milliseconds since 1970: every date is relative to it */
export const okrRecord = (okr: PlannedOkr, now: OkrAsOf, at: number): readonly string[] => {
  const period = periodOf(okr, at);
  const [latest] = okr.checkIns;
  const { metric } = okr;
  const span = metric && { start: figure(metric.start), target: figure(metric.target) };
  return [
    String(okr.id),
    okr.title,
    okr.team,
    okr.creator,
    now.owner,
    period.name,
    period.start,
    period.end,
    okr.description,
    alignment(okr.parents),
    metric?.name ?? '',
    metric?.unit ?? '',
    span?.target ?? '',
    okr.objectType,
    okr.goalType,
    span?.start ?? '',
    `${daysBefore(at, okr.createdDaysAgo)} 14:36:20 UTC`,
    latest ? daysBefore(at, latest.daysAgo) : '',
    String(now.progress),
    actual(okr, now.progress),
    now.status,
    latest?.note ?? '',
    now.status === 'Closed' ? '0.8' : '',
    ...(okr.checkIns.length === 0 ? [''] : okr.checkIns.map((one) => checkIn(one, okr, now, at))),
  ];
};

/** The quarter or year of the export; what has a date of its own is due then. */
const periodOf = ({ annual, dueInDays }: PlannedOkr, at: number) => {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  const quarter = Math.floor(date.getUTCMonth() / 3);
  const start = annual ? Date.UTC(year, 0, 1) : Date.UTC(year, quarter * 3, 1);
  const end = annual ? Date.UTC(year, 11, 31) : Date.UTC(year, quarter * 3 + 3, 0);
  const due = dueInDays === undefined ? end : at + dueInDays * dayMs;
  return {
    name: annual ? `Annual ${year}` : `Q${quarter + 1} ${year}`,
    start: calendarDay(Math.min(start, due - 40 * dayMs)),
    end: calendarDay(due),
  };
};

const alignment = (parents: readonly OkrName[]): string => {
  const weight = parents.length === 1 ? '100%' : `${(100 / parents.length).toFixed(2)}%`;
  return parents.map(({ id, title }) => `${title}(weight: ${weight}, Id: ${id})`).join(' / ');
};

/** Percent for what has no metric; else where the metric stands. */
const actual = ({ metric }: PlannedOkr, progress: number): string =>
  metric === undefined
    ? String(progress)
    : figure(metric.start + ((metric.target - metric.start) * progress) / 100);

/** Keys are optional in the product's own files; the last one of several often has no metric. */
const checkIn = (
  { daysAgo, by, note, progress }: CheckInPlan,
  okr: PlannedOkr,
  now: OkrAsOf,
  at: number,
): string => {
  const day = daysBefore(at, daysAgo);
  const metric = okr.metric === undefined ? '' : ` Metric Name: ${okr.metric.name};`;
  return (
    `Checkin Date: ${day}; User: ${by}; Note: ${note};${metric} Status: ${now.status}; ` +
    `Current Value: ${progress}%; Activity Date: ${day} 09:00:00 UTC;`
  );
};

const daysBefore = (at: number, days: number): string => calendarDay(at - days * dayMs);

export const dayMs = 24 * 3_600_000;

const known = new Map<number, string>();
const maxKnown = 5_000;

/** `YYYY-MM-DD`; a file names the same few days thousands of times. @param at milliseconds since 1970 */
export const calendarDay = (at: number): string => {
  const number = Math.floor(at / dayMs);
  const before = known.get(number);
  if (before !== undefined) return before;
  if (known.size >= maxKnown) known.clear();
  const day = new Date(number * dayMs).toISOString().slice(0, 10);
  known.set(number, day);
  return day;
};

const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** Commas for thousands, at most two decimals. */
export const figure = (value: number): string => format.format(value);

/** Quoted where it must be, ended by a line feed. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\n`;

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
