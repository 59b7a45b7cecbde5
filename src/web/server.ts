/** Runs the HTTP server: guards in front, routes behind, limits on time, an orderly end. */
import { createServer, type Request, type Response, type Server, type ServerOptions } from 'restify';
import type { Log } from '../ports/runtime.ts';
import { createDownloads, type DownloadsDeps } from './downloads.ts';
import { createHealth, type HealthDeps } from './health.ts';
import { admit, botPath, type MayEnter } from './inbound-guard.ts';
import { createInfoPages, type About } from './info-pages.ts';
import { runBotRoute, runRoute, sendRoutingError, type Route, type RouteDeps } from './route.ts';
import type { WordsFor } from '../words/words.ts';
import { createSignInPages, type SignInPagesDeps } from './sign-in-pages.ts';

export interface WebServerDeps extends SignInPagesDeps, DownloadsDeps, Omit<HealthDeps, 'isDraining'> {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly publicUrl: URL;
  readonly log: Log;
  readonly wordsFor: WordsFor;
  readonly about: About;
  /** `POST /api/messages`; the request's `body` is a parsed JSON object, not checked further. */
  readonly handleBotRequest: (request: Request, response: Response) => Promise<void>;
  readonly mayEnter: MayEnter;
}

export interface WebServer {
  /** Rejects when the address cannot be had (`EADDRINUSE`, `EACCES`). */
  readonly start: () => Promise<{ readonly port: number }>;
  /** Takes no new connections, lets running requests end for so long, then cuts them. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
}

/** Milliseconds. The first two bound how long a client may take to ask, `timeout` how long either side may be silent. */
const limits = {
  /** Idle ones take 14 KB each. Of one address there may be as many: behind a proxy all have the same. */
  maxConnections: 10_000,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  timeout: 120_000,
  keepAliveTimeout: 65_000,
  // Read by Node when listening starts; its default would let a slow client have half a minute more.
  connectionsCheckingInterval: 2_000,
};

/** Every response carries them; a page replaces the policy and, where it may be kept, the cache rule. */
const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

function setSecurityHeaders(response: Response, publicUrl: URL): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  if (publicUrl.protocol === 'https:')
    response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
}

function addGuards(server: Server, deps: WebServerDeps): void {
  server.pre((request: Request, response: Response, next) => {
    setSecurityHeaders(response, deps.publicUrl);
    const take = (body: object): void => {
      request.body = body;
    };
    admit(request, response, deps.mayEnter, take).then((goOn) => next(goOn ? undefined : false), next);
  });
  // restify listens for upgrades, and so keeps Node from closing a connection that nobody serves.
  server.on('upgrade', (_request: unknown, socket: { destroy: () => void }) => socket.destroy());
  server.on('restifyError', sendRoutingError(deps));
}

/** Milliseconds between two lines of the log. */
const quietFor = 60_000;

function logTurnedAway({ server: http }: Server, log: Log): void {
  let saidAt = Number.NEGATIVE_INFINITY;
  http.on('drop', () => {
    if (performance.now() - saidAt < quietFor) return;
    saidAt = performance.now();
    const { maxConnections } = limits;
    log.error({ maxConnections }, 'there are too many connections: new ones are turned away');
  });
}

function addRoute(server: Server, deps: RouteDeps, { method, path, handle }: Route): void {
  const run = runRoute(deps, path, handle);
  if (method === 'post') {
    server.post(path, run);
    return;
  }
  server.get(path, run);
  server.head(path, run);
}

function buildServer(deps: WebServerDeps, isDraining: () => boolean): Server {
  const server = createServer({ name: '', log: createRestifyLog(deps.log), maxParamLength: 256 });
  Object.assign(server.server, limits);
  logTurnedAway(server, deps.log);
  addGuards(server, deps);
  server.post(botPath, runBotRoute(deps.log, deps.handleBotRequest));
  const routes = [
    ...createHealth({ pingDatabase: deps.pingDatabase, isDraining }),
    ...createSignInPages(deps),
    ...createDownloads(deps),
    ...createInfoPages(deps.about),
  ];
  for (const route of routes) addRoute(server, deps, route);
  return server;
}

async function listen(
  server: Server,
  { host, port, log }: WebServerDeps,
): Promise<{ readonly port: number }> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // restify passes the listener's errors on, and an error that nobody hears ends the process.
  server.on('error', (err: unknown) => log.error({ err }, 'The web server had trouble'));
  return { port: server.address().port };
}

async function close({ server: http }: Server, graceMilliseconds: number): Promise<void> {
  const closed = new Promise((resolve) => http.close(resolve));
  if (!('closeAllConnections' in http)) return;
  // A connection that becomes idle after its last answer would otherwise stay for `keepAliveTimeout`.
  const sweep = setInterval(() => http.closeIdleConnections(), 50);
  const cut = setTimeout(() => http.closeAllConnections(), graceMilliseconds);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

export function createWebServer(deps: WebServerDeps): WebServer {
  let draining = false;
  const server = buildServer(deps, () => draining);
  return {
    start: async () => await listen(server, deps),
    stop: async (graceMilliseconds) => {
      draining = true;
      await close(server, graceMilliseconds);
    },
  };
}

type RestifyLog = NonNullable<ServerOptions['log']>;

/**
 * Its warnings' words only, never the requests, headers and errors that it would print with them.
 * restify 12 calls `trace` and `warn` only; a `trace` that returns nothing means "not wanted".
 */
function createRestifyLog(log: Log): RestifyLog {
  const silent = (): void => undefined;
  const warn = (_fields: unknown, message?: unknown): void =>
    log.warn({}, `restify: ${typeof message === 'string' ? message : 'a warning without words'}`);
  const own = { trace: silent, debug: silent, info: silent, warn, error: warn, fatal: warn };
  return own as unknown as RestifyLog;
}
