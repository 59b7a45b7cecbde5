/** Opens databases for suites: embedded ones from a dump or a folder prepared once a process, and PostgreSQL where it is installed. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createWorkQueue } from '../../../src/adapters/queue/work-queue.ts';
import { openDatabase, overEmbedded, type Database } from '../../../src/adapters/store/engine/database.ts';
import { embeddedParameters } from '../../../src/adapters/store/engine/embedded-engine.ts';
import { migrate } from '../../../src/adapters/store/migrations/migrations.ts';
import type { Log } from '../../../src/ports/runtime.ts';
import { describeWithPostgres, postgresDatabase } from './postgres.ts';

export const noLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => noLog,
};

export const systemClock = { now: () => new Date() };

async function inMemory(dump?: File | Blob): Promise<{ database: Database; pglite: PGlite }> {
  const loaded = dump === undefined ? {} : { loadDataDir: dump };
  const pglite = await PGlite.create({ startParams: embeddedParameters, ...loaded });
  return { pglite, database: overEmbedded({ pglite, close: () => pglite.close() }) };
}

async function prepareDump(): Promise<File | Blob> {
  const { database, pglite } = await inMemory();
  await migrate(database.db);
  const queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
  await queue.stop(0);
  const dump = await pglite.dumpDataDir('none');
  await database.close();
  return dump;
}

let preparedDump: Promise<File | Blob> | undefined;

/** An empty migrated database in memory. Close it: an open one keeps the process alive. */
export async function embeddedDatabase(): Promise<Database> {
  preparedDump ??= prepareDump();
  return (await inMemory(await preparedDump)).database;
}

let preparedFolder: Promise<string> | undefined;

/** A migrated embedded database's folder: copying it is much quicker than making one. */
export const preparedDataFolder = (): Promise<string> => (preparedFolder ??= prepareFolder());

async function prepareFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okr-export-prepared-'));
  // Not a hook of mocha's: its parallel workers load this once and run many files.
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const database = await openDatabase({ kind: 'embedded', folder }, { log: noLog });
  const queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
  await queue.stop(0);
  await database.close();
  return folder;
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
