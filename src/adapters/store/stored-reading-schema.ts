/** Answers for what the sealed JSON about files may hold; the domain's types, with Dates as ISO 8601 text. */
import { z } from 'zod';
import type { OkrChange, OkrChanges, OkrSnapshot } from '../../domain/okrs/okr-changes.ts';
import type { OkrSummary } from '../../domain/okrs/okr-summary.ts';
import type { AttachedFile } from '../../ports/own-files.ts';
import type { Reading } from '../../ports/readings.ts';
import type { UploadTarget } from '../../ports/saved-files.ts';

const moment = z.iso.datetime().transform((text) => new Date(text));
const text = z.string();
const number = z.number();
const level = z.enum(['objective', 'keyResult', 'other']);
const maybeText = text.exactOptional();
const maybeNumber = number.exactOptional();

const figures = z.object({
  count: number,
  byStatus: z.array(z.object({ status: text, count: number })),
});

const attention = z.object({
  ...{ title: text, level, owner: maybeText, progress: maybeNumber },
  reasons: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['atRisk', 'behind']) }),
      z.object({ kind: z.literal('overdue'), endedOn: text }),
      z.object({ kind: z.literal('noCheckIn'), since: maybeText }),
      z.object({ kind: z.literal('noProgress') }),
    ]),
  ),
});

const gap = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('noColumn'), column: text }),
  z.object({ kind: z.literal('unreadableCells'), column: text, rows: number }),
  z.object({ kind: z.literal('rowsWithoutTitle'), rows: number }),
  z.object({ kind: z.literal('windows1252') }),
  z.object({ kind: z.literal('unreadableLetters'), rows: number }),
  z.object({ kind: z.literal('otherSheets'), read: text, others: number }),
  z.object({ kind: z.literal('capped'), what: z.enum(['tree', 'changes']), rows: number }),
]);

const summarySchema: z.ZodType<OkrSummary> = z.object({
  ...{ rows: number, objectives: figures, keyResults: figures, others: figures },
  ...{ averageProgress: maybeNumber, overdue: number, withoutCheckIn: number },
  ...{ attention: z.array(attention), today: text, gaps: z.array(gap) },
});

const row = { title: text, level, owner: maybeText };
const change = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.enum(['newlyAtRisk', 'recovered', 'statusChanged', 'ownerChanged']) },
    ...{ from: maybeText, to: maybeText, ...row },
  }),
  z.object({ kind: z.enum(['progressUp', 'progressDown']), from: number, to: number, ...row }),
  z.object({ kind: z.enum(['added', 'gone']), ...row }),
]);

const changeKinds: z.ZodType<OkrChange['kind'], string> = z.enum([
  ...['newlyAtRisk', 'recovered', 'statusChanged', 'ownerChanged'],
  ...['progressUp', 'progressDown', 'added', 'gone'],
] as const);

const changesSchema: z.ZodType<OkrChanges> = z.object({
  since: moment,
  counts: z.record(changeKinds, number),
  items: z.array(change),
});

export const readingSchema: z.ZodType<Reading> = z.object({
  summary: summarySchema,
  changes: changesSchema.exactOptional(),
  ...{ asOf: moment, bytes: number },
});

export const snapshotSchema: z.ZodType<OkrSnapshot> = z.object({
  ...{ takenOn: text, capped: z.boolean() },
  rows: z.array(
    z.object({
      key: text,
      keyWithoutId: maybeText,
      title: text,
      level,
      owner: maybeText,
      status: maybeText,
      progress: maybeNumber,
    }),
  ),
});

export const attachedFileSchema: z.ZodType<AttachedFile> = z.object({ name: text, downloadUrl: text });

export const uploadTargetSchema: z.ZodType<UploadTarget> = z.object({
  name: text,
  uploadUrl: text,
  contentUrl: text,
  uniqueId: maybeText,
  fileType: maybeText,
});
