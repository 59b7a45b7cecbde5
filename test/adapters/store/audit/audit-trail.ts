/** An audit trail of a tenant of its own, for suites: what is recorded, chained, read and checked in it. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createChainEntries } from '../../../../src/adapters/store/audit/chain-entries.ts';
import { createPurgeAudit } from '../../../../src/adapters/store/audit/purge-audit.ts';
import { createTransact } from '../../../../src/adapters/store/transact.ts';
import { readTrail, type AuditRecord } from '../../../../src/adapters/store/audit/read-entries.ts';
import { verifyChain } from '../../../../src/adapters/store/audit/verify-chain.ts';
import type { Database } from '../../../../src/adapters/store/engine/database.ts';
import type { AuditEntry } from '../../../../src/domain/audit/audit-entry.ts';
import type { Vault } from '../../../../src/ports/personal-data.ts';
import { asOwner } from '../../../support/databases/owner-of.ts';
import { noLog } from '../../../support/databases/databases.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';

export const at = new Date('2026-06-01T09:00:00.000Z');

export function trailIn(
  database: Pick<Database, 'db' | 'engine'>,
  vault: Vault = sampleVault,
  tenantId: string = randomUUID(),
) {
  const { db } = database;
  const transact = createTransact(db, { queueIn: () => idleQueue, vault });
  return {
    tenantId,
    record: (...entries: readonly Partial<AuditEntry>[]) =>
      transact(async ({ audit }) => {
        for (const entry of entries) await audit.record({ tenantId, at, event: 'signedIn', ...entry });
      }),
    forget: (userId: string) => transact(({ audit }) => audit.forget({ tenantId, userId })),
    chain: createChainEntries({ db, vault, log: noLog }),
    purge: createPurgeAudit({ db, vault, retentionDays: 365 }),
    verify: (noted?: Parameters<typeof verifyChain>[2]) => verifyChain({ db, vault }, tenantId, noted),
    read: async () => {
      const records: AuditRecord[] = [];
      for await (const record of readTrail({ db, vault }, tenantId)) records.push(record);
      return records;
    },
    /** As whoever owns the database may. */
    tamper: async (statements: string) => {
      await asOwner(database, async (owner) => {
        await sql`ALTER TABLE audit_entries DISABLE TRIGGER USER`.execute(owner);
        for (const statement of statements.replaceAll('TENANT', `'${tenantId}'`).split(';'))
          await sql.raw(statement).execute(owner);
        await sql`ALTER TABLE audit_entries ENABLE TRIGGER USER`.execute(owner);
      });
    },
  };
}
