/** Answers for the export or file that somebody means; "not yours" and "not there" are the same answer. */
import type { ExportJob, Person } from '../../domain/exports/export-job.ts';
import type { FileSource } from '../../domain/okrs/file/file-source.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import type { Stores } from '../../ports/runtime.ts';

/** What somebody takes a file of. */
export type Subject =
  { readonly kind: 'export'; readonly job: ExportJob } | { readonly kind: 'ownFile'; readonly file: OwnFile };

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
