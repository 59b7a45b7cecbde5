/** Fetches, keeps, reads and compares a file that somebody sent; its card tells of each step. */
import { exportedAt, seriesOfFileName } from '../../domain/okrs/file/file-name.ts';
import type { UnreadableCause } from '../../domain/okrs/file/okr-file.ts';
import type { OwnFile, OwnFileState } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import { isOutOfRoom } from '../../blocks/out-of-room.ts';
import type { ExportSources } from '../../ports/export-source.ts';
import type { Stores, Transact } from '../../ports/runtime.ts';
import type { KeepReading, ReadFileDeps } from './read-file.ts';
import { columnsOfAny, readFile } from './read-file.ts';
import type { ShowOwnFile } from '../cards/show-own-file.ts';
import type { Taken, TakeOwnFileDeps } from './take-own-file.ts';
import { takeOwnFile } from './take-own-file.ts';
import type { FileWorker } from './work-on-file.ts';

export interface ReadOwnFileDeps extends ReadFileDeps, TakeOwnFileDeps {
  readonly transact: Transact;
  readonly stores: Pick<Stores, 'ownFiles' | 'snapshots'>;
  readonly sources: Pick<ExportSources, 'all'>;
  readonly showOwnFile: ShowOwnFile;
}

const keptMilliseconds = 24 * 3600_000;
/** The drive is retried for so long; the link lives minutes. */
const patienceMilliseconds = 120_000;
const secondLookMilliseconds = 10_000;

export const createReadOwnFile = (deps: ReadOwnFileDeps): FileWorker => ({
  run: async (id) => {
    let showing = Promise.resolve();
    for (;;) {
      const file = await deps.stores.ownFiles.load(id);
      if (file === undefined) return;
      const next = await nextOf(deps, file);
      if (next === undefined || !(await save(deps, next))) break;
      // The card follows while the work goes on, one version after the other.
      showing = showing.then(() => show(deps, id));
    }
    await showing;
    await deps.showOwnFile(id);
  },
  crashed: async (id) => {
    const file = await deps.stores.ownFiles.load(id);
    if (file?.state.status === 'received') await save(deps, { file: moved(file, notTaken('unreachable')) });
    if (file?.state.status === 'reading')
      await save(deps, { file: moved(file, { status: 'unread', why: 'crashed' }) });
    await deps.showOwnFile(id);
  },
});

/** A failure here does not matter: the card is shown once more at the end. */
const show = ({ showOwnFile, log }: ReadOwnFileDeps, fileId: string): Promise<void> =>
  showOwnFile(fileId).catch((error: unknown) => {
    log.warn({ fileId, err: error }, 'the card of an own file could not be shown');
  });

/** Once it is fetched, or cannot be, the link is of no use any more. */
async function save({ transact }: ReadOwnFileDeps, { file, keep }: Next): Promise<boolean> {
  return transact(async (stores) => {
    if ((await stores.ownFiles.save(file)) === 'overtaken') return false;
    await stores.ownFiles.forgetAttachment(file.id);
    await keep?.(stores);
    return true;
  });
}

interface Next {
  readonly file: OwnFile;
  readonly keep?: KeepReading;
}

const notTaken = (why: Extract<Taken, { kind: 'notTaken' }>['why']): OwnFileState => ({
  status: 'notTaken',
  why,
});

const moved = (file: OwnFile, state: OwnFileState): OwnFile => ({
  ...file,
  state,
  version: file.version + 1,
});

/** Undefined when there is nothing to do, or not now. */
async function nextOf(deps: ReadOwnFileDeps, file: OwnFile): Promise<Next | undefined> {
  switch (file.state.status) {
    case 'received':
      return take(deps, file);
    case 'reading':
      return read(deps, file);
    case 'read':
    case 'unread':
    case 'notTaken':
      return undefined;
  }
}

async function take(deps: ReadOwnFileDeps, file: OwnFile): Promise<Next | undefined> {
  const taken = await takeOwnFile(deps, file);
  const now = deps.clock.now();
  if (taken.kind === 'taken') {
    const keptUntil = new Date(now.getTime() + keptMilliseconds);
    const kept: OwnFile = { ...file, kind: taken.fileKind, size: taken.size, keptUntil };
    return { file: moved(kept, { status: 'reading' }) };
  }
  const isEarly = now.getTime() - file.receivedAt.getTime() < patienceMilliseconds;
  if (taken.why === 'unreachable' && isEarly) {
    const work = { kind: 'readOwnFile', id: file.id } as const;
    const at = new Date(now.getTime() + secondLookMilliseconds);
    await deps.transact(({ queue }) => queue.scheduleFileWork(work, at));
    return undefined;
  }
  return { file: moved(file, notTaken(taken.why)) };
}

async function read(deps: ReadOwnFileDeps, file: OwnFile): Promise<Next> {
  const stream = await deps.stores.ownFiles.bytesOf(file);
  if (stream === undefined || file.kind === undefined)
    return { file: moved(withoutBytes(file), notTaken('linkTooOld')) };
  try {
    // A file may be handed over long after it was made.
    const done = await readFile(deps, {
      person: file.owner,
      subject: { kind: 'ownFile', id: file.id },
      series: { kind: 'fileName', name: seriesOfFileName(file.name, deps.sources.all) },
      asOf: exportedAt(file.name, file.receivedAt, deps.sources.all) ?? file.receivedAt,
      kind: file.kind,
      columns: columnsOfAny(deps.sources, file.name),
      stream,
      limits: deps.ownFileLimits,
    });
    if (done.kind === 'read') return { file: moved(file, { status: 'read' }), keep: done.keep };
    if (isOfNoUse(done.why)) return { file: moved(withoutBytes(file), notTaken(done.why)) };
    return { file: moved(file, { status: 'unread', why: done.why }) };
  } catch (error) {
    if (isOutOfRoom(error)) {
      deps.log.error({ fileId: file.id, err: error }, 'the disk is full: a file could not be read');
      return { file: moved(file, { status: 'unread', why: 'noRoom' }) };
    }
    deps.log.warn({ fileId: file.id, err: error }, 'reading a file that somebody sent broke off');
    return { file: moved(file, { status: 'unread', why: 'later' }) };
  }
}

const ofNoUse = ['empty', 'archive', 'numbers', 'otherSpreadsheet', 'notATable'] as const;

const isOfNoUse = (why: UnreadableCause): why is (typeof ofNoUse)[number] =>
  ofNoUse.some((one) => one === why);

/** The daily clean-up then removes the bytes. */
function withoutBytes({ keptUntil: _until, kind: _kind, ...file }: OwnFile): OwnFile {
  return { ...file, ...present({ size: file.size }) };
}
