/** Tells the operator of a wrong clock: compares Graph's `Date` header (RFC 9110 §6.6.1) with ours. */
import type { Clock, Log } from '../../../ports/runtime.ts';
import type { GraphHttp, Opened } from './graph-http.ts';

export interface ClockWatchDeps {
  readonly http: GraphHttp;
  readonly clock: Clock;
  readonly log: Log;
  /** Seconds that Graph's clock is ahead of ours, for the metrics. */
  readonly measured?: ((seconds: number) => void) | undefined;
}

const tolerated = 60;
const alarmEvery = 600_000;

/** Waits and sign-ins go wrong when clocks differ; nothing here is decided by it. */
export function createClockWatch({ http, clock, log, measured }: ClockWatchDeps): GraphHttp {
  let alarmedAt = -Infinity;
  const compare = (asked: number, answered: number, { response }: Opened): void => {
    const seconds = secondsAhead(response.headers, asked, answered);
    if (seconds === undefined) return;
    measured?.(seconds);
    if (Math.abs(seconds) <= tolerated || Math.abs(answered - alarmedAt) < alarmEvery) return;
    alarmedAt = answered;
    log.error(
      { seconds },
      'the clock of this machine and that of Microsoft Graph differ: check the time service',
    );
  };
  return {
    ...http,
    open: async (request) => {
      const asked = clock.now().getTime();
      const opened = await http.open(request);
      // What a redirect leads to is not Graph.
      if (opened.kind === 'opened' && request.accessToken !== undefined)
        compare(asked, clock.now().getTime(), opened);
      return opened;
    },
  };
}

/** Zero while the answer was on its way at that time; undefined without a date, or with a kept one. */
function secondsAhead(headers: Headers, asked: number, answered: number): number | undefined {
  const at = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(at) || headers.has('age')) return undefined;
  const behind = Math.min(0, at + 1000 - asked);
  return Math.round((behind + Math.max(0, at - answered)) / 1000);
}
