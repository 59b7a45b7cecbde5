/** Reads a check-in cell: `Checkin Date: …; User: …; Note: …; Metric Name: …; Status: …; …`. */
import { present } from '../../present.ts';
import type { CheckIn, Day } from './okr-row.ts';
import { readDay } from './read-day.ts';

/** Keys in the order of the file; each is optional. */
const order = [
  'checkin date',
  'user',
  'note',
  'metric name',
  'status',
  'current value',
  'activity date',
] as const;
type Key = (typeof order)[number];

interface Mark {
  readonly key: Key;
  /** Where the text before this key ends. */
  readonly start: number;
  readonly valueFrom: number;
}

/** Characters; a spreadsheet's cell holds 32,767. What is longer is not searched for keys. */
const longestCell = 100_000;
const noteAt = order.indexOf('note');
const marks = /(?:^|;)\s*(check-?in date|user|note|metric name|status|current value|activity date)\s*:/gi;

/**
 * Notes hold newlines, `;` and words that look like keys: what stands before the note is read from the left, what stands
 * after it from the right, and all between is the note. A cell without any key is a note. Undefined when empty.
 */
export function readCheckIn(
  text: string,
  dayIn: (text: string) => Day | undefined = readDay,
): CheckIn | undefined {
  if (text.trim() === '') return undefined;
  if (text.length > longestCell) return { note: text };
  const all = [...text.matchAll(marks)].map(toMark);
  const head = takeHead(all);
  const tail = takeTail(all.slice(head.length));
  const values = valuesOf(text, [...head, ...tail]);
  const first = head[0] ?? tail[0];
  const before = first === undefined ? text : text.slice(0, first.start);
  return checkInOf(before.trim() === '' ? values : new Map([['note', before.trim()], ...values]), dayIn);
}

const toMark = (match: RegExpExecArray): Mark => ({
  key: (match[1] ?? '').toLowerCase().replace('check-in', 'checkin') as Key,
  start: match.index,
  valueFrom: match.index + match[0].length,
});

/** The leading keys in their order, up to the first `Note`. */
function takeHead(all: readonly Mark[]): readonly Mark[] {
  const head: Mark[] = [];
  let last = -1;
  for (const mark of all) {
    const rank = order.indexOf(mark.key);
    if (rank <= last || rank > noteAt) break;
    head.push(mark);
    last = rank;
  }
  return head;
}

/** The closing keys in their order, from the right. */
function takeTail(all: readonly Mark[]): readonly Mark[] {
  const tail: Mark[] = [];
  let next: number = order.length;
  for (const mark of all.toReversed()) {
    const rank = order.indexOf(mark.key);
    if (rank >= next || rank <= noteAt) break;
    tail.unshift(mark);
    next = rank;
  }
  return tail;
}

function valuesOf(text: string, used: readonly Mark[]): ReadonlyMap<Key, string> {
  const values = used.map(({ key, valueFrom }, nth) => {
    const value = text.slice(valueFrom, used[nth + 1]?.start ?? text.length);
    return [key, value.trim().replace(/;$/, '').trimEnd()] as const;
  });
  return new Map(values.filter(([, value]) => value !== ''));
}

const checkInOf = (values: ReadonlyMap<Key, string>, dayIn: (text: string) => Day | undefined): CheckIn =>
  present({
    on: values.has('checkin date') ? dayIn(values.get('checkin date') ?? '') : undefined,
    user: values.get('user'),
    note: values.get('note'),
    metricName: values.get('metric name'),
    status: values.get('status'),
    currentValue: values.get('current value'),
    activityOn: readDay(values.get('activity date') ?? ''),
  });
