/** Answers for the job `spreadsheetCsv`: from the bytes of an export to a CSV for spreadsheets in a file. */
import { openTable } from '../rows/open-table.ts';
import { openForWriting, openScratchFile } from '../worker/scratch-file.ts';
import type { JobResults, SpreadsheetCsvJob } from '../worker/worker-protocol.ts';
import { writeSpreadsheetCsv } from './write-spreadsheet-csv.ts';

/** @throws Unreadable */
export async function makeSpreadsheetCsv(
  pieces: AsyncIterable<Uint8Array>,
  { out, ...job }: SpreadsheetCsvJob,
): Promise<JobResults['spreadsheetCsv']> {
  const table = await openTable(pieces, job);
  await using body = await openScratchFile(`${out}.body`);
  await writeSpreadsheetCsv(table, { body, out: await openForWriting(out) });
  return { kind: 'made' };
}
