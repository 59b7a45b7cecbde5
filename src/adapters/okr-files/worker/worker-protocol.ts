/** Defines what the main thread and a worker tell each other. */
import type { MessagePort } from 'node:worker_threads';
import type { OkrChanges } from '../../../domain/okrs/changes/okr-changes.ts';
import type { UnreadableCause } from '../../../domain/okrs/file/okr-file.ts';
import type { ColumnNames } from '../../../domain/okrs/reading/columns.ts';
import type { Day } from '../../../domain/okrs/reading/okr-row.ts';
import type { ReadingGap } from '../../../domain/okrs/reading/okr-summary.ts';
import type { FileOrigin, OkrFileKind, OkrFileLimits, OkrReading } from '../../../ports/okr-files.ts';

/** How the file is to be read. */
export interface TableOptions {
  readonly fileKind: OkrFileKind;
  readonly columns?: readonly ColumnNames[];
  readonly limits: OkrFileLimits;
}

export interface ReadJob extends TableOptions {
  readonly kind: 'read';
  readonly today: Day;
  /** Path of a file that the worker may make, and takes the name of at once; nothing of it stays. */
  readonly scratch: string;
}

export interface WorkbookJob extends TableOptions {
  readonly kind: 'workbook';
  readonly today: Day;
  readonly origin: FileOrigin;
  readonly changes?: OkrChanges;
  readonly gaps?: readonly ReadingGap[];
  readonly locale?: string;
  /** Path of the file to fill: there, empty. What else the worker writes lies beside it. */
  readonly out: string;
}

export interface SpreadsheetCsvJob extends TableOptions {
  readonly kind: 'spreadsheetCsv';
  /** As for a workbook. */
  readonly out: string;
}

export type WorkerJob = ReadJob | WorkbookJob | SpreadsheetCsvJob;

/** What each job ends with, beside being unreadable. */
export interface JobResults {
  /** How many bytes there were is known to whoever feeds them. */
  readonly read: Omit<Extract<OkrReading, { readonly kind: 'read' }>, 'bytes'>;
  readonly workbook: { readonly kind: 'made' };
  readonly spreadsheetCsv: { readonly kind: 'made' };
}

export type JobResult<Kind extends WorkerJob['kind']> =
  JobResults[Kind] | { readonly kind: 'unreadable'; readonly why: UnreadableCause };

/** To a worker that waits. */
export interface WorkerTask {
  readonly job: WorkerJob;
  /** Of this job alone, so that nothing of one job is taken for the next one's. */
  readonly port: MessagePort;
}

/** To the worker: a piece of the source, only ever as the answer to one `more`. */
export type ToWorker =
  { readonly kind: 'piece'; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly kind: 'end' };

/** From the worker: it wants the next piece, or it is done and waits. */
export type FromWorker =
  | { readonly kind: 'more' }
  | {
      readonly kind: 'done';
      readonly result: JobResult<WorkerJob['kind']>;
      /** Megabytes that its heap has grown to. */
      readonly heapMb: number;
    };
