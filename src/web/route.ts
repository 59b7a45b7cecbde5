/** Types a route, and what its handler sees of a request, without the HTTP framework. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../ports/runtime.ts';

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Decoded parts of the path that the pattern names. */
  readonly params: unknown;
  readonly query: URLSearchParams;
  /** Short random text that a page shows and a log line repeats. */
  readonly reference: string;
  /** Carries the reference and the route. */
  readonly log: Log;
}

export interface Route {
  /** A GET route answers HEAD as well. */
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly handle: (visit: Visit) => Promise<void> | void;
}
