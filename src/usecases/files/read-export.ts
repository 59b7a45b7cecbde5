/** Reads what a ready export says, with its requester's own rights and without getting in the file's way. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import { loggedOf, type ExportJob, type Ready } from '../../domain/exports/export-job.ts';
import type { OkrFileLimits } from '../../ports/okr-files.ts';
import type { Clock, Stores, Transact } from '../../ports/runtime.ts';
import { present } from '../../domain/present.ts';
import { isOutOfRoom } from '../../blocks/out-of-room.ts';
import type { BringUpToDate } from '../exports/bring-up-to-date.ts';
import type { Advance } from '../machine/advance.ts';
import type { FetchContentDeps, Fetched, TellSoFar } from './fetch-content.ts';
import { fetchContent, isTooLarge } from './fetch-content.ts';
import type { KeepReading, ReadFileDeps } from './read-file.ts';
import { columnsOf, readFile } from './read-file.ts';
import type { FileWorker } from './work-on-file.ts';

export interface ReadExportDeps extends FetchContentDeps, ReadFileDeps {
  readonly stores: Pick<Stores, 'exports' | 'snapshots' | 'downloads'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly advance: Advance;
  readonly bringUpToDate: BringUpToDate;
  /** Of an export's file, which is larger than what people send. */
  readonly exportFileLimits: OkrFileLimits;
}

export const createReadExport = (deps: ReadExportDeps): FileWorker => ({
  run: async (exportId) => {
    const job = await deps.stores.exports.load(exportId);
    if (job === undefined) return;
    if (job.state.status !== 'ready' || job.state.reading?.kind !== 'underWay')
      return deps.bringUpToDate(exportId);
    const { event, keep } = await read(deps, job, job.state);
    const advanced = await deps.advance(exportId, event, {
      known: job,
      leave: ['showCards', 'notifyRequester'],
      comesBackBy: 'fileJob',
      ...present({ alongside: keep }),
    });
    // It has ended in the meantime, and tells what was read all the same.
    if (advanced.kind !== 'moved') return keep && deps.transact(keep);
    await deps.bringUpToDate(exportId, { job: advanced.job, isScheduled: advanced.isQueuedForDue });
  },
  crashed: async (exportId) => {
    await deps.advance(exportId, { type: 'crashedTooOften' });
  },
});

interface Ended {
  readonly event: ExportEvent;
  readonly keep?: KeepReading;
}

async function read(deps: ReadExportDeps, job: ExportJob, state: Ready): Promise<Ended> {
  const fetched = await fetchContent(deps, job, createTeller(deps, job));
  if (fetched.kind === 'failed') return { event: notFetched(fetched, state) };
  try {
    const done = await readFile(deps, {
      person: job.requester,
      subject: { kind: 'export', id: job.id },
      series: seriesOf(job),
      asOf: job.since,
      kind: 'csv',
      columns: columnsOf(deps.sources.of(job.target)),
      stream: fetched.stream,
      limits: deps.exportFileLimits,
      gaps: () => notGiven(job.target.source, fetched.gaps?.() ?? []),
    });
    return done.kind === 'read'
      ? { event: { type: 'contentRead', size: done.bytes }, keep: done.keep }
      : { event: { type: 'contentUnread', why: done.why } };
  } catch (error) {
    if (isTooLarge(error)) return { event: { type: 'contentUnread', why: 'tooLarge' } };
    if (isOutOfRoom(error)) {
      deps.log.error({ ...loggedOf(job), err: error }, 'the disk is full: a file could not be read');
      return { event: { type: 'readingDelayed', why: 'noRoom' } };
    }
    deps.log.warn({ ...loggedOf(job), err: error }, 'reading a file broke off; it is tried again');
    return { event: { type: 'readingDelayed' } };
  }
}

/** Seconds between two changes of the card: one that is read sooner tells its figures only. */
const secondsBetweenNews = 15;

/** Says on the card how far the reading is, while no unused download link stands there: it would be taken off the screen. */
function createTeller({ stores, clock, advance }: ReadExportDeps, { id }: ExportJob): TellSoFar {
  let told = clock.now();
  return async function tellSoFar(rows) {
    const now = clock.now();
    if (now.getTime() - told.getTime() < secondsBetweenNews * 1000) return;
    told = now;
    if ((await stores.downloads.unusedFor({ kind: 'export', id })) <= 0)
      await advance(id, { type: 'readSoFar', rows });
  };
}

const notGiven = (source: string, gaps: readonly string[]) =>
  gaps.map((what) => ({ kind: 'notGiven', source, what }) as const);

const seriesOf = ({ target: { source, key } }: ExportJob) =>
  ({ kind: 'target', name: `${source} ${key}` }) as const;

/** Nobody is asked to sign in for a reading that they did not wish for. */
function notFetched({ why, event }: Extract<Fetched, { kind: 'failed' }>, { reading }: Ready): ExportEvent {
  switch (why) {
    case 'signInNeeded': {
      const isWished = reading?.kind === 'underWay' && reading.wished === true;
      return isWished && event !== undefined ? event : { type: 'contentUnread', why: 'signInNeeded' };
    }
    case 'contentGone':
      return { type: 'contentGone' };
    case 'notCsv':
      return { type: 'contentUnread', why: 'notATable' };
    case 'tooLarge':
      return { type: 'contentUnread', why: 'tooLarge' };
    case 'noAccess':
    case 'badRedirect':
      return { type: 'contentUnread', why: 'later' };
    case 'operatorFault':
      return { type: 'readingDelayed', untilMended: true };
    case 'unavailable':
      return { type: 'readingDelayed' };
  }
}
