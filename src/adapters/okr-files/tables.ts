/** Answers for what a table is to its readers: records of text, one after the other. */

/** Ragged; cells as in the file. */
export type Records = AsyncGenerator<readonly string[], void, undefined>;

/** One for a CSV, one for each sheet of a workbook. */
export type Tables = AsyncGenerator<Records, void, undefined>;
