/** Finds a subject: an export or a file of somebody's own. Each kind says here all that handing its file over asks. */
import { graphJobIdOf, loggedOf, type ExportJob, type Person } from '../../domain/exports/export-job.ts';
import { ownTarget } from '../../domain/exports/own-target.ts';
import { exportedAt, isFileOf, madeFileName, withoutMoment } from '../../domain/okrs/file/file-name.ts';
import type { SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { Stores } from '../../ports/runtime.ts';
import { named } from '../names/named-exports.ts';
import { fetchContent } from './fetch-content.ts';
import { columnsOf, columnsOfAny } from './read-file.ts';
import type { NotHandedOver, Original, OriginalDeps, Subject } from './subject.ts';

type FindDeps = Readonly<Record<'stores', Pick<Stores, 'exports' | 'ownFiles' | 'targetNames'>>>;

const kinds: Readonly<
  Record<SubjectRef['kind'], (deps: FindDeps, person: Person, id: string) => Promise<Subject | undefined>>
> = {
  export: async (deps, person, id) => {
    const job = await deps.stores.exports.loadOwn(person, id);
    return job && exportSubject(await named(deps, job));
  },
  ownFile: async ({ stores }, person, id) => {
    const file = await stores.ownFiles.loadOwn(person, id);
    return file && ownFileSubject(file);
  },
};

/** "Not yours" and "not there" are the same answer. */
export const findSubject = (
  deps: FindDeps,
  person: Person,
  { kind, id }: SubjectRef,
): Promise<Subject | undefined> => kinds[kind](deps, person, id);

const exportSubject = (job: ExportJob): Subject => ({
  ref: { kind: 'export', id: job.id },
  content: { kind: 'export', job },
  owner: job.requester,
  audited: { source: job.target.source, target: job.target.key, subject: job.id },
  logged: loggedOf(job),
  bytesId: graphJobIdOf(job.state) ?? job.id,
  ...present({ size: 'size' in job.state ? job.state.size : undefined }),
  isThere: () => job.state.status === 'ready',
  // `<source>_<target>_<the time of the hand-over>.<ending>`
  fileName: ({ sources }, now, format) => {
    const label = ownTarget(job)
      .label.replace(/[^\p{L}\p{M}\p{N}-]+/gu, '_')
      .slice(0, 60);
    const stem = `${sources.of(job.target).fileName}_${label}`;
    return madeFileName(stem, now, { format, original: 'csv' });
  },
  origin: ({ sources }) => ({
    requestedBy: job.requester.name,
    source: ownTarget(job).label,
    ...present({ link: job.target.address }),
    from: job.target.source,
    linkHosts: sources.of(job.target).bareHosts,
    exportedAt: job.since,
  }),
  original: (deps) => fetched(deps, job),
  learn: async ({ advance }, event) => {
    if (event !== undefined) await advance(job.id, event);
  },
  taken: async ({ advance, background, bringUpToDate }, format, size) => {
    if (format === 'original') await advance(job.id, { type: 'downloaded', size });
    // The card's update was held back for the link.
    background.run('show after a download', () => bringUpToDate(job.id));
  },
});

async function fetched(deps: OriginalDeps, job: ExportJob): Promise<Original | NotHandedOver> {
  // A link may outlive its export by minutes.
  if (job.state.status !== 'ready') return { kind: 'failed', why: 'contentGone' };
  const content = await fetchContent(deps, job);
  if (content.kind === 'failed') return content;
  const columns = columnsOf(deps.sources.of(job.target));
  const asOf = graphJobIdOf(job.state) === undefined ? deps.clock.now() : undefined;
  return {
    ...content,
    kind: 'original',
    fileKind: 'csv',
    columns,
    limits: deps.exportFileLimits,
    ...present({ asOf }),
  };
}

export const ownFileSubject = (file: OwnFile): Subject => ({
  ref: { kind: 'ownFile', id: file.id },
  content: { kind: 'ownFile', file },
  owner: file.owner,
  audited: { subject: file.id },
  logged: { fileId: file.id },
  bytesId: file.id,
  ...present({ size: file.size }),
  isThere: (now) => isKept(file, now),
  // The original keeps its own name; what is made of it says the time of its data, else of the hand-over.
  fileName: ({ sources: { all } }, now, format) =>
    format === 'original'
      ? file.name
      : madeFileName(withoutMoment(file.name, all).slice(0, 100), exportedAt(file.name, now, all) ?? now, {
          format,
          original: file.kind ?? 'csv',
        }),
  origin: ({ sources }, asOf) => ({
    requestedBy: file.owner.name,
    source: file.name,
    from: sources.all.find((one) => isFileOf(one, file.name))?.name ?? '',
    linkHosts: sources.all.flatMap(({ bareHosts }) => bareHosts),
    exportedAt: asOf ?? file.receivedAt,
  }),
  original: (deps) => kept(deps, file),
  learn: () => Promise.resolve(),
  taken: () => Promise.resolve(),
});

const isKept = ({ keptUntil }: OwnFile, now: Date): boolean => keptUntil !== undefined && keptUntil > now;

async function kept(deps: OriginalDeps, file: OwnFile): Promise<Original | NotHandedOver> {
  const stream = isKept(file, deps.clock.now()) ? await deps.stores.ownFiles.bytesOf(file) : undefined;
  if (stream === undefined || file.kind === undefined) return { kind: 'failed', why: 'notKept' };
  return {
    kind: 'original',
    stream,
    fileKind: file.kind,
    columns: columnsOfAny(deps.sources, file.name),
    limits: deps.ownFileLimits,
    ...present({ length: file.size }),
  };
}
