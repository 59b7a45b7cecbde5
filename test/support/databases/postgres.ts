/** Starts PostgreSQL for suites: one private cluster a process, on first use, and a fresh database a suite. */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { describeWith } from '../mocha/describe-with.ts';
import { testPort } from '../servers/test-port.ts';

const VERSIONS_DIR = '/usr/lib/postgresql';

interface Cluster {
  readonly port: number;
  readonly restart: (signal: StopSignal) => Promise<void>;
}

/** `INT` ends every connection and stops in order; `QUIT` is a crash that the next start recovers from. */
export type StopSignal = 'INT' | 'QUIT';

function newestBinDir(): string | undefined {
  if (!existsSync(VERSIONS_DIR)) return undefined;
  const versions = readdirSync(VERSIONS_DIR).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => path.join(VERSIONS_DIR, version, 'bin'))
    .find((dir) => existsSync(path.join(dir, 'initdb')));
}

const binDir = newestBinDir();

const missing =
  binDir === undefined ? `no PostgreSQL under ${VERSIONS_DIR}: install the package postgresql` : undefined;

/** PostgreSQL refuses to run as root, so root's tests run it as the user that Debian's package made. */
function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * The shell outlives nobody: when its input closes, even because these tests were killed, cluster and folder go.
 * A line of its input names the signal to restart the cluster with.
 */
const RUN_UNTIL_INPUT_CLOSES = `
run() {
  "$0/postgres" -D "$1/data" -p "$2" -h 127.0.0.1 -k "" -c fsync="$3" -c max_connections=200 >&2 &
  server=$!
}
run "$1" "$2" "$3"
while read -r signal; do kill -"$signal" "$server"; wait "$server"; run "$1" "$2" "$3"; done
kill -INT "$server"; wait "$server"; rm -rf "$1"`;

/** Each call waits for the next start; what the log says in between is left out. */
function watchStarts(log: Readable): () => Promise<void> {
  const lines = createInterface({ input: log });
  return () =>
    new Promise((resolve, reject) => {
      const said: string[] = [];
      const settle = (finish: () => void): void => {
        lines.off('line', read).off('close', end);
        finish();
      };
      const end = (): void => {
        settle(() => {
          reject(new Error(`PostgreSQL did not start:\n${said.join('\n')}`));
        });
      };
      const read = (line: string): void => {
        said.push(line);
        if (line.includes('ready to accept connections')) settle(resolve);
        // While it stops it says so to whoever connects.
        else if (/FATAL: +(?! |the database system is|terminating)/.test(line)) end();
      };
      lines.on('line', read).on('close', end);
    });
}

function makeDataDir(bin: string, user: { uid?: number; gid?: number }): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'postgres-test-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(dir, user.uid, user.gid);
  chmodSync(dir, 0o700);
  const args = ['-D', path.join(dir, 'data'), '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'];
  const made = spawnSync(path.join(bin, 'initdb'), args, { ...user, cwd: dir, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  return dir;
}

async function startCluster(bin: string, fsync: 'on' | 'off'): Promise<Cluster> {
  const user = unprivilegedUser();
  const dir = makeDataDir(bin, user);
  const port = await testPort();
  const shell = spawn('sh', ['-c', RUN_UNTIL_INPUT_CLOSES, bin, dir, String(port), fsync], {
    ...user,
    cwd: dir,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const nextStart = watchStarts(shell.stderr);
  await nextStart().finally(() => {
    // Whoever has no tests left may end: the shell sees it and tidies up.
    shell.unref();
    for (const pipe of [shell.stdin, shell.stderr]) (pipe as Socket).unref();
  });
  const restart = (signal: StopSignal): Promise<void> => {
    const started = nextStart();
    shell.stdin.write(`${signal}\n`);
    return started;
  };
  return { port, restart };
}

const clusters = new Map<'on' | 'off', Promise<Cluster>>();

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * A new empty database; `drop` ends the connections that are left and removes it.
 * @param fsync `on` for figures: tests need not survive a power cut
 */
export async function postgresDatabase(fsync: 'on' | 'off' = 'off'): Promise<{
  readonly url: string;
  readonly drop: () => Promise<void>;
  /** Restarts the whole cluster, with every other database in it. */
  readonly restartCluster: (signal: StopSignal) => Promise<void>;
}> {
  if (binDir === undefined) throw new Error(missing);
  const cluster = clusters.get(fsync) ?? startCluster(binDir, fsync);
  clusters.set(fsync, cluster);
  const { port, restart } = await cluster;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const urlOf = (database: string): string => `postgres://test@127.0.0.1:${String(port)}/${database}`;
  await execute(urlOf('postgres'), `CREATE DATABASE ${name}`);
  return {
    url: urlOf(name),
    drop: () => execute(urlOf('postgres'), `DROP DATABASE ${name} WITH (FORCE)`),
    restartCluster: restart,
  };
}

/** One of PostgreSQL's own programs. */
export const postgresProgram = (name: 'pg_dump' | 'pg_restore'): string => path.join(binDir ?? '', name);

/** A suite that needs PostgreSQL. */
export function describeWithPostgres(title: string, fn: () => void): void {
  describeWith(missing, title, fn);
}
