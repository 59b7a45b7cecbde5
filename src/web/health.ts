/** Serves `/healthz` (the process lives) and `/readyz` (it can work). */
import { withTimeout } from '../blocks/with-timeout.ts';
import type { Route } from './route.ts';

export interface HealthDeps {
  /** Resolves when the database answers and takes writes, else rejects. */
  readonly pingDatabase: () => Promise<unknown>;
  readonly isDraining: () => boolean;
}

const maxPingMilliseconds = 2000;

async function answersInTime(pingDatabase: HealthDeps['pingDatabase']): Promise<boolean> {
  try {
    return await withTimeout(
      maxPingMilliseconds,
      pingDatabase().then(() => true),
      () => false,
    );
  } catch {
    return false;
  }
}

interface State {
  readonly status: number;
  readonly text: string;
}

function sendState(state: () => State | Promise<State>): Route['handle'] {
  return async function answerState({ response }) {
    const { status, text } = await state();
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${text}\n`);
  };
}

/** `/healthz`: 200 while the process runs. `/readyz`: 200 when the database answers within 2 s and takes writes, else and while stopping 503. */
export const createHealth = (deps: HealthDeps): readonly Route[] => [
  {
    method: 'get',
    path: '/healthz',
    handle: sendState(() => ({ status: 200, text: 'alive' })),
  },
  {
    method: 'get',
    path: '/readyz',
    handle: sendState(async () => {
      if (deps.isDraining()) return { status: 503, text: 'stopping' };
      return (await answersInTime(deps.pingDatabase))
        ? { status: 200, text: 'ready' }
        : { status: 503, text: 'the database does not answer, or takes no writes' };
    }),
  },
];
