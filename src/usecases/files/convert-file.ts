/** Makes a workbook or a spreadsheet's CSV of an original file. */
import { explorerUrl, shortId } from '../../domain/exports/explorer-url.ts';
import type { FileFormat } from '../../domain/okrs/file/okr-file.ts';
import { dayOf } from '../../domain/okrs/reading/read-day.ts';
import { present } from '../../domain/present.ts';
import type { FileOrigin, MadeFile, OkrFileKind, OkrFileLimits, OkrFiles } from '../../ports/okr-files.ts';
import type { Clock, Log, Stores } from '../../ports/runtime.ts';
import type { Subject } from './subject.ts';
import { isTooLarge } from './fetch-content.ts';

export interface Original {
  readonly kind: 'original';
  readonly stream: ReadableStream<Uint8Array>;
  readonly length?: number;
  readonly requestId?: string;
  readonly fileKind: OkrFileKind;
  readonly limits: OkrFileLimits;
}

export interface ConvertDeps {
  readonly stores: Pick<Stores, 'readings'>;
  readonly okrFiles: Pick<OkrFiles, 'workbook' | 'spreadsheetCsv'>;
  readonly clock: Clock;
  readonly log: Log;
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
    deps.log.info({ ...named(subject), format, why: made.why }, 'a file could not be converted');
  } catch (error) {
    if (isTooLarge(error)) return 'tooLarge';
    deps.log.warn({ ...named(subject), format, err: error }, 'converting a file broke off');
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
    ...present({ changes: reading?.changes }),
  });
}

const named = (subject: Subject) =>
  subject.kind === 'export' ? { exportId: subject.job.id } : { fileId: subject.file.id };

const whereRead = (subject: Subject) =>
  subject.kind === 'export'
    ? { person: subject.job.requester, source: { kind: 'export', id: subject.job.id } as const }
    : { person: subject.file.owner, source: { kind: 'ownFile', id: subject.file.id } as const };

const originOf = (subject: Subject, asOf?: Date): FileOrigin =>
  subject.kind === 'export'
    ? {
        requestedBy: subject.job.requester.name,
        source: shortId(subject.job.view.viewId),
        link: explorerUrl(subject.job.view),
        exportedAt: subject.job.since,
      }
    : {
        requestedBy: subject.file.owner.name,
        source: subject.file.name,
        exportedAt: asOf ?? subject.file.receivedAt,
      };
