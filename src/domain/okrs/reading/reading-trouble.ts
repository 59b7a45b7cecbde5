/** Counts what could not be read of a file, column by column and cause by cause. */
import { usualHeaders, type Columns, type OkrField } from './columns.ts';
import type { ReadingGap, UnreadCellCause } from './okr-summary.ts';

/** What the figures of the summary need. */
const neededForFigures: readonly OkrField[] = ['objectType', 'status', 'progress', 'endsOn', 'lastCheckInOn'];

export type ReadingTrouble = ReturnType<typeof createReadingTrouble>;

export function createReadingTrouble({ fields }: Columns) {
  const unreadable = new Map<OkrField, Map<UnreadCellCause, number>>();
  let withoutTitle = 0;
  let withLostBytes = 0;
  return {
    /** At most once for each row and column. */
    unreadable: (field: OkrField, why: UnreadCellCause): void => {
      const causes = unreadable.get(field) ?? new Map<UnreadCellCause, number>();
      unreadable.set(field, causes.set(why, (causes.get(why) ?? 0) + 1));
    },
    noTitle: (): void => {
      withoutTitle += 1;
    },
    lostBytes: (): void => {
      withLostBytes += 1;
    },
    gaps: (): readonly ReadingGap[] => [
      ...(withLostBytes === 0 ? [] : [{ kind: 'unreadableLetters', rows: withLostBytes } as const]),
      ...neededForFigures
        .filter((field) => !fields.has(field))
        // Check-ins carry their own dates.
        .filter((field) => field !== 'lastCheckInOn' || !fields.has('checkIns'))
        .map((field) => ({ kind: 'noColumn', column: usualHeaders[field] }) as const),
      ...[...unreadable].flatMap(([field, causes]) =>
        [...causes].map(
          ([why, rows]) => ({ kind: 'unreadableCells', column: usualHeaders[field], rows, why }) as const,
        ),
      ),
      ...(withoutTitle === 0 ? [] : [{ kind: 'rowsWithoutTitle', rows: withoutTitle } as const]),
    ],
  };
}
