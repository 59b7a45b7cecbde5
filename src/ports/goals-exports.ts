/** Lists the calls of Graph's goals export API and every answer that can come back. */
import type { FailureReason, TroubleKind } from '../domain/exports/export-job.ts';
import type { ExplorerView } from '../domain/exports/explorer-url.ts';

/** Graph's `goalsExportJob`, read tolerantly. */
export interface GraphJob {
  readonly id: string;
  readonly status: 'notStarted' | 'running' | 'succeeded' | 'failed' | 'unknown';
  /** Graph's own word, when `status` is `unknown`. */
  readonly unknownStatus?: string;
  readonly createdAt?: Date;
  readonly expiresAt?: Date;
  /** Lower-case GUIDs; absent from the answer to a create. */
  readonly organizationId?: string;
  readonly viewId?: string;
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

export type CreateAnswer =
  /** 201; without a readable id the caller must list. */
  | { readonly kind: 'created'; readonly jobId?: string }
  /** 409: an identical job is pending. */
  | { readonly kind: 'conflict'; readonly jobId?: string }
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
    }
  | { readonly kind: 'contentGone' }
  /** 200, but a web page or JSON. */
  | { readonly kind: 'notCsv' }
  | { readonly kind: 'tooLarge'; readonly limitBytes: number }
  | { readonly kind: 'badRedirect' }
  | GraphTrouble;

/** Each call is one request under one person's token; none retries by itself. Never throws for what Graph or the network does. */
export interface GoalsExports {
  readonly create: (accessToken: string, view: ExplorerView) => Promise<CreateAnswer>;
  readonly get: (accessToken: string, jobId: string) => Promise<GetAnswer>;
  /** All jobs that the person may see, of one organisation or of all; every page on our own base. */
  readonly list: (accessToken: string, organizationId?: string) => Promise<ListAnswer>;
  readonly content: (accessToken: string, jobId: string, signal?: AbortSignal) => Promise<ContentAnswer>;
}

/** The stream of a file ended before the file was whole; `started` tells whether a reader had bytes already. */
export type ContentFault = 'cut' | 'tooLarge' | 'tooSlow';
