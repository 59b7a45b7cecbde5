/** Asks Graph: one base, one chain of limits, an eye on the clock, and a log without tokens, links or data. */
import {
  createOpenHttp,
  createSendHttp,
  type AddressOf,
  type ReplyHeaders,
} from '../../../blocks/http/send-http.ts';
import { present } from '../../../domain/present.ts';
import type { Clock, Log } from '../../../ports/runtime.ts';
import { createGraphGate, type GateWatch, type GraphGateDeps } from './graph-gate.ts';
import {
  createGraphHttp,
  headOf,
  usualTimeLimits,
  type Answered,
  type GraphHttp,
  type GraphReply,
  type GraphRequest,
  type NoAnswer,
  type TimeLimits,
} from './graph-http.ts';

export interface GraphDeps {
  /** `https://graph.microsoft.com`, or any server that speaks this contract; a version at its end is taken off. */
  readonly baseUrl: string;
  /** Where one redirect of content may lead beside Graph's own host: `host[:port]`, `*.` prefix allowed. */
  readonly downloadHosts: readonly string[];
  readonly maxDownloadBytes: number;
  readonly clock: Clock;
  readonly log: Log;
  /** For all calls but those for files. */
  readonly addressOf?: AddressOf;
  readonly limits?: Partial<TimeLimits>;
  readonly watch?: GateWatch;
}

export type GraphVersion = 'v1.0' | 'beta';

/** Versions that older settings name. */
const versionAtEnd = /\/(?:beta|v1\.0)$/i;

/** Without a version and a slash at its end. */
export const graphRoot = (baseUrl: string): string =>
  baseUrl.replace(/(?<!\/)\/+$/, '').replace(versionAtEnd, '');

export interface GraphClient {
  /** Where a version is, without a trailing slash: `https://graph.microsoft.com/beta`. */
  readonly at: (version: GraphVersion) => string;
  readonly http: GraphHttp;
  readonly limits: TimeLimits;
  readonly deps: GraphDeps;
  /**
   * @param call short, for the log
   * @param longest bytes that are read of the answer; 1 MB unless given
   */
  readonly ask: (
    call: string,
    request: Omit<GraphRequest, 'accept'>,
    longest?: number,
  ) => Promise<GraphReply | NoAnswer>;
}

export function createGraphClient(deps: GraphDeps): GraphClient {
  const limits = { ...usualTimeLimits, ...deps.limits };
  const { clock, log, watch } = deps;
  const bare = createGraphHttp({ send: createSendHttp(deps.addressOf), open: createOpenHttp(), limits });
  const watched = createClockWatch({ http: bare, clock, log, watch });
  const http = createGraphGate({ http: watched, clock, log, watch });
  const ask: GraphClient['ask'] = async (call, request, longest) => {
    const reply = await http.ask({ ...request, ...present({ longest }), accept: 'application/json' });
    log.debug({ call, ...traceOf(reply) }, 'asked Graph');
    return reply;
  };
  return { at: (version) => `${graphRoot(deps.baseUrl)}/${version}`, http, limits, deps, ask };
}

const traceOf = (reply: GraphReply | NoAnswer): Record<string, unknown> =>
  reply.kind === 'reply'
    ? { status: reply.status, graphRequestId: reply.headers.get('request-id') }
    : { trouble: reply.trouble };

const tolerated = 60;
const alarmEvery = 600_000;

/** Tells the operator of a wrong clock, with which waits and sign-ins go wrong: compares Graph's `Date` header (RFC 9110 §6.6.1) with ours. */
function createClockWatch({ http, clock, log, watch }: GraphGateDeps): GraphHttp {
  let alarmedAt = -Infinity;
  const compare = (asked: number, answered: number, headers: ReplyHeaders): void => {
    const seconds = secondsAhead(headers, asked, answered);
    if (seconds === undefined) return;
    watch?.clockSkewed?.(seconds);
    if (Math.abs(seconds) <= tolerated || Math.abs(answered - alarmedAt) < alarmEvery) return;
    alarmedAt = answered;
    log.error(
      { seconds },
      'the clock of this machine and that of Microsoft Graph differ: check the time service',
    );
  };
  const watching =
    <A extends Answered>(call: (request: GraphRequest) => Promise<A>) =>
    async (request: GraphRequest): Promise<A> => {
      const asked = clock.now().getTime();
      const answer = await call(request);
      const headers = headOf(answer)?.headers;
      // What a redirect leads to is not Graph.
      if (headers !== undefined && request.accessToken !== undefined)
        compare(asked, clock.now().getTime(), headers);
      return answer;
    };
  return { ...http, ask: watching(http.ask), open: watching(http.open) };
}

/** Zero while the answer was on its way at that time; undefined without a date, or with a kept one. */
function secondsAhead(headers: ReplyHeaders, asked: number, answered: number): number | undefined {
  const at = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(at) || headers.has('age')) return undefined;
  const behind = Math.min(0, at + 1000 - asked);
  return Math.round((behind + Math.max(0, at - answered)) / 1000);
}
