/** Gets a file in the format wished for: fetched or kept, and converted on demand. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { FileFormat } from '../../domain/okrs/file/okr-file.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { OkrFileLimits } from '../../ports/okr-files.ts';
import type { Stores } from '../../ports/runtime.ts';
import { convert, type ConvertDeps, type Original } from './convert-file.ts';
import type { FetchContentDeps, FetchFailure } from './fetch-content.ts';
import { fetchContent } from './fetch-content.ts';
import { nameOf } from './subject.ts';
import type { Subject } from './subject.ts';

export interface HandOverDeps extends FetchContentDeps, ConvertDeps {
  readonly stores: Pick<Stores, 'readings' | 'ownFiles'>;
  readonly exportFileLimits: OkrFileLimits;
  readonly ownFileLimits: OkrFileLimits;
}

/** `notConverted`: the original can still be had. `notKept`: an own file is kept for a day. */
export type HandOverFailure = FetchFailure | 'notConverted' | 'notKept';

export type HandedOver =
  | {
      readonly kind: 'file';
      readonly stream: ReadableStream<Uint8Array>;
      /** Bytes, when known. */
      readonly length?: number;
      readonly fileName: string;
    }
  | {
      readonly kind: 'failed';
      readonly why: HandOverFailure;
      readonly limitMegabytes?: number;
      /** What an export learns from it. */
      readonly event?: ExportEvent;
    };

export async function handOver(
  deps: HandOverDeps,
  subject: Subject,
  format: FileFormat,
): Promise<HandedOver> {
  const original = await originalOf(deps, subject);
  if (original.kind === 'failed') return original;
  const fileName = nameOf(subject, deps.clock.now(), format);
  if (format === 'original') {
    const { stream, length } = original;
    return { kind: 'file', stream, fileName, ...present({ length }) };
  }
  const made = await convert(deps, subject, original, format);
  if (made === 'tooLarge') return tooLarge(original.limits);
  return made === undefined
    ? { kind: 'failed', why: 'notConverted' }
    : { kind: 'file', stream: made.stream, length: made.length, fileName };
}

export const tooLarge = ({ maxBytes }: OkrFileLimits): Extract<HandedOver, { kind: 'failed' }> => ({
  kind: 'failed',
  why: 'tooLarge',
  limitMegabytes: Math.floor(maxBytes / 1_000_000),
});

type Found = Original | Extract<HandedOver, { kind: 'failed' }>;

async function originalOf(deps: HandOverDeps, subject: Subject): Promise<Found> {
  if (subject.kind === 'ownFile') return keptFile(deps, subject.file);
  const { job } = subject;
  // A link may outlive its export by minutes.
  if (job.state.status !== 'ready') return { kind: 'failed', why: 'contentGone' };
  const fetched = await fetchContent(deps, job.requester, job.state.graphJobId);
  return fetched.kind === 'failed'
    ? fetched
    : { ...fetched, kind: 'original', fileKind: 'csv', limits: deps.exportFileLimits };
}

async function keptFile(deps: HandOverDeps, file: OwnFile): Promise<Found> {
  const isKept = file.keptUntil !== undefined && file.keptUntil > deps.clock.now();
  const stream = isKept ? await deps.stores.ownFiles.bytesOf(file) : undefined;
  if (stream === undefined || file.kind === undefined) return { kind: 'failed', why: 'notKept' };
  const length = present({ length: file.size });
  return { kind: 'original', stream, ...length, fileKind: file.kind, limits: deps.ownFileLimits };
}
