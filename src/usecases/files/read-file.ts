/** Reads one file, compares it with the one before, and says what to keep of it. */
import { compareSnapshots } from '../../domain/okrs/changes/okr-changes.ts';
import { isFileOf } from '../../domain/okrs/file/file-name.ts';
import type { SubjectRef, UnreadableCause } from '../../domain/okrs/file/okr-file.ts';
import { usualColumns, type ColumnNames } from '../../domain/okrs/reading/columns.ts';
import type { ReadingGap } from '../../domain/okrs/reading/okr-summary.ts';
import { dayOf } from '../../domain/okrs/reading/read-day.ts';
import type { Person } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { ExportSource, ExportSources } from '../../ports/export-source.ts';
import type { OkrFileKind, OkrFileLimits, OkrFiles } from '../../ports/okr-files.ts';
import type { Series } from '../../ports/readings.ts';
import type { Stores } from '../../ports/runtime.ts';

export interface ReadFileDeps {
  readonly stores: Pick<Stores, 'snapshots'>;
  readonly okrFiles: Pick<OkrFiles, 'read'>;
}

export interface FileToRead {
  readonly person: Person;
  readonly subject: SubjectRef;
  readonly series: Series;
  readonly asOf: Date;
  readonly kind: OkrFileKind;
  readonly stream: ReadableStream<Uint8Array>;
  readonly columns: readonly ColumnNames[];
  readonly limits: OkrFileLimits;
  /** What the file lacks, once it is read. */
  readonly gaps?: () => readonly ReadingGap[];
}

/** Of the files of one source: as it says itself, else as usual. */
export const columnsOf = ({ columns }: Pick<ExportSource, 'columns'>): readonly ColumnNames[] =>
  columns === undefined ? [usualColumns] : [columns, usualColumns];

/** Of a file that may be from anywhere: as the source says that its name tells, as usual, else as some source says. */
export function columnsOfAny({ all }: Pick<ExportSources, 'all'>, name: string): readonly ColumnNames[] {
  const columnsWhere = (isLikely: boolean): readonly ColumnNames[] =>
    all.filter((source) => isFileOf(source, name) === isLikely).flatMap(({ columns }) => columns ?? []);
  return [...columnsWhere(true), usualColumns, ...columnsWhere(false)];
}

/** Doing it twice keeps the same. */
export type KeepReading = (stores: Pick<Stores, 'readings' | 'snapshots'>) => Promise<void>;

export type FileRead =
  | { readonly kind: 'read'; readonly bytes: number; readonly keep: KeepReading }
  | { readonly kind: 'unreadable'; readonly why: UnreadableCause };

/** What came of it is kept by whoever asks, together with what follows from it. Rejects with the source's own error when it breaks. */
export async function readFile(deps: ReadFileDeps, file: FileToRead): Promise<FileRead> {
  const { person, subject, series, asOf, kind, columns, limits } = file;
  // What is overdue or silent was so when the file was made, whenever it is read.
  const today = dayOf(asOf);
  const reading = await deps.okrFiles.read(file.stream, { kind, today, columns, limits });
  if (reading.kind === 'unreadable') return reading;
  const { snapshot, bytes } = reading;
  const summary = { ...reading.summary, gaps: [...(file.gaps?.() ?? []), ...reading.summary.gaps] };
  const earlier = await deps.stores.snapshots.before(person, series, { subject, asOf });
  const changes = earlier && compareSnapshots(earlier.snapshot, snapshot, earlier.asOf);
  const keep: KeepReading = async ({ readings, snapshots }) => {
    await readings.keep(person, subject, { summary, asOf, bytes, ...present({ changes }) });
    await snapshots.keep(person, series, { subject, asOf, snapshot });
  };
  return { kind: 'read', bytes, keep };
}
