/** Answers for finding the table of an export in a file: the first with a `Title` column, and the records below its header. */
import { readColumns, type Columns } from '../../domain/okrs/columns.ts';
import type { OkrFileKind, OkrFileLimits } from '../../ports/okr-files.ts';
import { csvTables } from './csv-tables.ts';
import type { Records, Tables } from './tables.ts';
import { Unreadable } from './unreadable.ts';
import { xlsxTables } from './xlsx-tables.ts';

/** Titles and blank lines may stand above the header. */
const headerWithin = 10;

export interface OpenTable {
  readonly header: readonly string[];
  readonly columns: Columns;
  /** Those below the header; throws Unreadable `tooManyRows`, and `damaged` where the file breaks. */
  readonly records: Records;
}

export interface TableOptions {
  readonly fileKind: OkrFileKind;
  readonly limits: OkrFileLimits;
}

/** @throws Unreadable when there is no such table */
export async function openTable(
  pieces: AsyncIterable<Uint8Array>,
  { fileKind, limits }: TableOptions,
): Promise<OpenTable> {
  let sawRecords = false;
  for await (const records of tablesOf(fileKind, pieces, limits)) {
    for (let nth = 0; nth < headerWithin; nth += 1) {
      const next = await records.next();
      if (next.done === true) break;
      sawRecords = true;
      const columns = readColumns(next.value);
      if (columns !== undefined) {
        return { header: next.value, columns, records: atMost(records, limits.mostRows) };
      }
    }
    await records.return();
  }
  throw new Unreadable(sawRecords ? 'noTitleColumn' : 'noRows');
}

function tablesOf(fileKind: OkrFileKind, pieces: AsyncIterable<Uint8Array>, limits: OkrFileLimits): Tables {
  switch (fileKind) {
    case 'csv':
      return csvTables(pieces);
    case 'xlsx':
      return xlsxTables(pieces, limits);
  }
}

async function* atMost(records: Records, mostRows: number): Records {
  let rows = 0;
  for await (const record of records) {
    rows += 1;
    if (rows > mostRows) throw new Unreadable('tooManyRows');
    yield record;
  }
}
