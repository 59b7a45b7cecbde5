/** Opens the rows of an export file, one after the other, and tells what could not be read of them. */
import type { FileHandle } from 'node:fs/promises';
import type { Columns } from '../../../domain/okrs/reading/columns.ts';
import type { OkrRow } from '../../../domain/okrs/reading/okr-row.ts';
import type { ReadingGap } from '../../../domain/okrs/reading/okr-summary.ts';
import { createRowReader, type RowReader } from '../../../domain/okrs/reading/read-row.ts';
import { createReadingEvidence } from '../../../domain/okrs/reading/reading-rules.ts';
import type { TableOptions } from '../worker/worker-protocol.ts';
import { openTable } from './open-table.ts';
import type { Records } from '../table/text-table.ts';
import { createSpool, type Spool } from './row-spool.ts';

export interface OpenRows {
  readonly columns: Columns;
  /** Records without a title are left out. */
  readonly rows: AsyncGenerator<OkrRow, void, undefined>;
  /** Whole once the rows have ended. */
  readonly gaps: () => readonly ReadingGap[];
}

/**
 * What a number or a date means shows in the whole column only, so all records are looked at first.
 * @param openScratch Opens a file for reading and writing, empty, where one is needed; closing it is the caller's.
 * @throws Unreadable when the file holds no such table, or breaks on the way, see `openTable`
 */
export async function openRows(
  pieces: AsyncIterable<Uint8Array>,
  options: TableOptions,
  openScratch: OpenScratch,
): Promise<OpenRows> {
  const { columns, numbers, records, gaps } = await openTable(pieces, options);
  const evidence = createReadingEvidence(columns, numbers);
  const kept = await keepRecords(records, openScratch, evidence.see);
  const reader = createRowReader(columns, evidence.rules());
  return { columns, rows: rowsOf(kept, reader), gaps: () => [...gaps(), ...reader.gaps()] };
}

async function* rowsOf(records: Records, reader: RowReader): AsyncGenerator<OkrRow, void, undefined> {
  for await (const record of records) {
    const row = reader.read(record);
    if (row !== undefined) yield row;
  }
}

type OpenScratch = () => Promise<FileHandle>;

/** Characters. One record alone may be longer. */
const batchLength = 64 * 1024;
/** Characters that need no disk: most files have no more. */
const heldLength = 512 * 1024;

/** @param see Called with each record. */
async function keepRecords(
  records: Records,
  openScratch: OpenScratch,
  see: (record: readonly string[]) => void,
): Promise<Records> {
  const held: (readonly string[])[] = [];
  let spool: Spool<readonly (readonly string[])[]> | undefined;
  let batch = held;
  let length = 0;
  for await (const record of records) {
    see(record);
    batch.push(record);
    length += record.reduce((sum, cell) => sum + cell.length, record.length);
    if (length < (spool === undefined ? heldLength : batchLength)) continue;
    if (spool === undefined) spool = createSpool(await openScratch());
    else await spool.add(batch);
    batch = [];
    length = 0;
  }
  if (spool === undefined) return inOrder(held);
  await spool.add(batch);
  await spool.close();
  return inOrder(held, spool.all());
}

async function* inOrder(
  held: readonly (readonly string[])[],
  batches?: AsyncIterable<readonly (readonly string[])[]>,
): Records {
  yield* held;
  for await (const batch of batches ?? []) yield* batch;
}
