/** What a simulator records of a request, and how a script or a test picks requests out. */
import type { IncomingHttpHeaders } from 'node:http';

export type Call = Readonly<{
  method: string;
  /** Decoded path without the query. */
  path: string;
  query: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Milliseconds since 1970 on the simulator's clock. */
  at: number;
  /** The simulator's own word for the operation, e.g. `create` or `token`. */
  op: string;
  /** Object id of the acting user, when the token, assertion or code says so. */
  user?: string;
  /** What else the simulator read out of the request, e.g. `view`, `job`, `grant`, `conversation`. */
  about: Readonly<Record<string, string>>;
}>;

export type CallMatch = Readonly<{
  method?: string;
  pathIncludes?: string;
  op?: string;
  user?: string;
  view?: string;
  about?: Readonly<Record<string, string>>;
  where?: (call: Call) => boolean;
}>;

export const matchesCall = (match: CallMatch, call: Call): boolean =>
  (match.method === undefined || match.method === call.method) &&
  (match.pathIncludes === undefined || call.path.includes(match.pathIncludes)) &&
  (match.op === undefined || match.op === call.op) &&
  (match.user === undefined || match.user === call.user) &&
  (match.view === undefined || match.view === call.about['view']) &&
  Object.entries(match.about ?? {}).every(([name, value]) => call.about[name] === value) &&
  (match.where === undefined || match.where(call));
