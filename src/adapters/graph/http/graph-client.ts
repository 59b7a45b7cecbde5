/** Asks Graph: one base, one chain of limits, and a log without tokens, links or data. */
import type { Clock, Log } from '../../../ports/runtime.ts';
import { createClockWatch } from './clock-watch.ts';
import type { GateWatch } from './graph-gate.ts';
import { createGraphGate } from './graph-gate.ts';
import type { Fetch, GraphHttp, GraphReply, GraphRequest, TimeLimits } from './graph-http.ts';
import { createGraphHttp, usualTimeLimits } from './graph-http.ts';
import type { NoAnswer } from './network-fault.ts';

export interface GoalsExportsDeps {
  /** `https://graph.microsoft.com/beta`, or any server that speaks this contract. */
  readonly baseUrl: string;
  /** Where one redirect of `/content` may lead beside Graph's own host: `host[:port]`, `*.` prefix allowed. */
  readonly downloadHosts: readonly string[];
  readonly maxDownloadBytes: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: Fetch;
  readonly limits?: Partial<TimeLimits>;
  readonly watch?: GateWatch;
}

export interface GraphClient {
  readonly jobsUrl: string;
  readonly http: GraphHttp;
  readonly limits: TimeLimits;
  readonly deps: GoalsExportsDeps;
  readonly ask: (
    call: 'create' | 'get' | 'list',
    request: Omit<GraphRequest, 'accept'>,
  ) => Promise<GraphReply | NoAnswer>;
}

const jobsPath = '/employeeExperience/goals/exportJobs';

export function createGraphClient(deps: GoalsExportsDeps): GraphClient {
  const limits = { ...usualTimeLimits, ...deps.limits };
  const http = createGraphGate({
    http: createClockWatch({
      http: createGraphHttp({ fetch: deps.fetch ?? globalThis.fetch, limits }),
      clock: deps.clock,
      log: deps.log,
      measured: deps.watch?.clockSkewed,
    }),
    clock: deps.clock,
    log: deps.log,
    watch: deps.watch,
  });
  const jobsUrl = `${deps.baseUrl.replace(/\/+$/, '')}${jobsPath}`;
  const ask: GraphClient['ask'] = async (call, request) => {
    const opened = await http.open({ ...request, accept: 'application/json' });
    const reply = opened.kind === 'opened' ? await http.read(opened) : opened;
    deps.log.debug({ call, ...traceOf(reply) }, 'asked Graph');
    return reply;
  };
  return { jobsUrl, http, limits, deps, ask };
}

const traceOf = (reply: GraphReply | NoAnswer): Record<string, unknown> =>
  reply.kind === 'reply'
    ? { status: reply.status, graphRequestId: reply.headers.get('request-id') }
    : { trouble: reply.trouble };
