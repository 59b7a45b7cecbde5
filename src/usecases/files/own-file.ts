/** Answers for what a person does with a file that they sent; "not yours" and "not there" are the same answer. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { OwnFile as File } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { Reading } from '../../ports/readings.ts';
import type { Background, Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { ShowOwnFile } from '../cards/show-own-file.ts';

export interface OwnFileDeps {
  readonly stores: Pick<Stores, 'ownFiles' | 'readings'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly background: Background;
  readonly showOwnFile: ShowOwnFile;
}

type OwnFileOutcome =
  { readonly kind: 'own'; readonly file: File; readonly reading?: Reading } | { readonly kind: 'notFound' };

type ActOnFile = (act: { readonly requester: Person; readonly fileId: string }) => Promise<OwnFileOutcome>;

export interface OwnFileActs {
  readonly show: ActOnFile;
  /** Reads it once more where that may help: its card follows. */
  readonly readAgain: ActOnFile;
}

export const createOwnFile = (deps: OwnFileDeps): OwnFileActs => ({
  show: async ({ requester, fileId }) => {
    const file = await deps.stores.ownFiles.loadOwn(requester, fileId);
    return file === undefined ? { kind: 'notFound' } : tell(deps, file);
  },
  readAgain: async ({ requester, fileId }) => {
    const file = await deps.stores.ownFiles.loadOwn(requester, fileId);
    if (file === undefined) return { kind: 'notFound' };
    if (!isWorthReadingAgain(file, deps.clock.now())) return tell(deps, file);
    return readAgain(deps, file);
  },
});

/** Only what was not the file's own fault, and only while its bytes are here. */
const isWorthReadingAgain = ({ state, keptUntil }: File, now: Date): boolean =>
  state.status === 'unread' &&
  (state.why === 'crashed' || state.why === 'later' || state.why === 'tookTooLong') &&
  keptUntil !== undefined &&
  keptUntil > now;

async function readAgain(deps: OwnFileDeps, file: File): Promise<OwnFileOutcome> {
  const next: File = { ...file, state: { status: 'reading' }, version: file.version + 1 };
  const saved = await deps.transact(async ({ ownFiles, queue }) => {
    const outcome = await ownFiles.save(next);
    if (outcome === 'saved')
      await queue.scheduleFileWork({ kind: 'readOwnFile', id: file.id }, deps.clock.now());
    return outcome;
  });
  if (saved === 'overtaken') return tell(deps, file);
  deps.background.run('show an own file', () => deps.showOwnFile(file.id));
  return { kind: 'own', file: next };
}

async function tell({ stores }: OwnFileDeps, file: File): Promise<OwnFileOutcome> {
  const isRead = file.state.status === 'read';
  const source = { kind: 'ownFile', id: file.id } as const;
  const reading = isRead ? await stores.readings.find(file.owner, source) : undefined;
  return { kind: 'own', file, ...present({ reading }) };
}
