/** Answers for handing the file over: a link for the requester alone, and Graph's bytes, untouched, for whoever opens it in time. */
import { randomUUID } from 'node:crypto';
import type { ExportJob, Ready, Requester } from '../domain/exports/export-job.ts';
import type { GoalsExports } from '../ports/goals-exports.ts';
import type { Clock, Chance, Log, Stores } from '../ports/runtime.ts';
import type { Advance } from './advance.ts';
import { fileNameOf } from './file-name.ts';
import type { FetchFailure } from './fetch-content.ts';
import { fetchContent } from './fetch-content.ts';
import type { GraphCallDeps } from './graph-calls.ts';

export interface DownloadExportDeps extends GraphCallDeps {
  readonly stores: Pick<Stores, 'exports' | 'downloads'>;
  readonly goals: Pick<GoalsExports, 'content'>;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newSecret'>;
  readonly advance: Advance;
  readonly log: Log;
  /** `https://bot.example.com`, no slash at the end. */
  readonly publicUrl: string;
}

export type OfferDownload = (who: {
  readonly requester: Requester;
  readonly exportId: string;
}) => Promise<
  | { readonly kind: 'link'; readonly url: string; readonly expiresAt: Date; readonly job: ExportJob }
  | { readonly kind: 'notReady'; readonly job: ExportJob }
  | { readonly kind: 'notFound' }
>;

type Spent = { readonly kind: 'used' | 'expired' | 'unknown' };

export type OpenDownload = (
  token: string,
) => Promise<{ readonly kind: 'open'; readonly job: ExportJob } | Spent>;

export type TakeOutcome =
  | {
      readonly kind: 'file';
      readonly stream: ReadableStream<Uint8Array>;
      /** Bytes, when Graph declared them. */
      readonly length?: number;
      readonly fileName: string;
      /** The last byte is out. */
      readonly finished: (bytes: number) => Promise<void>;
      /** It broke off: the link may be used again within its lifetime. */
      readonly broken: (cause: unknown) => Promise<void>;
    }
  | Spent
  | {
      readonly kind: 'failed';
      readonly why: FetchFailure;
      readonly limitMegabytes?: number;
      readonly reference: string;
    };

export type TakeDownload = (token: string) => Promise<TakeOutcome>;

export interface DownloadExport {
  readonly offer: OfferDownload;
  readonly open: OpenDownload;
  readonly take: TakeDownload;
}

const lifetimeSeconds = 300;

export const createDownloadExport = (deps: DownloadExportDeps): DownloadExport => ({
  offer: (who) => offer(deps, who),
  open: (token) => open(deps, token),
  take: (token) => take(deps, token),
});

async function offer(
  deps: DownloadExportDeps,
  { requester, exportId }: Parameters<OfferDownload>[0],
): ReturnType<OfferDownload> {
  const job = await deps.stores.exports.loadOwn(requester, exportId);
  if (job === undefined) return { kind: 'notFound' };
  if (job.state.status !== 'ready') return { kind: 'notReady', job };
  const { tenantId, userId } = requester;
  const token = deps.chance.newSecret();
  await deps.stores.downloads.issue(token, { person: { tenantId, userId }, exportId }, lifetimeSeconds);
  deps.log.info({ exportId, tenantId }, 'a download link was made');
  const expiresAt = new Date(deps.clock.now().getTime() + lifetimeSeconds * 1000);
  return { kind: 'link', url: `${deps.publicUrl}/d/${token}`, expiresAt, job };
}

async function open(deps: DownloadExportDeps, token: string): ReturnType<OpenDownload> {
  const link = await deps.stores.downloads.find(token);
  if (link.kind !== 'open') return { kind: link.kind };
  const job = await deps.stores.exports.loadOwn(link.person, link.exportId);
  return job === undefined ? { kind: 'unknown' } : { kind: 'open', job };
}

async function take(deps: DownloadExportDeps, token: string): Promise<TakeOutcome> {
  const opened = await open(deps, token);
  if (opened.kind !== 'open') return opened;
  const { job } = opened;
  const claimed = await deps.stores.downloads.claim(token);
  if (claimed !== 'claimed') return { kind: claimed };
  const log = deps.log.child({ exportId: job.id });
  log.info({}, 'a download link is being used');
  // A link outlives its export's readiness only by minutes, but it does.
  if (job.state.status !== 'ready') return failed(deps, token, log, 'contentGone');
  return fetch(deps, token, job, job.state, log);
}

async function fetch(
  deps: DownloadExportDeps,
  token: string,
  job: ExportJob,
  state: Ready,
  log: Log,
): Promise<TakeOutcome> {
  const fetched = await fetchContent(deps, job.requester, state.graphJobId);
  if (fetched.kind === 'failed') {
    if (fetched.event !== undefined) await deps.advance(job.id, fetched.event);
    return failed(deps, token, log, fetched.why, fetched.limitMegabytes);
  }
  return {
    ...{ kind: 'file', stream: fetched.stream, fileName: fileNameOf(job, deps.clock.now()) },
    ...(fetched.length === undefined ? {} : { length: fetched.length }),
    finished: async (bytes) => {
      log.info({ bytes }, 'a file was handed over');
      await deps.advance(job.id, { type: 'downloaded', size: bytes });
    },
    broken: async (cause) => {
      log.warn({ err: cause }, 'a download broke off');
      await deps.stores.downloads.release(token);
    },
  };
}

async function failed(
  deps: DownloadExportDeps,
  token: string,
  log: Log,
  why: FetchFailure,
  limitMegabytes?: number,
): Promise<TakeOutcome> {
  const reference = randomUUID().slice(0, 8);
  log.warn({ why, reference }, 'a download failed before its first byte');
  await deps.stores.downloads.release(token);
  return { kind: 'failed', why, reference, ...(limitMegabytes === undefined ? {} : { limitMegabytes }) };
}
