/** Defines what the readers of files give: tables of text, or that the file is unreadable. */
import type { NumberSource } from '../../../domain/okrs/reading/number-evidence.ts';
import type { ReadingGap } from '../../../domain/okrs/reading/okr-summary.ts';
import type { UnreadableCause } from '../../../ports/okr-files.ts';

/** Ragged; cells as in the file. */
export type Records = AsyncGenerator<readonly string[], void, undefined>;

export interface TextTable {
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
export type TextTables = AsyncGenerator<TextTable, void, undefined>;

/** The file cannot be read; thrown from wherever in the worker that shows. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly why: UnreadableCause;

  constructor(why: UnreadableCause, options?: ErrorOptions) {
    super(`the file cannot be read: ${why}`, options);
    this.why = why;
  }
}
