/** Says how export files are read and converted, in workers but for what is little work. */
import type { OkrChanges } from '../domain/okrs/changes/okr-changes.ts';
import type { OkrSnapshot } from '../domain/okrs/changes/snapshot.ts';
import type { ColumnNames } from '../domain/okrs/reading/columns.ts';
import type { Day } from '../domain/okrs/reading/okr-row.ts';
import type { OkrSummary, ReadingGap } from '../domain/okrs/reading/okr-summary.ts';
import type { UnreadableCause } from '../domain/okrs/file/okr-file.ts';

export type OkrFileKind = 'csv' | 'xlsx';

export interface OkrFileLimits {
  readonly maxBytes: number;
  readonly maxRows: number;
  /** Of an XLSX, once unpacked. */
  readonly maxUnpackedBytes: number;
}

export type OkrReading =
  | {
      readonly kind: 'read';
      readonly summary: OkrSummary;
      readonly snapshot: OkrSnapshot;
      /** Of the file, as it came. */
      readonly bytes: number;
    }
  | { readonly kind: 'unreadable'; readonly why: UnreadableCause };

export interface MadeFile {
  readonly stream: ReadableStream<Uint8Array>;
  /** Bytes. */
  readonly length: number;
}

/** What the Info sheet says; nothing else about the person goes into the file. */
export interface FileOrigin {
  readonly requestedBy: string;
  /** The target's label, or the name of the person's own file. */
  readonly source: string;
  /** The name of the source that it is from; of a person's own file the likeliest. */
  readonly from: string;
  /** To the target, when there is one. */
  readonly link?: string;
  /** Whose addresses become links. */
  readonly linkHosts: readonly string[];
  readonly exportedAt: Date;
  readonly requestId?: string;
}

/** How a file is to be read. */
interface HowToRead {
  readonly kind: OkrFileKind;
  /** How its columns are called, what is likelier first; as usual unless given. */
  readonly columns?: readonly ColumnNames[];
  readonly limits: OkrFileLimits;
  readonly signal?: AbortSignal;
}

export type MadeOutcome =
  ({ readonly kind: 'made' } & MadeFile) | { readonly kind: 'unreadable'; readonly why: UnreadableCause };

/**
 * Takes the bytes as they come, in bounded memory; a source that breaks rejects with its own error. Nothing stays on
 * disk once the call, or the stream it gave, has ended.
 */
export interface OkrFiles {
  readonly read: (
    source: ReadableStream<Uint8Array>,
    options: HowToRead & { readonly today: Day },
  ) => Promise<OkrReading>;
  /** Summary, OKR tree, check-ins, changes, info: an XLSX workbook. */
  readonly workbook: (
    source: ReadableStream<Uint8Array>,
    options: HowToRead & {
      readonly today: Day;
      readonly origin: FileOrigin;
      readonly changes?: OkrChanges;
      /** What the file lacks, whatever it says itself. */
      readonly gaps?: readonly ReadingGap[];
      /** BCP 47 tag of the language that the sheets speak. */
      readonly locale?: string;
    },
  ) => Promise<MadeOutcome>;
  /** A CSV that spreadsheets open rightly: UTF-8 with a byte order mark, formula-safe. */
  readonly spreadsheetCsv: (source: ReadableStream<Uint8Array>, options: HowToRead) => Promise<MadeOutcome>;
}
