/** Reads the cells that say several things at once: alignments and check-ins. */
import { present } from '../../present.ts';
import type { Alignment, CheckIn, Day } from './okr-row.ts';
import { readDay } from './read-day.ts';
import { readNumber, smallNumberRule } from './read-number.ts';

/** What closes one alignment: titles hold brackets too, so each title ends where such a bracket begins. Bounded, so linear. */
const ending =
  /\(\s{0,4}(?:weight:\s{0,4}([\d.,]{1,20})\s{0,4}%?\s{0,4}(?:,\s{0,4}id:\s{0,4}([^()\s]{0,100})\s{0,4})?|id:\s{0,4}([^()\s]{0,100})\s{0,4})\)(?=\s?\/\s|\s?$)/gi;
const separator = /^\s?\/\s?/;
const maxAlignments = 100;

/**
 * An "Aligned To" cell: `Parent (new)(weight: 14.29%, Id: 123) / Another(weight: 50%, Id: 7)`. Text without the documented
 * ending is one title: ` / ` occurs in titles, so it is never split by guess.
 */
export function readAlignments(text: string): readonly Alignment[] {
  const found: Alignment[] = [];
  let from = 0;
  for (const match of text.matchAll(ending)) {
    if (found.length === maxAlignments) return found;
    const title = titleIn(text.slice(from, match.index));
    const [whole, weight = '', idAfterWeight, idAlone] = match;
    const id = idAfterWeight ?? idAlone ?? '';
    if (title !== '' || id !== '') {
      found.push({ title, ...present({ id: id || undefined, weight: readNumber(weight, smallNumberRule) }) });
    }
    from = match.index + whole.length;
  }
  const rest = titleIn(text.slice(from));
  return rest === '' ? found : [...found, { title: rest }];
}

const titleIn = (text: string): string => text.replace(separator, '').trim();

/** Keys of a check-in in the order of the file; each is optional. */
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
 * A check-in cell: `Checkin Date: …; User: …; Note: …; Metric Name: …; Status: …; …`. Notes hold newlines, `;` and words that
 * look like keys: what stands before the note is read from the left, what stands after it from the right, and all between is
 * the note. A cell without any key is a note. Undefined when empty.
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
