/** Runs in a worker thread: does the one job it was started for, on strangers' bytes. */
import { parentPort, workerData } from 'node:worker_threads';
import { pulledPieces } from './worker/feed.ts';
import { summarizeFile } from './rows/summarize-file.ts';
import { Unreadable } from './table/text-table.ts';
import type { FromWorker, JobResult, WorkerJob } from './worker/worker-protocol.ts';

type Pieces = AsyncIterable<Uint8Array>;

/** What writes is loaded by those that write. */
async function run(pieces: Pieces, job: WorkerJob): Promise<JobResult<WorkerJob['kind']>> {
  switch (job.kind) {
    case 'read':
      return summarizeFile(pieces, job);
    case 'workbook':
      return (await import('./workbook/make-workbook.ts')).makeWorkbook(pieces, job);
    case 'spreadsheetCsv':
      return (await import('./spreadsheet-csv/make-spreadsheet-csv.ts')).makeSpreadsheetCsv(pieces, job);
  }
}

async function work(): Promise<void> {
  // The parser makes an error of each ragged row: enough to find a fault of ours, and no more work than that.
  Error.stackTraceLimit = 4;
  const port = parentPort;
  if (port === null) throw new Error('this file is started as a worker thread');
  const done = (result: JobResult<WorkerJob['kind']>): void =>
    port.postMessage({ kind: 'done', result } satisfies FromWorker);
  try {
    done(await run(pulledPieces(port), workerData as WorkerJob));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    done({ kind: 'unreadable', why: error.why });
  } finally {
    port.close();
  }
}

await work();
