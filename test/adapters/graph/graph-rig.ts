/** The adapter in front of a loopback server whose answers a test writes byte by byte. */
import type { Answer } from '../../../src/sandbox/loopback/script.ts';
import { createLoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import type { LoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import { createGraphClient, type GraphDeps } from '../../../src/adapters/graph/http/graph-client.ts';
import { createGoalsExports, type GoalsExports } from '../../../src/sources/goals/goals-api.ts';
import type { ContentAnswer } from '../../../src/ports/export-source.ts';
import type { Log } from '../../../src/ports/runtime.ts';

export const now = new Date('2026-01-05T10:00:00.000Z');
export const view = {
  organizationId: '94a356ab-53d5-40e7-8a85-053d6d3b9eb3',
  viewId: 'e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e',
};
export const jobsPath = '/beta/employeeExperience/goals/exportJobs';

export interface Logged {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export function createCollectingLog(lines: Logged[]): Log {
  const at =
    (level: Logged['level']): Log['info'] =>
    (fields, message) => {
      lines.push({ level, fields, message });
    };
  const log: Log = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
  };
  return log;
}

export interface GraphRig {
  readonly server: LoopbackServer;
  /** A new one each time: nothing that went wrong before holds back its calls. */
  readonly goals: GoalsExports;
  readonly logged: Logged[];
  /** What every following call is answered with. */
  readonly answerWith: (answer: Answer) => void;
  readonly create: (deps?: Partial<GraphDeps>) => GoalsExports;
  readonly stop: () => Promise<void>;
}

export async function startGraphRig(): Promise<GraphRig> {
  let answer: Answer = { status: 500 };
  const server = createLoopbackServer({ handle: () => answer });
  await server.start();
  const logged: Logged[] = [];
  const create = (deps: Partial<GraphDeps> = {}): GoalsExports =>
    createGoalsExports(
      createGraphClient({
        baseUrl: `${server.url()}/beta`,
        downloadHosts: [],
        maxDownloadBytes: 1_000_000,
        clock: { now: () => now },
        log: createCollectingLog(logged),
        ...deps,
      }),
    );
  return {
    server,
    logged,
    create,
    stop: server.stop,
    get goals() {
      return create();
    },
    answerWith: (next) => {
      answer = next;
    },
  };
}

/** Everything that a reader gets from a stream, and the fault that ended it early. */
export async function readAll(
  answer: ContentAnswer,
): Promise<{ readonly bytes: Buffer; readonly fault?: unknown; readonly kind: string }> {
  if (answer.kind !== 'content') return { bytes: Buffer.alloc(0), kind: answer.kind };
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of answer.stream) pieces.push(piece);
  } catch (error) {
    const fault = error instanceof Error && 'fault' in error ? error.fault : error;
    return { bytes: Buffer.concat(pieces), fault, kind: 'content' };
  }
  return { bytes: Buffer.concat(pieces), kind: 'content' };
}
