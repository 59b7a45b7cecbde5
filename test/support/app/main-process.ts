/** Runs the bot as `npm start` does, to be watched, signalled and killed. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

/** What Node is started with: `npm start` without its file of settings. */
export function productionArgs(): readonly string[] {
  const { start } = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as PackageFile)
    .scripts;
  return start
    .split(' ')
    .slice(1)
    .filter((arg) => !arg.startsWith('--env-file'));
}

interface PackageFile {
  readonly scripts: { readonly start: string };
}

let isBuilt = false;

/** Does nothing where the bundle is of these sources already. */
function buildOnce(): void {
  if (!isBuilt) execFileSync(process.execPath, ['src/tools/build.cjs'], { cwd: root });
  isBuilt = true;
}

/** Where, and as whom. */
interface Place {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly uid?: number;
}

/**
 * @param variables its whole environment beside PATH
 * @param place where a bundle is that has been made already
 */
export function runMainProcess(variables: Readonly<Record<string, string>>, place?: Place): MainProcess {
  if (place === undefined) buildOnce();
  const { cwd, args, uid } = place ?? { cwd: root, args: productionArgs() };
  const child = spawn(process.execPath, args, {
    cwd,
    ...(uid !== undefined && { uid, gid: uid }),
    env: {
      PATH: process.env['PATH'],
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
