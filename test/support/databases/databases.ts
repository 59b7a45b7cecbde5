/** Opens databases for suites: an embedded one from a dump prepared once a process, and PostgreSQL where it is installed. */
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

let prepared: Promise<File | Blob> | undefined;

/** An empty migrated database in memory. Close it: an open one keeps the process alive. */
export async function embeddedDatabase(): Promise<Database> {
  prepared ??= prepareDump();
  return (await inMemory(await prepared)).database;
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
