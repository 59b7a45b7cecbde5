/** What PostgreSQL counts: rows and commits, and with its own extension pg_stat_statements each statement. */
import pg from 'pg';
import type { postgresDatabase } from '../support/databases/postgres.ts';

type BenchDatabase = Awaited<ReturnType<typeof postgresDatabase>>;

export interface Statement {
  readonly query: string;
  readonly calls: number;
  readonly milliseconds: number;
  readonly rows: number;
}

async function ask<T extends pg.QueryResultRow>(url: string, query: string): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(query)).rows;
  } finally {
    await client.end();
  }
}

/** Restarts the cluster: to be called before anybody uses it. */
export async function watchStatements({ url, restartCluster }: BenchDatabase): Promise<void> {
  await ask(url, `ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
  // The cluster keeps nobody alive.
  const alive = setInterval(() => undefined, 1000);
  await restartCluster('INT').finally(() => clearInterval(alive));
  await ask(url, 'CREATE EXTENSION pg_stat_statements');
}

export async function forgetStatements(url: string): Promise<void> {
  await ask(url, 'SELECT pg_stat_statements_reset()');
}

/** Since they were forgotten, those that took longest first; not these questions themselves. */
export const statementsAt = (url: string): Promise<readonly Statement[]> =>
  ask<Statement & pg.QueryResultRow>(
    url,
    `SELECT query, calls::float, total_exec_time + total_plan_time AS milliseconds, rows::float
      FROM pg_stat_statements JOIN pg_database ON dbid = pg_database.oid
      WHERE datname = current_database() AND query !~ 'pg_stat|pg_database_size'
      ORDER BY 3 DESC`,
  );

interface DatabaseFigures {
  readonly rowsWritten: number;
  readonly commits: number;
  readonly megabytes: number;
}

/** Since the database was made; nothing without one. */
export async function databaseFigures(url: string | undefined): Promise<DatabaseFigures> {
  if (url === undefined) return { rowsWritten: Number.NaN, commits: Number.NaN, megabytes: Number.NaN };
  const [row] = await ask<DatabaseFigures & pg.QueryResultRow>(
    url,
    `SELECT xact_commit::float AS commits, (tup_inserted + tup_updated + tup_deleted)::float AS "rowsWritten",
        pg_database_size(datname) / 1e6::float AS megabytes
      FROM pg_stat_database WHERE datname = current_database()`,
  );
  if (row === undefined) throw new Error('This database is not there');
  return row;
}
