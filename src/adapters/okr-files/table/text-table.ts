/** Says what a table is to its readers: records of text, one after the other. */
import type { NumberSource } from '../../../domain/okrs/reading/number-evidence.ts';
import type { ReadingGap } from '../../../domain/okrs/reading/okr-summary.ts';

/** Ragged; cells as in the file. */
export type Records = AsyncGenerator<readonly string[], void, undefined>;

export interface Table {
  readonly records: Records;
  /** What may be wrong with all of it; known once the records have ended. */
  readonly gaps?: () => readonly ReadingGap[];
  /** How its numbers come to be written. */
  readonly numbers: NumberSource;
  /** Of its sheet. */
  readonly name?: string;
  /** No tab shows it. */
  readonly isHidden?: boolean;
}

/** One for a CSV, one for each sheet of a workbook: the hidden ones behind the others. */
export type Tables = AsyncGenerator<Table, void, undefined>;
