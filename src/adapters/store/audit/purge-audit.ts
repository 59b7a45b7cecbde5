/** Removes what the audit trail has kept long enough, from its beginning; the chain goes on from the last entry that went. */
import { sql, type Kysely } from 'kysely';
import type { Vault } from '../../../ports/personal-data.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';
import { lockChain, readChain, savingOf, type Link } from './chain-head.ts';
import { allowRemoval } from './stored-entry.ts';

export interface PurgeAuditDeps {
  readonly db: ScopedDb;
  readonly vault: Vault;
  readonly retentionDays: number;
}

export type PurgeAudit = (now: Date) => Promise<void>;

export function createPurgeAudit({ db, vault, retentionDays }: PurgeAuditDeps): PurgeAudit {
  return async function purgeAudit(now) {
    const oldest = new Date(now.getTime() - retentionDays * 24 * 3600 * 1000);
    const tenants = await db
      .acrossTenants('whoever has a chain')
      .selectFrom('audit_chains')
      .select('id')
      .execute();
    let failure: unknown;
    for (const { id } of tenants)
      await db
        .transaction(async (trx) => {
          await lockChain(trx, id);
          await purgeTenant(trx.ofTenant(id), vault, id, oldest);
        })
        // The others' go all the same.
        .catch((err: unknown) => {
          failure = err;
        });
    await db.transaction((trx) => purgeUnchained(trx.acrossTenants('the age of a row decides'), oldest));
    if (failure !== undefined) throw new Error('audit entries of a tenant stay', { cause: failure });
  };
}

/** What could not be chained, because its key is gone: nobody will ever read it. */
async function purgeUnchained(db: Kysely<Tables>, oldest: Date): Promise<void> {
  await allowRemoval(db);
  await sql`DELETE FROM audit_entries WHERE seq IS NULL AND at < ${oldest}`.execute(db);
}

async function purgeTenant(db: Kysely<Tables>, vault: Vault, tenantId: string, oldest: Date): Promise<void> {
  const found = await readChain(db, vault, tenantId);
  // What does not hold is left as it is found.
  if (found.kind !== 'chain' || !found.isGenuine) return;
  const last = await lastBefore(db, tenantId, oldest);
  if (last === undefined) return;
  await allowRemoval(db);
  await sql`DELETE FROM audit_entries WHERE tenant_id = ${tenantId} AND seq <= ${last.seq}`.execute(db);
  await savingOf({ ...found.chain, anchor: last }).execute(db);
  await sql`DELETE FROM audit_people WHERE tenant_id = ${tenantId} AND NOT EXISTS (
    SELECT FROM audit_entries e WHERE e.tenant_id = ${tenantId}
      AND (e.user_id = audit_people.id OR e.user_id = audit_people.user_id))`.execute(db);
}

/** Entries are chained in the order in which they were written, which need not be that of their times. */
async function lastBefore(db: Kysely<Tables>, tenantId: string, oldest: Date): Promise<Link | undefined> {
  const { rows } = await sql<Link>`SELECT seq, hash FROM audit_entries
    WHERE tenant_id = ${tenantId} AND seq < coalesce((
      SELECT min(seq) FROM audit_entries WHERE tenant_id = ${tenantId} AND at >= ${oldest}), 2147483647)
    ORDER BY seq DESC LIMIT 1`.execute(db);
  return rows[0];
}
