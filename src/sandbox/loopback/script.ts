/** Defines how a test or a fault picks out calls to a simulator, and how the simulator is to misbehave for them. */
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

export type Answer = Readonly<{
  status: number;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A string or bytes are sent as they are; anything else as JSON. */
  body?: unknown;
}>;

/** What goes wrong on the wire while the answer is being sent. */
export type Trouble =
  /** Neither headers nor an end, until the client gives up. */
  | Readonly<{ kind: 'hang' }>
  /** The connection is reset before any header. */
  | Readonly<{ kind: 'reset' }>
  /** Only the first `atByte` bytes of the body arrive; `how` says what the headers had promised. */
  | Readonly<{
      kind: 'cut';
      how: 'contentLength' | 'shortLength' | 'chunked' | 'closeDelimited' | 'gzip' | 'brotli' | 'reset';
      atByte: number;
    }>
  /** The body dribbles: `chunkBytes` at a time, one every `everyMs`. */
  | Readonly<{ kind: 'slow'; chunkBytes: number; everyMs: number }>;

export type Rule = Readonly<{
  match: CallMatch;
  /** How many calls it applies to; without it, all. */
  times?: number;
  /** Replaces the answer. Without it the genuine operation runs; a function is given its answer. */
  respond?: Answer | ((call: Call, genuine: Answer) => Answer);
  /** With a fixed `respond`: run the genuine operation all the same, and lose its answer. */
  perform?: boolean;
  trouble?: Trouble;
  delayMs?: number;
  /** The answer waits for this, so that a test decides when. */
  after?: Promise<unknown>;
}>;

export type ScriptedRule = Readonly<{ hits: () => number; remove: () => void }>;

export type Script = Readonly<{
  add: (rule: Rule) => ScriptedRule;
  /** The newest rule that matches and is not used up; using it counts. */
  take: (call: Call) => Rule | undefined;
  clear: () => void;
}>;

export const createScript = (): Script => {
  const entries: { rule: Rule; hits: number }[] = [];
  const drop = (entry: { rule: Rule; hits: number }) => {
    const index = entries.indexOf(entry);
    if (index >= 0) entries.splice(index, 1);
  };
  return {
    add: (rule) => {
      const entry = { rule, hits: 0 };
      entries.push(entry);
      return { hits: () => entry.hits, remove: () => drop(entry) };
    },
    take: (call) => {
      const entry = entries.findLast(
        ({ rule, hits }) => hits < (rule.times ?? Infinity) && matchesCall(rule.match, call),
      );
      if (entry) entry.hits += 1;
      return entry?.rule;
    },
    clear: () => {
      entries.length = 0;
    },
  };
};
