/** Opens a file: one request, and at most one hop to an allowed host without the token (G22). */
import type { Opened } from '../../../blocks/http/send-http.ts';
import { isOnAllowedHost } from '../../../domain/allowed-hosts.ts';
import type { ContentAnswer } from '../../../ports/export-source.ts';
import { contentRefusal, type KnownErrors } from '../http/trouble.ts';
import { answerWithContent } from './content-answer.ts';
import type { GraphClient } from '../http/graph-client.ts';
import { hostOf, type GraphReply, type GraphRequest, type NoAnswer } from '../http/graph-http.ts';
import { createQuotedEnds } from './whole-content.ts';

type ContentRequest = Pick<GraphRequest, 'url' | 'accessToken' | 'signal'>;

export function createContentOpener(client: GraphClient, known: KnownErrors) {
  const quotedEndsOf = createQuotedEnds();
  const { deps, http, limits } = client;
  const settle = async (
    { url }: ContentRequest,
    opened: Opened,
    refusal: (reply: GraphReply) => ContentAnswer,
  ): Promise<ContentAnswer> => {
    if (opened.status !== 200 && opened.status !== 204) return refusal(await http.read(opened));
    return answerWithContent(opened, { ...limits, bytes: deps.maxDownloadBytes }, quotedEndsOf(url));
  };
  return async function openContent(request: ContentRequest): Promise<ContentAnswer> {
    const first = await open(client, request);
    if (first.kind !== 'opened') return first;
    if (!isRedirect(first))
      return settle(request, first, (reply) => contentRefusal(reply, known, deps.clock.now()));
    first.abort();
    const target = allowedTarget(client, request.url, first.headers.get('location'));
    if (target === undefined) return { kind: 'badRedirect' };
    const second = await open(client, { url: target.href, signal: request.signal });
    if (second.kind !== 'opened') return second;
    return settle(request, second, refusalElsewhere);
  };
}

async function open({ http, deps }: GraphClient, request: ContentRequest): Promise<Opened | NoAnswer> {
  const opened = await http.open({ ...request, method: 'GET', accept: 'text/csv, */*;q=0.5' });
  const trace =
    opened.kind === 'opened'
      ? { status: opened.status, graphRequestId: opened.headers.get('request-id') }
      : { trouble: opened.trouble };
  deps.log.debug({ call: 'content', elsewhere: request.accessToken === undefined, ...trace }, 'asked Graph');
  return opened;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const isRedirect = ({ status }: Opened): boolean => redirects.has(status);

/** What another host says about itself is not Graph's word about the person or the job. */
function refusalElsewhere({ status, body }: GraphReply): ContentAnswer {
  if (status === 404 || status === 410) return { kind: 'contentGone' };
  if (status === 429) return { kind: 'unavailable', trouble: 'busy', notSent: true };
  if (status >= 500 || status === 408 || body === 'cut')
    return { kind: 'unavailable', trouble: 'unreachable', notSent: false };
  return { kind: 'badRedirect' };
}

function allowedTarget({ deps }: GraphClient, from: string, location: string | null): URL | undefined {
  const target = location !== null && URL.canParse(location, from) ? new URL(location, from) : undefined;
  const own = new URL(deps.baseUrl);
  const isOwn = target?.origin === own.origin && target.username === '' && target.password === '';
  if (target !== undefined && (isOwn || isOnAllowedHost(target, deps.downloadHosts))) return target;
  deps.log.warn(
    { host: hostOf(location ?? '') },
    'a redirect of content leads to a host that is not allowed',
  );
  return undefined;
}
