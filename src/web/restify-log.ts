/** Answers for what restify may log: its warnings' words, never the requests, headers and errors that it would print with them. */
import type { ServerOptions } from 'restify';
import type { Log } from '../ports/runtime.ts';

type RestifyLog = NonNullable<ServerOptions['log']>;

/** restify 12 calls `trace` and `warn` only; a `trace` that returns nothing means "not wanted". */
export function createRestifyLog(log: Log): RestifyLog {
  const silent = (): void => undefined;
  const warn = (_fields: unknown, message?: unknown): void =>
    log.warn({}, `restify: ${typeof message === 'string' ? message : 'a warning without words'}`);
  const own = { trace: silent, debug: silent, info: silent, warn, error: warn, fatal: warn };
  return own as unknown as RestifyLog;
}
