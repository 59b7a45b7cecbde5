/** Answers for the rows of an export file, one after the other, and for what could not be read of them. */
import type { Columns } from '../../domain/okrs/columns.ts';
import type { OkrRow } from '../../domain/okrs/okr-row.ts';
import type { ReadingGap } from '../../domain/okrs/okr-summary.ts';
import { createRowReader, type RowReader } from '../../domain/okrs/read-row.ts';
import { openTable, type TableOptions } from './open-table.ts';
import type { Records } from './tables.ts';

export interface OpenRows {
  readonly columns: Columns;
  /** Records without a title are left out. */
  readonly rows: AsyncGenerator<OkrRow, void, undefined>;
  /** Whole once the rows have ended. */
  readonly gaps: () => readonly ReadingGap[];
}

/** @throws Unreadable when the file holds no such table; so may its rows, see `openTable` */
export async function openRows(pieces: AsyncIterable<Uint8Array>, options: TableOptions): Promise<OpenRows> {
  const { columns, records, gaps } = await openTable(pieces, options);
  const reader = createRowReader(columns);
  return { columns, rows: rowsOf(records, reader), gaps: () => [...gaps(), ...reader.gaps()] };
}

async function* rowsOf(records: Records, reader: RowReader): AsyncGenerator<OkrRow, void, undefined> {
  for await (const record of records) {
    const row = reader.read(record);
    if (row !== undefined) yield row;
  }
}
