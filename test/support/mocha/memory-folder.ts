/** Has the tests keep their files in memory where a machine has room for them: databases write and sync all the time. */
import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';

const memory = '/dev/shm';
const prefix = 'goals-export-tests-';
/** A container may have 64 MB of it. */
const leastBytes = 4 * 2 ** 30;

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= leastBytes;
  } catch {
    return false;
  }
}

/** Where something still writes, the next run removes it. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    console.warn(`${folder} could not be removed`, error);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A run that was killed could not remove its own. */
function removeWhatOthersLeft(): void {
  for (const name of readdirSync(memory))
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length))))
      remove(path.join(memory, name));
}

// Whatever the tests start inherits it, mocha's workers as well.
if (process.env['TMPDIR'] === undefined && hasRoom()) {
  removeWhatOthersLeft();
  const folder = path.join(memory, `${prefix}${String(process.pid)}`);
  // PostgreSQL runs as another user, who has a folder of its own in there.
  mkdirSync(folder, { mode: 0o755 });
  process.env['TMPDIR'] = folder;
  process.once('exit', () => {
    remove(folder);
  });
}
