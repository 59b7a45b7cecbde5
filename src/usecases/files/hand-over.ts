/** Gets a file in the format wished for: fetched or kept, and converted on demand. */
import type { FileFormat } from '../../domain/okrs/file/okr-file.ts';
import { dayOf } from '../../domain/okrs/reading/read-day.ts';
import { present } from '../../domain/present.ts';
import { isOutOfRoom } from '../../blocks/out-of-room.ts';
import type { MadeFile, OkrFileLimits, OkrFiles } from '../../ports/okr-files.ts';
import type { Stores } from '../../ports/runtime.ts';
import { isTooLarge } from './fetch-content.ts';
import type { NotHandedOver, Original, OriginalDeps, Subject } from './subject.ts';

export interface HandOverDeps extends OriginalDeps {
  readonly okrFiles: Pick<OkrFiles, 'workbook' | 'spreadsheetCsv'>;
}

export type HandedOver =
  | {
      readonly kind: 'file';
      readonly stream: ReadableStream<Uint8Array>;
      /** Bytes, when known. */
      readonly length?: number;
      readonly fileName: string;
    }
  | NotHandedOver;

export async function handOver(
  deps: HandOverDeps,
  subject: Subject,
  format: FileFormat,
): Promise<HandedOver> {
  const original = await subject.original(deps);
  if (original.kind === 'failed') return original;
  const fileName = subject.fileName(deps, deps.clock.now(), format);
  if (format === 'original') {
    const { stream, length } = original;
    return { kind: 'file', stream, fileName, ...present({ length }) };
  }
  const made = await convert(deps, subject, original, format);
  if (made === 'tooLarge') return tooLarge(original.limits);
  return made === 'notConverted' || made === 'noRoom'
    ? { kind: 'failed', why: made }
    : { kind: 'file', stream: made.stream, length: made.length, fileName };
}

export const tooLarge = ({ maxBytes }: OkrFileLimits): NotHandedOver => ({
  kind: 'failed',
  why: 'tooLarge',
  limitMegabytes: Math.floor(maxBytes / 1_000_000),
});

interface ConvertDeps extends Pick<HandOverDeps, 'okrFiles' | 'clock' | 'log' | 'sources'> {
  readonly stores: Pick<Stores, 'readings'>;
}

/** `notConverted`: it cannot be made; `noRoom`: not now. Whoever wants it is offered the original. `tooLarge`: not even that can be had. */
export async function convert(
  deps: ConvertDeps,
  subject: Subject,
  original: Original,
  format: Exclude<FileFormat, 'original'>,
): Promise<MadeFile | 'tooLarge' | 'notConverted' | 'noRoom'> {
  try {
    const made = await make(deps, subject, original, format);
    if (made.kind === 'made') return made;
    deps.log.info({ ...subject.logged, format, why: made.why }, 'a file could not be converted');
  } catch (error) {
    if (isTooLarge(error)) return 'tooLarge';
    if (isOutOfRoom(error)) {
      deps.log.error({ ...subject.logged, format, err: error }, 'the disk is full: a file could not be made');
      return 'noRoom';
    }
    deps.log.warn({ ...subject.logged, format, err: error }, 'converting a file broke off');
  }
  return 'notConverted';
}

async function make(
  deps: ConvertDeps,
  subject: Subject,
  { stream, fileKind: kind, columns, limits, requestId, asOf }: Original,
  format: Exclude<FileFormat, 'original'>,
) {
  const { stores, okrFiles, clock } = deps;
  if (format === 'spreadsheetCsv') return okrFiles.spreadsheetCsv(stream, { kind, columns, limits });
  const reading = await stores.readings.find(subject.owner, subject.ref);
  return okrFiles.workbook(stream, {
    // The same figures as on the card, also when they are looked at later.
    kind,
    columns,
    limits,
    today: asOf === undefined && reading !== undefined ? reading.summary.today : dayOf(clock.now()),
    origin: { ...subject.origin(deps, reading?.asOf), ...present({ requestId, exportedAt: asOf }) },
    gaps: reading?.summary.gaps.filter(({ kind: gap }) => gap === 'notGiven') ?? [],
    ...present({ changes: reading?.changes, locale: subject.owner.locale }),
  });
}
