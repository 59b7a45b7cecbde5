/** Finds the header of a table: the record that names the most columns. */
import { countKnownColumns, readColumns, type Columns } from '../../../domain/okrs/reading/columns.ts';
import type { Records } from './text-table.ts';

/** Records: so many titles, notes and blank lines may stand above the header. */
export const headerWithin = 200;
/** Characters; no more is held while the header is looked for. */
const maxHeld = 2 * 1024 * 1024;

type TextRecord = readonly string[];

export interface FoundHeader {
  readonly header: TextRecord;
  readonly columns: Columns;
  /** Those below it. */
  readonly records: Records;
}

/** Of two headers alike the first. `empty` when nothing stands in any record. */
export async function findHeader(records: Records): Promise<FoundHeader | 'none' | 'empty'> {
  const beginning = await beginningOf(records);
  if (beginning.every((record) => record.every((cell) => cell.trim() === ''))) return 'empty';
  const known = beginning.map(countKnownColumns);
  const headers = beginning
    .map((header, at) => ({ header, at, columns: readColumns(header) }))
    .filter((one) => one.columns !== undefined);
  const most = headers.reduce((least, { at }) => Math.max(least, known[at] ?? 0), 0);
  const found = headers.find(({ at }) => known[at] === most);
  // A line such as "Title, Our goals" above a header that has no column Title is no header.
  if (found?.columns === undefined || (most === 1 && known.some((count) => count > 1))) return 'none';
  const { header, columns, at } = found;
  return { header, columns, records: below(header, beginning.slice(at + 1), records) };
}

async function beginningOf(records: Records): Promise<readonly TextRecord[]> {
  const beginning: TextRecord[] = [];
  let characters = 0;
  while (beginning.length < headerWithin && characters < maxHeld) {
    const next = await records.next();
    if (next.done === true) break;
    beginning.push(next.value);
    characters += next.value.reduce((sum, cell) => sum + cell.length, 0);
  }
  return beginning;
}

/** Two exports in one file, one below the other, have the header twice. */
async function* below(header: TextRecord, beginning: readonly TextRecord[], rest: Records): Records {
  const isHeader = (record: TextRecord): boolean =>
    record.length === header.length && record.every((cell, at) => cell === header[at]);
  for (const record of beginning) if (!isHeader(record)) yield record;
  for await (const record of rest) if (!isHeader(record)) yield record;
}
