/** Serves HTTP on 127.0.0.1, records every call, and lets a script decide how it is answered. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  matchesCall,
  createScript,
  type Call,
  type CallMatch,
  type Answer,
  type Rule,
  type ScriptedRule,
} from './script.ts';
import { close, listen } from './listening.ts';
import { sendAnswer } from './send-answer.ts';

export type RawCall = Omit<Call, 'op' | 'about' | 'user'>;

export type LoopbackOptions = Readonly<{
  /** 0, the default, takes any free port. */
  port?: number;
  clock?: () => number;
  /** Gives the call its operation, user and subject, for scripts and tests. */
  annotate?: (
    call: RawCall,
  ) => Promise<Pick<Call, 'op' | 'about' | 'user'>> | Pick<Call, 'op' | 'about' | 'user'>;
  handle: (call: Call) => Promise<Answer> | Answer;
}>;

export type LoopbackServer = Readonly<{
  /** Rejects with EADDRINUSE when the port is taken. */
  start: () => Promise<{ url: string }>;
  /** Ends every connection, also the hanging ones, and whatever waits here. */
  stop: () => Promise<void>;
  /** Empty before `start`. */
  url: () => string;
  calls: readonly Call[];
  script: (rule: Rule) => ScriptedRule;
  clearScript: () => void;
  /** The next call, from now on, that matches. */
  nextCall: (match: CallMatch, options?: WaitOptions) => Promise<Call>;
  until: Changes['until'];
  announce: () => void;
}>;

export const createLoopbackServer = (options: LoopbackOptions): LoopbackServer => {
  const clock = options.clock ?? Date.now;
  const calls: Call[] = [];
  const script = createScript();
  const changes = createChanges();
  const server = createServer((request, response) => {
    answerRequest(request, response).catch((cause: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(cause instanceof Error ? cause.stack : String(cause));
    });
  });
  let url = '';

  const answerRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await readCall(request, clock());
    const call: Call = { ...raw, ...((await options.annotate?.(raw)) ?? { op: 'other', about: {} }) };
    const rule = script.take(call);
    calls.push(call);
    changes.announce();
    const answer = await answerBy(rule, call);
    if (rule?.after) await rule.after;
    if (rule?.delayMs !== undefined) await wait(rule.delayMs);
    if (options.clock !== undefined) response.setHeader('date', new Date(clock()).toUTCString());
    await sendAnswer(response, answer, rule?.trouble);
    changes.announce();
  };

  const answerBy = async (rule: Rule | undefined, call: Call): Promise<Answer> => {
    const { respond, perform = false } = rule ?? {};
    if (typeof respond === 'function') return respond(call, await options.handle(call));
    if (respond === undefined) return options.handle(call);
    if (perform) await options.handle(call);
    return respond;
  };

  return {
    start: async () => {
      url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
      return { url };
    },
    stop: async () => {
      changes.end();
      await close(server);
    },
    url: () => url,
    calls,
    script: (rule) => script.add(rule),
    clearScript: () => script.clear(),
    nextCall: (match, waiting) => {
      const from = calls.length;
      return changes.until(() => calls.slice(from).find((call) => matchesCall(match, call)), {
        what: `a call like ${JSON.stringify(match)}`,
        ...waiting,
      });
    },
    until: changes.until,
    announce: changes.announce,
  };
};

const readCall = async (request: IncomingMessage, at: number): Promise<RawCall> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const target = new URL(request.url ?? '/', 'http://loopback');
  return {
    method: request.method ?? 'GET',
    path: decodePath(target.pathname),
    query: Object.fromEntries(target.searchParams),
    headers: request.headers,
    body: Buffer.concat(chunks),
    at,
  };
};

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Lets a test wait for something to become true: whoever changes state announces it. */
type Changes = Readonly<{
  announce: () => void;
  /** Nothing more will come: everybody who waits is told so. */
  end: () => void;
  /** Resolves with the first truthy look; rejects after `timeoutMs` (default 3 minutes), or at the end, naming `what` was awaited. */
  until: <T>(look: () => T | undefined | null | false, options?: WaitOptions) => Promise<T>;
}>;

export type WaitOptions = Readonly<{ timeoutMs?: number; what?: string }>;

const createChanges = (): Changes => {
  const waiting = new Map<() => void, () => void>();

  const until: Changes['until'] = (look, { timeoutMs = 180_000, what = look.toString() } = {}) =>
    new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        waiting.delete(check);
        clearTimeout(timer);
        clearInterval(glances);
        finish();
      };
      const giveUp = (why: string) => settle(() => reject(new Error(`${why} for: ${what}`)));
      const timer = setTimeout(() => giveUp(`Waited ${timeoutMs} ms in vain`), timeoutMs);
      const check = () => {
        try {
          const seen = look();
          if (seen !== undefined && seen !== null && seen !== false) settle(() => resolve(seen));
        } catch (cause) {
          settle(() => reject(new Error(`Looking for ${what} threw`, { cause })));
        }
      };
      // What is looked for may belong to somebody else, who announces it elsewhere.
      const glances = setInterval(check, 1000);
      waiting.set(check, () => giveUp('The server stopped and somebody still waited'));
      check();
    });

  const announce = () => {
    for (const check of [...waiting.keys()]) check();
  };
  const end = () => {
    for (const giveUp of [...waiting.values()]) giveUp();
  };

  return { announce, end, until };
};
