/** Opens databases for suites: embedded ones from a folder that is prepared once, and PostgreSQL where it is installed. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { createWorkQueue } from '../../../src/adapters/queue/work-queue.ts';
import { openDatabase, type Database } from '../../../src/adapters/store/engine/database.ts';
import type { Log } from '../../../src/ports/runtime.ts';
import { ownerOf } from './owner-of.ts';
import { describeWithPostgres, postgresDatabase } from './postgres.ts';

export const noLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => noLog,
};

export const systemClock = { now: () => new Date() };

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const cache = path.join(root, 'node_modules', '.cache', 'embedded-database');

/** Whatever decides what a new database holds. */
const madeFrom = [
  'package-lock.json',
  'src/adapters/{queue,store}/**/*.ts',
  'test/support/databases/databases.ts',
];

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of globSync(madeFrom, { cwd: root }).sort())
    hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

let prepared: Promise<string> | undefined;

/** A migrated embedded database's folder, kept for all processes and later runs: copying it is much quicker than making one. */
const preparedFolder = (): Promise<string> => (prepared ??= prepareFolder(path.join(cache, fingerprint())));

async function prepareFolder(folder: string): Promise<string> {
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const making = await mkdtemp(path.join(cache, 'making-'));
  const database = await openDatabase({ kind: 'embedded', folder: making }, { log: noLog });
  const queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
  await queue.stop(0);
  await dropTemplates(database);
  await database.close();
  try {
    renameSync(making, folder);
  } catch (cause) {
    if (!existsSync(folder)) throw cause;
    // Another process was quicker.
    rmSync(making, { recursive: true });
  }
  return folder;
}

/** Half of all files are of databases that new ones would be made of, and nobody makes one here. */
async function dropTemplates(database: Database): Promise<void> {
  const { db } = ownerOf(database);
  await sql`UPDATE pg_database SET datistemplate = false`.execute(db);
  for (const name of ['template0', 'template1']) await sql`DROP DATABASE ${sql.id(name)}`.execute(db);
}

/** An empty migrated embedded database, closed, in a folder of the test's own. */
export async function preparedData(folder: string): Promise<void> {
  cpSync(await preparedFolder(), folder, { recursive: true });
}

/** An empty migrated embedded database. Close it: an open one keeps the process alive. */
export async function embeddedDatabase(): Promise<Database> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okr-export-database-'));
  await preparedData(folder);
  const database = await openDatabase({ kind: 'embedded', folder }, { log: noLog });
  const close = async (): Promise<void> => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...database, close };
}

interface TestDatabase {
  readonly database: Database;
  /** The same data as another instance of the bot sees it; embedded, where there can be one process only, the same object. */
  readonly otherInstance: () => Promise<Database>;
}

type Suite = (given: () => TestDatabase) => void;

/**
 * The same suite on an embedded database and on PostgreSQL, each with one database of its own.
 * @param suite receives a function to be called inside hooks and tests only
 */
export function describeOnBothEngines(title: string, suite: Suite): void {
  describe(`${title}, embedded`, () => {
    withDatabase(suite, async () => {
      const database = await embeddedDatabase();
      const given = { database, otherInstance: () => Promise.resolve(database) };
      return { given, close: () => database.close() };
    });
  });
  describeWithPostgres(`${title}, PostgreSQL`, () => {
    withDatabase(suite, async () => {
      const { url, drop } = await postgresDatabase();
      const opened: Database[] = [];
      const open = async (): Promise<Database> => {
        const database = await openDatabase({ kind: 'postgres', url }, { log: noLog });
        opened.push(database);
        return database;
      };
      const given = { database: await open(), otherInstance: open };
      const close = async (): Promise<void> => {
        await Promise.all(opened.map((database) => database.close()));
        await drop();
      };
      return { given, close };
    });
  });
}

function withDatabase(
  suite: Suite,
  open: () => Promise<{ readonly given: TestDatabase; readonly close: () => Promise<void> }>,
): void {
  let opened: Awaited<ReturnType<typeof open>> | undefined;
  before(async () => {
    opened = await open();
  });
  after(async () => {
    await opened?.close();
  });
  suite(() => {
    if (opened === undefined) throw new Error('The database is there inside hooks and tests only');
    return opened.given;
  });
}
