/** Fetches an export's file up to its first byte: retried before that, never after; remembers what grew too large later. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { graphJobIdOf } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { ContentAnswer, ContentFault, ExportSources } from '../../ports/export-source.ts';
import type { Log } from '../../ports/runtime.ts';
import { callAsPerson, type CallAsPersonDeps } from '../exports/call-as-person.ts';

export interface FetchContentDeps extends CallAsPersonDeps {
  readonly sources: Pick<ExportSources, 'of'>;
  readonly log: Log;
}

/** `operatorFault`: Entra ID refuses the bot itself. */
export type FetchFailure =
  | 'signInNeeded'
  | 'noAccess'
  | 'contentGone'
  | 'notCsv'
  | 'tooLarge'
  | 'badRedirect'
  | 'operatorFault'
  | 'unavailable';

export type Fetched =
  | {
      readonly kind: 'file';
      readonly stream: ReadableStream<Uint8Array>;
      readonly length?: number;
      /** Graph's, of this fetch. */
      readonly requestId?: string;
      /** What the file lacks, once the stream has ended. */
      readonly gaps?: () => readonly string[];
    }
  /** `event` is what the export learns from it. */
  | {
      readonly kind: 'failed';
      readonly why: FetchFailure;
      readonly limitMegabytes?: number;
      readonly event?: ExportEvent;
    };

const maxAttempts = 3;

/** Is waited for before the next piece is asked for. */
export type TellSoFar = (rows: number) => Promise<void>;

/** @param tellSoFar called with each piece but the first, where the source knows how many rows it has read */
export async function fetchContent(
  deps: FetchContentDeps,
  { requester, target, state }: Pick<ExportJob, 'requester' | 'target' | 'state'>,
  tellSoFar?: TellSoFar,
): Promise<Fetched> {
  const source = deps.sources.of(target);
  const made = { target, ...present({ jobId: graphJobIdOf(state) }) };
  for (let attempt = 1; ; attempt += 1) {
    const called = await callAsPerson(deps, requester, source, (token) => source.content(token, made));
    if (called.kind === 'trouble') return fromTrouble(called.event);
    const isLast = attempt >= maxAttempts;
    const fetched = await toFirstByte(deps, called.answer, { isLast, tellSoFar });
    if (fetched !== 'again') return fetched;
    if (isLast) return { kind: 'failed', why: 'unavailable' };
  }
}

function fromTrouble(event: ExportEvent): Fetched {
  if (event.type === 'signInRequired') return { kind: 'failed', why: 'signInNeeded', event };
  if (event.type === 'operatorFault') return { kind: 'failed', why: 'operatorFault', event };
  return { kind: 'failed', why: 'unavailable' };
}

interface HowToTake {
  readonly isLast: boolean;
  readonly tellSoFar: TellSoFar | undefined;
}

async function toFirstByte(
  deps: FetchContentDeps,
  answer: Exclude<ContentAnswer, { kind: 'unauthorized' }>,
  how: HowToTake,
): Promise<Fetched | 'again'> {
  switch (answer.kind) {
    case 'content':
      return firstByte(deps, answer, how);
    case 'contentGone':
      return { kind: 'failed', why: 'contentGone', event: { type: 'contentGone' } };
    case 'tooLarge':
      return { kind: 'failed', why: 'tooLarge', limitMegabytes: Math.floor(answer.limitBytes / 1_000_000) };
    case 'notCsv':
    case 'badRedirect':
      return { kind: 'failed', why: answer.kind };
    case 'consentMissing':
      return {
        kind: 'failed',
        why: 'signInNeeded',
        event: { type: 'signInRequired', cause: 'adminConsent' },
      };
    case 'refused':
      return { kind: 'failed', why: answer.reason === 'gone' ? 'contentGone' : 'noAccess' };
    case 'unavailable':
      // What Graph asks to wait for is longer than a browser would.
      return answer.retryAfter === undefined ? 'again' : { kind: 'failed', why: 'unavailable' };
    case 'odd':
      return 'again';
  }
}

async function firstByte(
  deps: FetchContentDeps,
  { stream, length, requestId, gaps, rowsSoFar }: Extract<ContentAnswer, { kind: 'content' }>,
  { isLast, tellSoFar }: HowToTake,
): Promise<Fetched | 'again'> {
  const reader = stream.getReader();
  try {
    const first = await reader.read();
    // Graph may just not have it yet; what is empty each time is empty.
    if (first.done && !isLast) return 'again';
    const tell = rowsSoFar && tellSoFar && (() => tellSoFar(rowsSoFar()));
    return {
      kind: 'file',
      stream: startingWith(first, reader, tell),
      ...present({ length, requestId, gaps }),
    };
  } catch (error) {
    deps.log.warn(
      { err: error },
      'a file broke off before its first byte was handed on; it is fetched again',
    );
    return 'again';
  }
}

const startingWith = (
  first: Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  tell?: () => Promise<void>,
): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.done) controller.close();
      else controller.enqueue(first.value);
    },
    async pull(controller) {
      const next = await reader.read();
      if (next.done) {
        controller.close();
        return;
      }
      controller.enqueue(next.value);
      try {
        await tell?.();
      } catch (error) {
        await reader.cancel(error).catch(() => undefined);
        throw error;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });

const outgrew: ContentFault = 'tooLarge';
const maxCauses = 5;
const maxRemembered = 1_000;

/** Whether a stream broke because of its size; looks through the chain of causes. */
export function isTooLarge(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < maxCauses && typeof current === 'object' && current !== null; depth += 1) {
    if ('fault' in current && current.fault === outgrew) return true;
    current = 'cause' in current ? current.cause : undefined;
  }
  return false;
}

/** The next try tells so instead of breaking off again. In this process only; another one finds it out by itself. */
export function createTooLargeFiles() {
  const jobs = new Set<string>();
  return {
    noteIfTooLarge: (graphJobId: string, cause: unknown): void => {
      if (!isTooLarge(cause)) return;
      if (jobs.size >= maxRemembered) jobs.clear();
      jobs.add(graphJobId);
    },
    has: (graphJobId: string): boolean => jobs.has(graphJobId),
  };
}

export type TooLargeFiles = ReturnType<typeof createTooLargeFiles>;
