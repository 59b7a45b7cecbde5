/** Says what a place that things are exported from offers, and every answer that can come back from it. */
import type { FailureReason, TroubleKind } from '../domain/exports/export-job.ts';
import type { LinkReader, Named, Target } from '../domain/exports/target.ts';
import type { FileNaming } from '../domain/okrs/file/file-name.ts';
import type { ColumnNames } from '../domain/okrs/reading/columns.ts';

/** What makes the file at Microsoft, read tolerantly. */
export interface GraphJob {
  readonly id: string;
  readonly status: 'notStarted' | 'running' | 'succeeded' | 'failed' | 'unknown';
  /** Graph's own word, when `status` is `unknown`. */
  readonly unknownStatus?: string;
  readonly createdAt?: Date;
  readonly expiresAt?: Date;
  /** Of what it is; absent where the answer does not say, or does not say enough to export it again. */
  readonly target?: Target;
  /** Of the target, also where no more is known of it. */
  readonly label?: string;
}

/** What can stand in the way of any call. `requestId` is Graph's, to quote to support. */
export type GraphTrouble =
  /** 401; `claims` is the decoded claims challenge (JSON text) of a continuous access evaluation. */
  | { readonly kind: 'unauthorized'; readonly claims?: string }
  /** `code` is Graph's own, for the operator. */
  | { readonly kind: 'consentMissing'; readonly code?: string; readonly requestId?: string }
  | {
      readonly kind: 'refused';
      readonly reason: FailureReason;
      readonly requestId?: string;
      readonly message?: string;
    }
  /** `notSent`: Graph certainly did not act on it (no connection, 429). `retryAfter` in seconds. */
  | {
      readonly kind: 'unavailable';
      readonly trouble: TroubleKind;
      readonly retryAfter?: number;
      readonly notSent: boolean;
    }
  /** 200 with junk, HTML or a missing id: transient, then parked. `sample` is at most 1 KB, redacted. */
  | { readonly kind: 'odd'; readonly sample: string };

/** Seconds. */
interface UnderWay {
  readonly retryAfter?: number;
}

export type CreateAnswer =
  /**
   * 201; without a readable id the caller must list. `underWay` where Graph says with it that the job has not ended, and for how
   * many seconds it asks for patience.
   */
  | { readonly kind: 'created'; readonly jobId?: string; readonly underWay?: UnderWay }
  /** 409: an identical job is pending. */
  | { readonly kind: 'conflict'; readonly jobId?: string }
  /** There is no job: the file can be had at once. Its source knows by now what it calls the target. */
  | ({ readonly kind: 'ready' } & Named)
  | GraphTrouble;

export type GetAnswer =
  | {
      readonly kind: 'job';
      readonly job: GraphJob;
      readonly retryAfter?: number;
      readonly requestId?: string;
    }
  | { readonly kind: 'jobNotFound'; readonly requestId?: string }
  | GraphTrouble;

export type ListAnswer = { readonly kind: 'jobs'; readonly jobs: readonly GraphJob[] } | GraphTrouble;

export type ContentAnswer =
  /** `length` in bytes when Graph declared it. The stream throws `ContentBroken` when the file is not whole. */
  | {
      readonly kind: 'content';
      readonly stream: ReadableStream<Uint8Array>;
      readonly length?: number;
      readonly requestId?: string;
      /** What the file lacks, once the stream has ended; every language has words for it. */
      readonly gaps?: () => readonly string[];
      /** How many rows have come, where they come page by page and nobody knows how many there are. */
      readonly rowsSoFar?: () => number;
    }
  | { readonly kind: 'contentGone' }
  /** 200, but a web page or JSON. */
  | { readonly kind: 'notCsv' }
  | { readonly kind: 'tooLarge'; readonly limitBytes: number }
  | { readonly kind: 'badRedirect' }
  | GraphTrouble;

/** What is known of a place that things are exported from before anything is asked of it. */
export interface SourceFacts extends LinkReader, FileNaming {
  /** Stored with each export, carried by buttons, and a label of metrics: it never changes. Letters, digits, hyphens. */
  readonly name: string;
  /** Delegated permissions of Microsoft Graph, by their full names. */
  readonly scopes: readonly string[];
  /** Those need no administrator's consent, unless an organisation wants one for everything. */
  readonly peopleMayAllow?: boolean;
  /** How its files call their columns, where not as usual. */
  readonly columns?: ColumnNames;
  /** Below Graph's address, its version included; there Graph turns away whoever brings no token, as long as it has the source. */
  readonly graphPath?: string;
}

/** Each call is one request under one person's token; none retries by itself, and none throws for what Graph or the network does. */
export interface SourceCalls {
  readonly create: (accessToken: string, target: Target) => Promise<CreateAnswer>;
  /** How far the job is, and the jobs that the person may see; absent where the source makes none and is ready at once. */
  readonly jobs?: {
    readonly get: (accessToken: string, jobId: string) => Promise<GetAnswer>;
    /** @param near only those that could be of this target; every page on our own base */
    readonly list: (accessToken: string, near?: Target) => Promise<ListAnswer>;
  };
  /** @param made the job, where the source has one */
  readonly content: (
    accessToken: string,
    made: { readonly target: Target; readonly jobId?: string },
    signal?: AbortSignal,
  ) => Promise<ContentAnswer>;
}

export type ExportSource = SourceFacts & SourceCalls;

/** All sources that this bot knows. */
export interface ExportSources {
  readonly all: readonly ExportSource[];
  /** @throws Error for a name that no source has */
  readonly of: (target: Pick<Target, 'source'>) => ExportSource;
}

/** The stream of a file ended before the file was whole; `started` tells whether a reader had bytes already. */
export type ContentFault = 'cut' | 'tooLarge' | 'tooSlow';
