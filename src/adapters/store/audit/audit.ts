/** Writes the audit trail, and forgets whose its pseudonyms are: port Audit. */
import { sql } from 'kysely';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Audit } from '../../../ports/audit.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import { chainPending } from './chain-entries.ts';
import { allowRemoval, entryColumns, valuesOf } from './stored-entry.ts';

export const createAudit = (db: ScopedDb, vault: Vault): Audit => ({
  record: async (entry) => {
    await sql`INSERT INTO audit_entries (${entryColumns}) VALUES (${valuesOf(vault, entry)})
      ON CONFLICT (id) DO NOTHING`.execute(db.deferred.ofTenant(entry.tenantId));
  },
  forget: (person) => forget(db, vault, person),
});

/** What is not chained yet still names the person: it is chained first. */
async function forget(trx: ScopedDb, vault: Vault, { tenantId, userId }: Person): Promise<void> {
  await chainPending({ trx, vault }, tenantId);
  const db = trx.deferred.ofTenant(tenantId);
  const mine = sql`tenant_id = ${tenantId} AND user_id = ${userId}`;
  await sql`DELETE FROM audit_people WHERE ${mine}`.execute(db);
  // What cannot be chained, because its key is gone: nobody will ever read it.
  await allowRemoval(db);
  await sql`DELETE FROM audit_entries WHERE ${mine}`.execute(db);
}
