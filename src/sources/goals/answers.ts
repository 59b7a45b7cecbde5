/** Translates Graph's replies into the answers of the port. Pure. */
import { present } from '../../domain/present.ts';
import { parseRetryAfter } from '../../domain/retry-limits.ts';
import type { CreateAnswer, GetAnswer, GraphTrouble } from '../../ports/export-source.ts';
import { readGraphError, requestIdOf } from '../../adapters/graph/http/graph-bodies.ts';
import type { GraphReply } from '../../adapters/graph/http/graph-http.ts';
import { odd, troubleOf, type KnownErrors } from '../../adapters/graph/http/trouble.ts';
import { isJobId, readJob, readJobId, readPage, type ReadJob } from './job-bodies.ts';

/** The inner codes that the reference names. */
const reasons = {
  goalsOrganizationIdNotFound: 'placeNotFound',
  invalidGoalsOrganizationId: 'notValid',
  exportJobNotFound: 'missing',
} as const;

export const goalsErrors: KnownErrors = {
  permission: /Goals-Export\./i,
  reasonOf: ({ innerCodes, message = '' }) => {
    for (const [code, reason] of Object.entries(reasons)) if (innerCodes.includes(code)) return reason;
    // `unknown` is Graph's inner code for several things: only the message tells.
    const isBadId = innerCodes.includes('unknown') && /^Invalid JobKey specified/i.test(message);
    return isBadId ? 'notValid' : undefined;
  },
};

export function answerToCreate(reply: GraphReply, now: Date): CreateAnswer {
  const { status, headers, text } = reply;
  if (status === 409) return conflict(reply);
  if (status < 200 || status > 299)
    return withoutMissing(troubleOf(reply, 'create', goalsErrors, now), reply);
  const jobId = readJobId(text) ?? jobIdInLocation(headers.get('location'));
  // 201 says that a job was made, whatever else is missing; another 2xx must name it.
  if (status !== 201 && jobId === undefined) return odd(reply);
  const isUnderWay = jobId !== undefined && underWay.has(readJob(text)?.status);
  const retryAfter = parseRetryAfter(headers.get('retry-after'), now);
  return {
    kind: 'created',
    ...present({ jobId, underWay: isUnderWay ? present({ retryAfter }) : undefined }),
  };
}

const underWay: ReadonlySet<string | undefined> = new Set(['notStarted', 'running']);

function conflict({ headers, text }: GraphReply): CreateAnswer {
  const target = readGraphError(text)?.target ?? '';
  const jobId = isJobId(target) ? target : jobIdInLocation(headers.get('location'));
  return { kind: 'conflict', ...present({ jobId }) };
}

/** `job` may still carry its `resourceLocation`. */
type RawGetAnswer =
  | Exclude<GetAnswer, { kind: 'job' }>
  | (Omit<Extract<GetAnswer, { kind: 'job' }>, 'job'> & { readonly job: ReadJob });

export function answerToGet(reply: GraphReply, now: Date): RawGetAnswer {
  const { status, headers, text, body } = reply;
  const requestId = requestIdOf(headers);
  if (status === 200 && body === 'whole') {
    const job = readJob(text);
    if (job === undefined) return odd(reply);
    return {
      kind: 'job',
      job,
      ...present({ retryAfter: parseRetryAfter(headers.get('retry-after'), now), requestId }),
    };
  }
  const trouble = troubleOf(reply, 'job', goalsErrors, now);
  return trouble.kind === 'missing' ? { ...trouble, kind: 'jobNotFound' } : trouble;
}

type PageAnswer =
  { readonly kind: 'page'; readonly page: NonNullable<ReturnType<typeof readPage>> } | GraphTrouble;

export function answerToList(reply: GraphReply, now: Date): PageAnswer {
  if (reply.status !== 200 || reply.body !== 'whole')
    return withoutMissing(troubleOf(reply, 'list', goalsErrors, now), reply);
  const page = readPage(reply.text);
  return page === undefined ? odd(reply) : { kind: 'page', page };
}

/** Only a job or its content can be missing; the type does not know. */
const withoutMissing = (trouble: ReturnType<typeof troubleOf>, reply: GraphReply): GraphTrouble =>
  trouble.kind === 'missing' ? odd(reply) : trouble;

/** Only the last path segment is looked at, without the double quotes of Graph's own sample. */
function jobIdInLocation(location: string | null): string | undefined {
  const path =
    (location ?? '')
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .split(/[?#]/, 1)[0] ?? '';
  const encoded = /\/exportJobs(?:\/([^/]+)|\('([^/]+)'\))\/?$/i.exec(path);
  const segment = encoded?.[1] ?? encoded?.[2] ?? '';
  try {
    const id = decodeURIComponent(segment);
    return isJobId(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
