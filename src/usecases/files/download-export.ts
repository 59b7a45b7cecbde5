/** Hands a file over by a link: made for its owner alone, good once for each format. */
import { randomUUID } from 'node:crypto';
import type { Person } from '../../domain/exports/export-job.ts';
import type { FileFormat, SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import { present } from '../../domain/present.ts';
import type { Background, Chance, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { Advance } from '../machine/advance.ts';
import type { BringUpToDate } from '../exports/bring-up-to-date.ts';
import type { HandOverFailure, NotHandedOver, Subject, SubjectContent } from './subject.ts';
import { findSubject } from './subject-kinds.ts';
import type { HandOverDeps, HandedOver } from './hand-over.ts';
import { handOver, tooLarge } from './hand-over.ts';
import { createTooLargeFiles, type TooLargeFiles } from './fetch-content.ts';
import { linkLifetime } from '../cards/when-to-show.ts';
import { createPlaces, type Places } from '../../blocks/places.ts';

export interface DownloadExportDeps extends HandOverDeps {
  readonly stores: Pick<Stores, 'exports' | 'downloads' | 'readings' | 'ownFiles' | 'targetNames'>;
  readonly transact: Transact;
  readonly chance: Pick<Chance, 'newSecret'>;
  readonly advance: Advance;
  readonly bringUpToDate: BringUpToDate;
  readonly background: Pick<Background, 'run'>;
  /** `https://bot.example.com`, no slash at the end. */
  readonly publicUrl: string;
}

export type OfferDownload = (who: { readonly requester: Person; readonly subject: SubjectRef }) => Promise<
  | { readonly kind: 'link'; readonly url: string; readonly expiresAt: Date }
  /** Not there yet, or not any more. */
  | { readonly kind: 'notReady' }
  | { readonly kind: 'notFound' }
>;

type Spent = { readonly kind: 'used' | 'expired' | 'unknown' };

export type OpenDownload = (token: string) => Promise<
  | {
      readonly kind: 'open';
      readonly subject: SubjectContent;
      /** Formats that this link has handed over, or is about to. */
      readonly taken: readonly FileFormat[];
    }
  | Spent
>;

export type TakeOutcome =
  | {
      readonly kind: 'file';
      readonly stream: ReadableStream<Uint8Array>;
      /** Bytes, when known. */
      readonly length?: number;
      readonly fileName: string;
      /** The last byte is out. */
      readonly finished: (bytes: number) => Promise<void>;
      /** It broke off: the format may be taken again within the link's lifetime. */
      readonly broken: (cause: unknown) => Promise<void>;
    }
  | Spent
  /** So many of this person's are under way; the link is still good. */
  | { readonly kind: 'busy'; readonly max: number }
  /** This format was handed over; others can still be had. */
  | { readonly kind: 'taken'; readonly format: FileFormat }
  | {
      readonly kind: 'failed';
      readonly why: HandOverFailure;
      readonly limitMegabytes?: number;
      readonly reference: string;
    };

export type TakeDownload = (token: string, format?: FileFormat) => Promise<TakeOutcome>;

export interface DownloadExport {
  readonly offer: OfferDownload;
  readonly open: OpenDownload;
  /** Each format is used up by the first whole file. */
  readonly take: TakeDownload;
}

export function createDownloadExport(deps: DownloadExportDeps): DownloadExport {
  const tooLargeFiles = createTooLargeFiles();
  const underWay = createPlaces(maxOfPerson);
  return {
    offer: (who) => offer(deps, who),
    open: async (token) => {
      const opened = await open(deps, token);
      return opened.kind === 'open' ? { ...opened, subject: opened.subject.content } : opened;
    },
    take: (token, format = 'original') => take({ ...deps, tooLargeFiles, underWay }, token, format),
  };
}

async function offer(
  deps: DownloadExportDeps,
  { requester, subject }: Parameters<OfferDownload>[0],
): ReturnType<OfferDownload> {
  const found = await findSubject(deps, requester, subject);
  if (found === undefined) return { kind: 'notFound' };
  if (!found.isThere(deps.clock.now())) return { kind: 'notReady' };
  const { tenantId, userId } = requester;
  const token = deps.chance.newSecret();
  await deps.stores.downloads.issue(token, { person: { tenantId, userId }, subject }, linkLifetime);
  deps.log.info({ ...found.logged, tenantId }, 'a download link was made');
  const expiresAt = new Date(deps.clock.now().getTime() + linkLifetime * 1000);
  return { kind: 'link', url: `${deps.publicUrl}/d/${token}`, expiresAt };
}

interface Opened {
  readonly kind: 'open';
  readonly subject: Subject;
  readonly taken: readonly FileFormat[];
}

async function open(deps: DownloadExportDeps, token: string): Promise<Opened | Spent> {
  const link = await deps.stores.downloads.find(token);
  if (link.kind !== 'open') return { kind: link.kind };
  const subject = await findSubject(deps, link.person, link.subject);
  return subject === undefined ? { kind: 'unknown' } : { kind: 'open', subject, taken: link.taken };
}

type TakeDeps = DownloadExportDeps & { readonly tooLargeFiles: TooLargeFiles; readonly underWay: Places };

/** One for each format: whoever hardly reads theirs leaves room for others. */
const maxOfPerson = 3;

async function take(deps: TakeDeps, token: string, format: FileFormat): Promise<TakeOutcome> {
  const opened = await open(deps, token);
  if (opened.kind !== 'open') return opened;
  const leave = deps.underWay.enter(keyOf(opened.subject.owner));
  if (leave === undefined) return { kind: 'busy', max: maxOfPerson };
  let outcome: TakeOutcome | undefined;
  try {
    outcome = await claimAndHandOver(deps, { token, format }, opened.subject);
  } finally {
    if (outcome?.kind !== 'file') leave();
  }
  return outcome.kind === 'file' ? leavingAtTheEnd(outcome, leave) : outcome;
}

const keyOf = ({ tenantId, userId }: Person): string => `${tenantId}/${userId}`;

const leavingAtTheEnd = (
  file: Extract<TakeOutcome, { kind: 'file' }>,
  leave: () => void,
): Extract<TakeOutcome, { kind: 'file' }> => ({
  ...file,
  finished: async (bytes) => {
    leave();
    await file.finished(bytes);
  },
  broken: async (cause) => {
    leave();
    await file.broken(cause);
  },
});

async function claimAndHandOver(
  deps: TakeDeps,
  { token, format }: Claim,
  subject: Subject,
): Promise<TakeOutcome> {
  const { tenantId, userId } = subject.owner;
  const told = { event: 'fileDownloaded', outcome: format, ...subject.audited } as const;
  const claimed = await deps.transact(async ({ downloads, audit }) => {
    const outcome = await downloads.claim(token, format);
    if (outcome === 'claimed') await audit.record({ tenantId, userId, at: deps.clock.now(), ...told });
    return outcome;
  });
  if (claimed === 'used') return { kind: 'taken', format };
  if (claimed !== 'claimed') return { kind: claimed };
  const log = deps.log.child(subject.logged);
  log.info({ format }, 'a download link is being used');
  const handed = deps.tooLargeFiles.has(subject.bytesId)
    ? tooLarge(deps.exportFileLimits)
    : await handOver(deps, subject, format);
  return handed.kind === 'failed'
    ? failed(deps, { token, format }, subject, log, handed)
    : taken(deps, { token, format }, subject, log, handed);
}

interface Claim {
  readonly token: string;
  readonly format: FileFormat;
}

function taken(
  deps: TakeDeps,
  { token, format }: Claim,
  subject: Subject,
  log: Log,
  file: Extract<HandedOver, { kind: 'file' }>,
): TakeOutcome {
  return {
    ...file,
    finished: async (bytes) => {
      log.info({ bytes, format }, 'a file was handed over');
      await subject.taken(deps, format, bytes);
    },
    broken: async (cause) => {
      log.warn({ err: cause }, 'a download broke off');
      deps.tooLargeFiles.noteIfTooLarge(subject.bytesId, cause);
      await deps.stores.downloads.release(token, format);
    },
  };
}

async function failed(
  deps: DownloadExportDeps,
  { token, format }: Claim,
  subject: Subject,
  log: Log,
  { why, event, limitMegabytes }: NotHandedOver,
): Promise<TakeOutcome> {
  await subject.learn(deps, event);
  const reference = randomUUID().slice(0, 8);
  log.warn({ why, reference }, 'a download failed before its first byte');
  await deps.stores.downloads.release(token, format);
  return { kind: 'failed', why, reference, ...present({ limitMegabytes }) };
}
