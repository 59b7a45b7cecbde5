/** Gets a file in the format wished for: fetched or kept, and converted on demand. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { FileFormat } from '../../domain/okrs/file/okr-file.ts';
import { dayOf } from '../../domain/okrs/reading/read-day.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { MadeFile, OkrFileKind, OkrFileLimits, OkrFiles } from '../../ports/okr-files.ts';
import type { Clock, Stores } from '../../ports/runtime.ts';
import type { FetchContentDeps, FetchFailure } from './fetch-content.ts';
import { fetchContent, isTooLarge } from './fetch-content.ts';
import type { Subject } from './subject.ts';
import { idOf, nameOf, originOf, whereRead } from './subject.ts';

export interface HandOverDeps extends FetchContentDeps {
  readonly stores: Pick<Stores, 'readings' | 'ownFiles'>;
  readonly okrFiles: Pick<OkrFiles, 'workbook' | 'spreadsheetCsv'>;
  readonly clock: Clock;
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
  const fileName = nameOf(subject, deps, deps.clock.now(), format);
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

interface Original {
  readonly kind: 'original';
  readonly stream: ReadableStream<Uint8Array>;
  readonly length?: number;
  readonly requestId?: string;
  readonly fileKind: OkrFileKind;
  readonly limits: OkrFileLimits;
}

type Found = Original | Extract<HandedOver, { kind: 'failed' }>;

async function originalOf(deps: HandOverDeps, subject: Subject): Promise<Found> {
  if (subject.kind === 'ownFile') return keptFile(deps, subject.file);
  const { job } = subject;
  // A link may outlive its export by minutes.
  if (job.state.status !== 'ready') return { kind: 'failed', why: 'contentGone' };
  const fetched = await fetchContent(deps, job);
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

interface ConvertDeps extends Pick<HandOverDeps, 'okrFiles' | 'clock' | 'log'> {
  readonly stores: Pick<Stores, 'readings'>;
}

/** Undefined when it cannot be made; whoever wants it is offered the original. `tooLarge`: not even that can be had. */
export async function convert(
  deps: ConvertDeps,
  subject: Subject,
  original: Original,
  format: Exclude<FileFormat, 'original'>,
): Promise<MadeFile | 'tooLarge' | undefined> {
  try {
    const made = await make(deps, subject, original, format);
    if (made.kind === 'made') return made;
    deps.log.info({ ...idOf(subject), format, why: made.why }, 'a file could not be converted');
  } catch (error) {
    if (isTooLarge(error)) return 'tooLarge';
    deps.log.warn({ ...idOf(subject), format, err: error }, 'converting a file broke off');
  }
  return undefined;
}

async function make(
  { stores, okrFiles, clock }: ConvertDeps,
  subject: Subject,
  { stream, fileKind: kind, limits, requestId }: Original,
  format: Exclude<FileFormat, 'original'>,
) {
  if (format === 'spreadsheetCsv') return okrFiles.spreadsheetCsv(stream, { kind, limits });
  const { person, source } = whereRead(subject);
  const reading = await stores.readings.find(person, source);
  return okrFiles.workbook(stream, {
    // The same figures as on the card, also when they are looked at later.
    kind,
    limits,
    today: reading?.summary.today ?? dayOf(clock.now()),
    origin: { ...originOf(subject, reading?.asOf), ...present({ requestId }) },
    ...present({ changes: reading?.changes, locale: person.locale }),
  });
}
