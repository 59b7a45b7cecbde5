/** Says what those who hand a file over need of its subject, whichever kind it is of. */
import type { AuditDetails } from '../../domain/audit/audit-entry.ts';
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob, Requester } from '../../domain/exports/export-job.ts';
import type { FileFormat, SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import type { ColumnNames } from '../../domain/okrs/reading/columns.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import type { ExportSources } from '../../ports/export-source.ts';
import type { FileOrigin, OkrFileKind, OkrFileLimits } from '../../ports/okr-files.ts';
import type { Background, Clock, Stores } from '../../ports/runtime.ts';
import type { BringUpToDate } from '../exports/bring-up-to-date.ts';
import type { Advance } from '../machine/advance.ts';
import type { FetchContentDeps, FetchFailure } from './fetch-content.ts';

export interface OriginalDeps extends FetchContentDeps {
  readonly stores: Pick<Stores, 'readings' | 'ownFiles'>;
  readonly sources: ExportSources;
  readonly clock: Clock;
  readonly exportFileLimits: OkrFileLimits;
  readonly ownFileLimits: OkrFileLimits;
}

export interface Original {
  readonly kind: 'original';
  readonly stream: ReadableStream<Uint8Array>;
  readonly length?: number;
  readonly requestId?: string;
  /** When it was read, where no file is kept that would be the same each time. */
  readonly asOf?: Date;
  readonly fileKind: OkrFileKind;
  readonly columns: readonly ColumnNames[];
  readonly limits: OkrFileLimits;
}

/** `notConverted`, `noRoom`: the original can still be had. `notKept`: an own file is kept for a day. */
export type HandOverFailure = FetchFailure | 'notConverted' | 'noRoom' | 'notKept';

export interface NotHandedOver {
  readonly kind: 'failed';
  readonly why: HandOverFailure;
  readonly limitMegabytes?: number;
  /** What an export learns from it. */
  readonly event?: ExportEvent;
}

interface LearnDeps {
  readonly advance: Advance;
}

interface TakenDeps extends LearnDeps {
  readonly bringUpToDate: BringUpToDate;
  readonly background: Pick<Background, 'run'>;
}

/** What a file is handed over of: for those who show it. */
export type SubjectContent =
  { readonly kind: 'export'; readonly job: ExportJob } | { readonly kind: 'ownFile'; readonly file: OwnFile };

export interface Subject {
  readonly ref: SubjectRef;
  readonly content: SubjectContent;
  readonly owner: Requester;
  /** For the audit trail: of what, by its key. */
  readonly audited: Pick<AuditDetails, 'source' | 'target' | 'subject'>;
  /** For logs. */
  readonly logged: Readonly<Record<string, string>>;
  /** Names the bytes: other ones have another. */
  readonly bytesId: string;
  /** Of the original, in bytes, once it is known. */
  readonly size?: number;
  readonly isThere: (now: Date) => boolean;
  readonly fileName: (deps: Pick<OriginalDeps, 'sources'>, now: Date, format: FileFormat) => string;
  /** @param asOf when its reading says that it was made */
  readonly origin: (deps: Pick<OriginalDeps, 'sources'>, asOf?: Date) => FileOrigin;
  readonly original: (deps: OriginalDeps) => Promise<Original | NotHandedOver>;
  /** What handing it over in vain tells. */
  readonly learn: (deps: LearnDeps, event: ExportEvent | undefined) => Promise<void>;
  readonly taken: (deps: TakenDeps, format: FileFormat, bytes: number) => Promise<void>;
}
