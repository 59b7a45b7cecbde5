/** Runs the bot as a process, to be watched, signalled and killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

export interface MainProcess {
  /** Resolves once it listens; rejects with what it said when it ends before. */
  readonly listening: Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly pid: number | undefined;
  /** Everything it printed so far. */
  readonly output: () => string;
}

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** It lives for seconds: optimizing the embedded database takes a quarter of its time, and never pays. */
const flags = ['--liftoff-only'];

/**
 * @param variables its whole environment beside PATH
 * @param args Node's; default: from its sources
 */
export function runMainProcess(
  variables: Readonly<Record<string, string>>,
  args: readonly string[] = ['src/main.ts'],
): MainProcess {
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listening = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (text.includes('the bot is listening')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => {
      reject(new Error(`It ended: ${text.slice(-2000)}`));
    });
  });
  // Whoever waits for the end only is not to be troubled by this rejection.
  listening.catch(() => undefined);
  return {
    listening,
    ended: endOf(child),
    kill: (signal) => child.kill(signal),
    pid: child.pid,
    output: () => text,
  };
}

const endOf = (child: ChildProcess): MainProcess['ended'] =>
  new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
