/** Runs in a worker thread: does one job after the other, on strangers' bytes. */
import { flushCompileCache } from 'node:module';
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { pulledPieces } from './worker/feed.ts';
import { summarizeFile } from './rows/summarize-file.ts';
import { Unreadable } from './table/text-table.ts';
import type { FromWorker, JobResult, WorkerJob, WorkerTask } from './worker/worker-protocol.ts';

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

async function work({ job, port }: WorkerTask): Promise<void> {
  const done = (result: JobResult<WorkerJob['kind']>): void =>
    port.postMessage({ kind: 'done', result, heapMb: heapMegabytes() } satisfies FromWorker);
  try {
    done(await run(pulledPieces(port), job));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    done({ kind: 'unreadable', why: error.why });
  } finally {
    port.close();
  }
  // A worker is ended from outside, which leaves it no time for that.
  flushCompileCache();
}

function heapMegabytes(): number {
  const { total_heap_size: heap, external_memory: buffers } = getHeapStatistics();
  return (heap + buffers) / 1e6;
}

if (parentPort === null) throw new Error('this file is started as a worker thread');
parentPort.on('message', (task: WorkerTask) => void work(task));
