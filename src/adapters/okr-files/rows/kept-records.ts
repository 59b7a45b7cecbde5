/** Keeps the records of a table on disk while all of them are looked at, and gives them back in their order. */
import type { FileHandle } from 'node:fs/promises';
import type { Records } from '../table/text-table.ts';
import { createSpool } from './row-spool.ts';

/** Characters. One record alone may be longer. */
const batchLength = 64 * 1024;

/**
 * @param file Open for reading and writing, empty; closing it is the caller's.
 * @param see Called with each record.
 */
export async function keepRecords(
  records: Records,
  file: FileHandle,
  see: (record: readonly string[]) => void,
): Promise<Records> {
  const spool = createSpool<readonly (readonly string[])[]>(file);
  let batch: (readonly string[])[] = [];
  let length = 0;
  for await (const record of records) {
    see(record);
    batch.push(record);
    length += record.reduce((sum, cell) => sum + cell.length, record.length);
    if (length < batchLength) continue;
    await spool.add(batch);
    batch = [];
    length = 0;
  }
  await spool.add(batch);
  await spool.close();
  return inOrder(spool.all());
}

async function* inOrder(batches: AsyncIterable<readonly (readonly string[])[]>): Records {
  for await (const batch of batches) yield* batch;
}
