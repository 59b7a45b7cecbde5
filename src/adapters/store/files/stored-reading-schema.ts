/** Checks stored JSON about what files say; the domain's types, with Dates as ISO 8601 text. */
import * as z from 'zod';
import type { OkrChanges } from '../../../domain/okrs/changes/okr-changes.ts';
import type { OkrSnapshot } from '../../../domain/okrs/changes/snapshot.ts';
import type { OkrSummary } from '../../../domain/okrs/reading/okr-summary.ts';
import { present } from '../../../domain/present.ts';
import type { Reading } from '../../../ports/readings.ts';

const moment = z.iso.datetime().transform((text) => new Date(text));
const text = z.string();
const number = z.number();
const level = z.enum(['objective', 'keyResult', 'other']);
const maybeText = text.exactOptional();
const maybeNumber = number.exactOptional();

const figures = z.object({
  count: number,
  byStatus: z.array(z.object({ status: text, count: number })),
  unread: maybeNumber,
});

const attention = z.object({
  title: text,
  level,
  owner: maybeText,
  progress: maybeNumber,
  reasons: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['atRisk', 'behind']) }),
      z.object({ kind: z.literal('overdue'), endedOn: text }),
      z.object({ kind: z.literal('noCheckIn'), since: maybeText }),
      z.object({ kind: z.literal('noProgress') }),
    ]),
  ),
  unread: z.array(z.enum(['status', 'endDate', 'lastCheckIn', 'progress'])).exactOptional(),
});

/** Of readings that were kept when cells which could not be read still counted as nothing. */
const beforeCauses = 'beforeCauses';

const gap = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('noColumn'), column: text }),
  z.object({
    kind: z.literal('unreadableCells'),
    column: text,
    rows: number,
    why: z.enum(['number', 'date', 'scale', 'error', 'formula', 'other', beforeCauses]).default(beforeCauses),
  }),
  z.object({ kind: z.literal('rowsWithoutTitle'), rows: number }),
  z.object({ kind: z.literal('windows1252') }),
  z.object({ kind: z.literal('unreadableLetters'), rows: number }),
  z.object({ kind: z.literal('otherSheets'), read: text, others: number }),
  z.object({ kind: z.literal('notGiven'), source: text, what: text }),
  z.object({ kind: z.literal('capped'), what: z.enum(['tree', 'changes']), rows: number }),
]);

const keptSummary = z.object({
  rows: number,
  topObjective: maybeText,
  objectives: figures,
  keyResults: figures,
  others: figures,
  averageProgress: maybeNumber,
  overdue: maybeNumber,
  withoutCheckIn: maybeNumber,
  dueSoon: maybeNumber,
  withoutOwner: maybeNumber,
  withoutDueDate: maybeNumber,
  attention: z.array(attention),
  unjudged: maybeNumber,
  today: text,
  gaps: z.array(gap),
});

/** Figures of earlier readings that are wrong where cells of a column could not be read. */
const spoiledAverage = new Set(['Progress %']);
const spoiledOverdue = new Set(['End Date', 'Progress %']);
const spoiledCheckIns = new Set(['Last Check-in', 'Created At']);

const summarySchema: z.ZodType<OkrSummary> = keptSummary.transform((kept): OkrSummary => {
  const { averageProgress, overdue, withoutCheckIn, gaps, ...others } = kept;
  const isRight = (spoiled: ReadonlySet<string>): boolean =>
    !gaps.some(
      (one) => one.kind === 'unreadableCells' && one.why === beforeCauses && spoiled.has(one.column),
    );
  return {
    ...others,
    ...present({
      averageProgress: isRight(spoiledAverage) ? averageProgress : undefined,
      overdue: isRight(spoiledOverdue) ? overdue : undefined,
      withoutCheckIn: isRight(spoiledCheckIns) ? withoutCheckIn : undefined,
    }),
    gaps: gaps.map((one) =>
      one.kind === 'unreadableCells' ? { ...one, why: one.why === beforeCauses ? 'other' : one.why } : one,
    ),
  };
});

const row = { title: text, level, owner: maybeText };
const change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['newlyAtRisk', 'recovered', 'statusChanged', 'ownerChanged']),
    from: maybeText,
    to: maybeText,
    ...row,
  }),
  z.object({ kind: z.enum(['progressUp', 'progressDown']), from: number, to: number, ...row }),
  z.object({ kind: z.enum(['added', 'gone']), ...row }),
  z.object({ kind: z.literal('done'), from: maybeNumber, to: maybeNumber, ...row }),
  z.object({ kind: z.literal('newlyOverdue'), endedOn: maybeText, ...row }),
  z.object({ kind: z.enum(['dueMoved', 'bucketMoved']), from: maybeText, to: maybeText, ...row }),
]);

const changeCounts: z.ZodType<OkrChanges['counts']> = z.object({
  newlyAtRisk: number,
  recovered: number,
  statusChanged: number,
  ownerChanged: number,
  progressUp: number,
  progressDown: number,
  added: number,
  gone: number,
  // Readings of earlier releases know none of tasks.
  done: maybeNumber,
  newlyOverdue: maybeNumber,
  dueMoved: maybeNumber,
  bucketMoved: maybeNumber,
});

const changesSchema: z.ZodType<OkrChanges> = z.object({
  since: moment,
  counts: changeCounts,
  items: z.array(change),
  uncompared: maybeNumber,
});

export const readingSchema: z.ZodType<Reading> = z.object({
  summary: summarySchema,
  changes: changesSchema.exactOptional(),
  asOf: moment,
  bytes: number,
});

export const snapshotSchema: z.ZodType<OkrSnapshot> = z.object({
  takenOn: text,
  capped: z.boolean(),
  rows: z.array(
    z.object({
      key: text,
      keyWithoutId: maybeText,
      title: text,
      level,
      owner: maybeText,
      status: maybeText,
      progress: maybeNumber,
      endsOn: maybeText,
      bucket: maybeText,
      overdue: z.literal(true).exactOptional(),
      unread: z.array(z.enum(['owner', 'status', 'progress'])).exactOptional(),
    }),
  ),
});

export const unreadableKinds = ['archive', 'numbers', 'otherSpreadsheet', 'notATable'] as const;

export const unreadCause = z.enum([
  ...unreadableKinds,
  'noTitleColumn',
  'noRows',
  'empty',
  'tooLarge',
  'tooManyRows',
  'unpacksTooLarge',
  'encrypted',
  'damaged',
  'tookTooLong',
  'crashed',
  'later',
  'noRoom',
  'signInNeeded',
] as const);

export const readingProgressSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('underWay'),
    attempts: z.number(),
    wished: z.literal(true).exactOptional(),
    soFar: z.int().exactOptional(),
  }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('unread'), why: unreadCause }),
]);
