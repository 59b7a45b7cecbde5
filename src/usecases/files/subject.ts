/** Finds what somebody takes a file of, an export or a file of their own, and tells its origin and its file's name. */
import type { ExportJob, Person } from '../../domain/exports/export-job.ts';
import type { FileSource, FileFormat } from '../../domain/okrs/file/okr-file.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { ExportSources } from '../../ports/export-source.ts';
import type { FileOrigin } from '../../ports/okr-files.ts';
import type { Stores } from '../../ports/runtime.ts';
import { exportedAt, withoutMoment } from '../../domain/okrs/file/file-name.ts';

/** What somebody takes a file of. */
export type Subject =
  { readonly kind: 'export'; readonly job: ExportJob } | { readonly kind: 'ownFile'; readonly file: OwnFile };

/** "Not yours" and "not there" are the same answer. */
export async function findSubject(
  { stores }: { readonly stores: Pick<Stores, 'exports' | 'ownFiles'> },
  person: Person,
  { kind, id }: FileSource,
): Promise<Subject | undefined> {
  if (kind === 'export') {
    const job = await stores.exports.loadOwn(person, id);
    return job && { kind, job };
  }
  const file = await stores.ownFiles.loadOwn(person, id);
  return file && { kind, file };
}

/** For logs. */
export const idOf = (subject: Subject) =>
  subject.kind === 'export' ? { exportId: subject.job.id } : { fileId: subject.file.id };

export const whereRead = (subject: Subject) =>
  subject.kind === 'export'
    ? { person: subject.job.requester, source: { kind: 'export', id: subject.job.id } as const }
    : { person: subject.file.owner, source: { kind: 'ownFile', id: subject.file.id } as const };

export const originOf = (subject: Subject, asOf?: Date): FileOrigin =>
  subject.kind === 'export'
    ? {
        requestedBy: subject.job.requester.name,
        source: subject.job.target.label,
        ...present({ link: subject.job.target.address }),
        exportedAt: subject.job.since,
      }
    : {
        requestedBy: subject.file.owner.name,
        source: subject.file.name,
        exportedAt: asOf ?? subject.file.receivedAt,
      };

/** `VivaGoals_<short view id>_<YYYY-MM-DD>_<HHMM>Z.<ending>`, the time of the hand-over in UTC. */
function exportFileNameOf(
  { target }: ExportJob,
  { sources }: NamingDeps,
  now: Date,
  format: FileFormat,
): string {
  const label = target.label.replace(/[^\p{L}\p{M}\p{N}-]+/gu, '_').slice(0, 60);
  return `${sources.of(target).fileName}_${label}_${momentOf(now)}${endingOf(format, 'csv')}`;
}

interface NamingDeps {
  readonly sources: Pick<ExportSources, 'of'>;
}

export const nameOf = (subject: Subject, deps: NamingDeps, now: Date, format: FileFormat): string =>
  subject.kind === 'export'
    ? exportFileNameOf(subject.job, deps, now, format)
    : ownFileNameOf(subject.file, now, format);

/** The original keeps its own name; what is made of it says the time of its data, else of the hand-over. */
const ownFileNameOf = (file: OwnFile, now: Date, format: FileFormat): string =>
  format === 'original'
    ? file.name
    : `${withoutMoment(file.name).slice(0, 100)}_${momentOf(exportedAt(file.name, now) ?? now)}${endingOf(format, file.kind ?? 'csv')}`;

function momentOf(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${date}_${time.slice(0, 5).replace(':', '')}Z`;
}

function endingOf(format: FileFormat, original: 'csv' | 'xlsx'): string {
  switch (format) {
    case 'workbook':
      return '.xlsx';
    case 'spreadsheetCsv':
      return '_for_spreadsheets.csv';
    case 'original':
      return `.${original}`;
  }
}
