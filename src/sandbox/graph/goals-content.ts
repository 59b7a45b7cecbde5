/** Makes the CSV that the simulated Graph exports: made-up goals, the same bytes for the same view and creation time. */
import { csvLine, exportHeader, okrRecord } from '../okr-data/okr-record.ts';
import { okrAsOf, type PlannedOkr } from '../okr-data/planned-okr.ts';
import { planOkrs } from '../okr-data/plan-okrs.ts';

/** `still`: nothing moves from export to export within a quarter. `untitled`: the one column that a reader needs has another name. */
export type ContentForm = 'moving' | 'still' | 'untitled';

type ContentOf = Readonly<{
  explorerViewId: string;
  /** Milliseconds since 1970; every date in the rows is relative to it, and what moves has moved by then. */
  createdAt: number;
  /** About so many; 300 without it. */
  rows?: number;
  /** `moving` without it. */
  form?: ContentForm;
}>;

/** UTF-8 without a byte order mark, `\n` between records, ragged: one further unnamed column for each further check-in. */
export const contentFor = ({ explorerViewId, createdAt, rows = 300, form = 'moving' }: ContentOf): Buffer => {
  const header = exportHeader.map((name) => (form === 'untitled' && name === 'Title' ? 'Name' : name));
  const [movedBy, datedAt] = form === 'still' ? [0, quarterOf(createdAt)] : [createdAt, createdAt];
  const pieces = [Buffer.from(csvLine(header))];
  for (const okr of planOf(explorerViewId, rows)) {
    const now = okrAsOf(okr, movedBy);
    if (now) pieces.push(Buffer.from(csvLine(okrRecord(okr, now, datedAt))));
  }
  return Buffer.concat(pieces);
};

/** When it began. */
const quarterOf = (at: number): number => {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1);
};

const maxPlans = 20;
const maxRowsKept = 1_000;
const plans = new Map<string, readonly PlannedOkr[]>();

/** Tests and the kill test export a lot: what stays the same in a view is made once, unless it is large. */
const planOf = (view: string, rows: number): Iterable<PlannedOkr> => {
  if (rows > maxRowsKept) return firstOf(view, rows);
  const key = `${view} ${rows}`;
  const plan = plans.get(key) ?? [...firstOf(view, rows)];
  plans.delete(key);
  plans.set(key, plan);
  const [oldest] = plans.keys();
  if (plans.size > maxPlans && oldest !== undefined) plans.delete(oldest);
  return plan;
};

function* firstOf(view: string, rows: number): Generator<PlannedOkr> {
  const okrs = planOkrs(view);
  for (let made = 0; made < rows; made += 1) yield okrs.next().value;
}
