/** Runs the real web server on loopback with answers that a test chooses, and closes it after the suite. */
import { targetOf } from '../../src/sources/goals/explorer-url.ts';
import assert from 'node:assert/strict';
import { createCard } from '../../src/cards/blocks/adaptive-card.ts';
import { requestExport, type ExportJob } from '../../src/domain/exports/export-job.ts';
import type { Log } from '../../src/ports/runtime.ts';
import { createWordsFor, languages } from '../../src/words/words.ts';
import { createWebServer, type WebServer, type WebServerDeps } from '../../src/web/server.ts';

export const sampleJob: ExportJob = requestExport({
  id: '5d3f1c2a-0000-4000-8000-000000000001',
  requester: {
    tenantId: '11111111-1111-4111-8111-111111111111',
    userId: '22222222-2222-4222-8222-222222222222',
    name: 'Robin Sample',
    channelUserId: '29:robin',
  },
  target: targetOf({
    organizationId: '33333333-3333-4333-8333-333333333333',
    viewId: '44444444-4444-4444-8444-444444444444',
  }),
  now: new Date('2026-01-02T03:04:05Z'),
});

/** 43 characters, as a real one. */
export const token = 'abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ_01234';

interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A log that keeps its lines. */
function collectLog(lines: LogLine[], own: Readonly<Record<string, unknown>> = {}): Log {
  const at =
    (level: LogLine['level']): Log['info'] =>
    (fields, message) =>
      void lines.push({ level, fields: { ...own, ...fields }, message });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => collectLog(lines, { ...own, ...fields }),
  };
}

/** Fails the test that calls it unexpectedly. */
const unexpected = (): never => assert.fail('This was not to be called');

export const defaultDeps = (lines: LogLine[]): WebServerDeps => ({
  host: '127.0.0.1',
  port: 0,
  publicUrl: new URL('http://localhost'),
  log: collectLog(lines),
  wordsFor: createWordsFor(languages),
  about: {
    appName: 'Sample Exports',
    operatorName: 'Sample Operator',
    retentionDays: 90,
    auditRetentionDays: 365,
  },
  mayEnter: () => Promise.resolve(true),
  handleBotRequest: async (_request, response) => {
    await Promise.resolve(response.send(200, { ok: true }));
  },
  pingDatabase: async () => await Promise.resolve(),
  beginSignIn: unexpected,
  finishSignIn: unexpected,
  consentLanded: unexpected,
  openDownload: unexpected,
  takeDownload: unexpected,
  exportCardFor: () =>
    createCard({
      summary: 'Your export of view 4444 is ready.',
      body: [{ type: 'TextBlock', text: 'Ready', wrap: true }],
    }),
});

export interface Site {
  readonly url: string;
  readonly port: number;
  readonly server: WebServer;
  readonly lines: LogLine[];
}

/** The caller stops it. */
export async function startSite(deps: Partial<WebServerDeps> = {}): Promise<Site> {
  const lines: LogLine[] = [];
  const server = createWebServer({ ...defaultDeps(lines), ...deps });
  const { port } = await server.start();
  return { url: `http://127.0.0.1:${port}`, port, server, lines };
}

/** One site for the tests of a suite; started before the first, stopped after the last. */
export function useSite(deps: Partial<WebServerDeps> | (() => Partial<WebServerDeps>) = {}): () => Site {
  let site: Site | undefined;
  before(async () => {
    site = await startSite(typeof deps === 'function' ? deps() : deps);
  });
  after(async () => {
    await site?.server.stop(0);
  });
  return () => site ?? assert.fail('The site runs inside hooks and tests only');
}
