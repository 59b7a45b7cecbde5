/** Makes the database role that the bot works under: it owns no table, so that row-level security holds for it. */
import { sql, type Kysely } from 'kysely';
import type { Log } from '../../../ports/runtime.ts';
import type { Tables } from '../rows/table-types.ts';
import { isForbidden } from './sql-errors.ts';

/** One for all databases of a cluster. It cannot log in. */
export const restrictedRole = 'okr_export_bot';

const role = sql.id(restrictedRole);
const schemas = sql`(SELECT oid FROM pg_namespace WHERE nspname IN (current_schema(), 'pgboss'))`;

/**
 * Safe with several instances at once. Where the login may not make roles, an administrator makes it and grants it to the login.
 * @returns undefined where there is no such role: then the bot works with the login's own rights
 * @throws Error on any other failure: without the role tenants would be less apart than the operator believes
 */
export async function prepareRole(db: Kysely<Tables>, log: Pick<Log, 'warn'>): Promise<string | undefined> {
  try {
    await retryUnless(isForbidden, () => makeReady(db));
    return restrictedRole;
  } catch (error) {
    if (isForbidden(error)) {
      log.warn(
        { err: error, role: restrictedRole },
        'no row-level security: the login may not make its role',
      );
      return undefined;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The database role ${restrictedRole} cannot be prepared: ${reason}`, { cause: error });
  }
}

/** Once more: an instance on another database of the cluster may make the role at the same moment. */
async function retryUnless(isFinal: (error: unknown) => boolean, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isFinal(error)) throw error;
    await work();
  }
}

async function makeReady(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${restrictedRole}, 0))`.execute(trx);
    if (await isReady(trx)) return;
    await makeRole(trx);
    await grantTables(trx);
  });
  // Not taken over by the transaction: whether the login may become it.
  await sql`SET ROLE ${role}`.execute(db);
  await sql`RESET ROLE`.execute(db);
}

/** Nothing is left to grant. */
async function isReady(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ ready: boolean }>`
    SELECT EXISTS (
      SELECT FROM pg_roles WHERE rolname = ${restrictedRole} AND pg_has_role(current_user, oid, 'MEMBER')
    ) AND NOT EXISTS (
      SELECT FROM pg_class WHERE relnamespace IN ${schemas} AND relkind IN ('r', 'p')
        AND NOT (CASE WHEN to_regrole(${restrictedRole}) IS NULL THEN false
          ELSE has_table_privilege(to_regrole(${restrictedRole}), oid, 'SELECT, INSERT, UPDATE, DELETE') END))
      AS ready`.execute(db);
  return rows[0]?.ready === true;
}

/** Another login of the cluster may have made it. */
async function makeRole(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ member: boolean }>`SELECT pg_has_role(current_user, oid, 'MEMBER') AS member
    FROM pg_roles WHERE rolname = ${restrictedRole}`.execute(db);
  const [found] = rows;
  if (found === undefined) await sql`CREATE ROLE ${role} NOLOGIN`.execute(db);
  if (found?.member !== true) await sql`GRANT ${role} TO CURRENT_USER`.execute(db);
}

/** The queue makes its own tables, later than this. */
async function grantTables(db: Kysely<Tables>): Promise<void> {
  const found = await sql<{ name: string }>`SELECT nspname AS name FROM pg_namespace
    WHERE oid IN ${schemas}`.execute(db);
  for (const { name } of found.rows) {
    await sql`GRANT USAGE ON SCHEMA ${sql.id(name)} TO ${role}`.execute(db);
    await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${sql.id(name)} TO ${role}`.execute(
      db,
    );
  }
  await sql`ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${role}`.execute(db);
  await sql`ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role}`.execute(db);
}
