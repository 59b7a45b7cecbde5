/** Rows of an export as tests need them: made up, with just what a test names. */
import { readColumns } from '../../../src/domain/okrs/reading/columns.ts';
import type { OkrRow } from '../../../src/domain/okrs/reading/okr-row.ts';
import { createRowReader, type RowReader } from '../../../src/domain/okrs/reading/read-row.ts';

export const rowWith = (row: Partial<OkrRow>): OkrRow => ({
  title: 'Halve the support queue',
  level: 'objective',
  teams: [],
  alignedTo: [],
  checkIns: [],
  others: {},
  ...row,
});

export function readerFor(header: readonly string[]): RowReader {
  const columns = readColumns(header);
  if (columns === undefined) throw new Error('the header has no Title');
  return createRowReader(columns);
}
