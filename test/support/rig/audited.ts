/** Reads what the audit trail tells of a tenant, in the order in which it was written. */
import { createChainEntries } from '../../../src/adapters/store/audit/chain-entries.ts';
import { readTrail, type AuditRecord } from '../../../src/adapters/store/audit/read-entries.ts';
import { verifyChain } from '../../../src/adapters/store/audit/verify-chain.ts';
import type { Database } from '../../../src/adapters/store/engine/database.ts';
import { noLog } from '../databases/databases.ts';
import { sampleVault as vault } from '../samples/sample-vault.ts';

export async function audited({ db }: Database, tenantId: string): Promise<readonly AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const record of readTrail({ db, vault }, tenantId)) records.push(record);
  return records;
}

/** Events with what came of them. */
export const told = async (database: Database, tenantId: string): Promise<readonly string[]> =>
  (await audited(database, tenantId)).map(({ event, outcome }) =>
    [event, outcome].filter((word) => word !== undefined).join(' '),
  );

export const chained = ({ db }: Database): Promise<void> => createChainEntries({ db, vault, log: noLog })();

export const verified = ({ db }: Database, tenantId: string) => verifyChain({ db, vault }, tenantId);
