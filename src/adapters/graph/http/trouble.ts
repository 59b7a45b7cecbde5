/** Decides which trouble a reply is, by its status, headers and body. Pure. */
import type { ReplyHeaders } from '../../../blocks/http/send-http.ts';
import type { FailureReason } from '../../../domain/exports/export-job.ts';
import { present } from '../../../domain/present.ts';
import { parseRetryAfter } from '../../../domain/retry-limits.ts';
import type { GraphTrouble } from '../../../ports/export-source.ts';
import { parseJson, readGraphError, requestIdOf, type GraphError } from './graph-bodies.ts';
import type { GraphReply } from './graph-http.ts';

/** What was asked: the API's own paths answer 404 for another reason than a job does. */
type Asked = 'create' | 'list' | 'job' | 'content';
type Missing = { readonly kind: 'missing'; readonly requestId?: string };

/** What a source knows of the errors that are its own. */
export interface KnownErrors {
  /** Why it refuses; `missing` where a job is not there. */
  readonly reasonOf: (error: GraphError) => FailureReason | 'missing' | undefined;
  /** How Graph names its permissions in a sentence. */
  readonly permission: RegExp;
}

/** Decides everything that is not a success and not a conflict. `missing` is 404 or 410 on a job or its content. */
export function troubleOf(
  reply: GraphReply,
  asked: Asked,
  known: KnownErrors,
  now: Date,
): GraphTrouble | Missing {
  const { status, headers } = reply;
  if (status === 401)
    return {
      kind: 'unauthorized',
      ...present({ claims: readClaimsChallenge(headers.get('www-authenticate')) }),
    };
  const retryAfter = parseRetryAfter(headers.get('retry-after'), now);
  if (status === 429)
    return { kind: 'unavailable', trouble: 'busy', ...present({ retryAfter }), notSent: true };
  // A body that was cut could have been any of the rows below.
  if (isPassing(reply))
    return { kind: 'unavailable', trouble: 'unreachable', ...present({ retryAfter }), notSent: false };
  if (status >= 400 && status < 500 && status !== 409) return whenRefused(reply, asked, known);
  return odd(reply);
}

export function contentRefusal(
  reply: GraphReply,
  known: KnownErrors,
  now: Date,
): { readonly kind: 'contentGone' } | GraphTrouble {
  const trouble = troubleOf(reply, 'content', known, now);
  return trouble.kind === 'missing' ? { kind: 'contentGone' } : trouble;
}

type OddReply = Pick<GraphReply, 'status' | 'headers' | 'text'>;

/** An answer that made no sense. */
export const odd = (reply: OddReply): GraphTrouble => ({ kind: 'odd', sample: sampleOf(reply) });

/** Gateways answer 502–504 with web pages of their own: an outage must not count as answers that make no sense. */
const gatewayStatuses: ReadonlySet<number> = new Set([408, 502, 503, 504]);

const isPassing = ({ status, text, body }: GraphReply): boolean =>
  body === 'cut' ||
  gatewayStatuses.has(status) ||
  (status >= 500 && (text.trim() === '' || readGraphError(text) !== undefined));

function whenRefused(reply: GraphReply, asked: Asked, known: KnownErrors): GraphTrouble | Missing {
  const { status, headers, text } = reply;
  const error = readGraphError(text);
  const requestId = requestIdOf(headers, error);
  const traced = present({ requestId });
  const refused = (reason: FailureReason): GraphTrouble => ({
    kind: 'refused',
    reason,
    ...present({ requestId, message: error?.message }),
  });

  const reason = error && known.reasonOf(error);
  if (reason === 'missing') return onJob(asked) ? { kind: 'missing', ...traced } : refused('refused');
  if (reason !== undefined) return refused(reason);
  if (status === 403 && isAboutConsent(error, known))
    return { kind: 'consentMissing', ...present({ code: error?.code }), ...traced };
  if (!onJob(asked) && isServiceGone(reply, error)) return refused('retired');
  if (onJob(asked) && (status === 404 || status === 410)) return { kind: 'missing', ...traced };
  return refused(status === 403 ? 'noAccess' : 'refused');
}

const onJob = (asked: Asked): boolean => asked === 'job' || asked === 'content';

const isAboutConsent = (error: GraphError | undefined, { permission }: KnownErrors): boolean =>
  /^Authorization_/i.test(error?.code ?? '') ||
  (/^Forbidden$/i.test(error?.code ?? '') && isAboutPermissions(error?.message ?? '', permission));

const isAboutPermissions = (message: string, permission: RegExp): boolean =>
  /consent|scope/i.test(message) || permission.test(message);

function isServiceGone({ status, headers, text }: GraphReply, error: GraphError | undefined): boolean {
  if (status === 404 || status === 410) return true;
  if (status === 400 && /Resource not found for the segment/i.test(error?.message ?? '')) return true;
  return isWebPage(headers, text);
}

const isWebPage = (headers: ReplyHeaders, text: string): boolean =>
  /\bhtml\b/i.test(headers.get('content-type') ?? '') || /^\s*<(!doctype|html|head|body)\b/i.test(text);

const longestHeader = 16_384;

/**
 * The claims challenge of continuous access evaluation (RFC 6750 header with Entra's `claims`, base64 of JSON), as JSON
 * text; `undefined` where none can be read.
 */
function readClaimsChallenge(wwwAuthenticate: string | null): string | undefined {
  const header = wwwAuthenticate ?? '';
  if (header.length > longestHeader || !/\berror="?insufficient_claims\b/i.test(header)) return undefined;
  const encoded = /\bclaims="([a-z0-9+/_=-]+)"/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  // Buffer's base64 reads the URL-safe alphabet as well.
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  const parsed = parseJson(claims);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? claims : undefined;
}

const longestSample = 1024;
const redactions: readonly (readonly [what: RegExp, instead: string])[] = [
  [/\beyJ[\w-]+(\.[\w-]*)*/g, '[token]'],
  [
    /\b(bearer|token|code|secret|password|assertion|sig)(["']?(?:\s*[:=]\s*|\s+)["']?)[^\s"'&,;<]+/gi,
    '$1$2[redacted]',
  ],
  [/[\w.+-]{1,64}@[\w.-]{1,128}/g, '[mail]'],
  [/(https?:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]*/gi, '$1?[query]'],
  [/[A-Za-z0-9+/_=-]{48,}/g, '[long]'],
];

/** For the log: at most 1 KB, with secrets and people redacted. */
function sampleOf({ status, headers, text }: OddReply): string {
  // Redacting before cutting: a cut token would no longer look like one.
  const opening = redactions.reduce(
    (kept, [what, instead]) => kept.replace(what, instead),
    text.slice(0, 8192),
  );
  const sample = `${String(status)} ${headers.get('content-type') ?? 'no type'}: ${opening}`;
  return Buffer.from(sample)
    .subarray(0, longestSample)
    .toString('utf8')
    .replace(/(?<!\uFFFD)\uFFFD+$/, '');
}
