/** Brings everything sealed about files, what people call them and have scheduled, and the audit trail, under the newest key, while bots go on using it. */
import { sql } from 'kysely';
import type { Vault } from '../../../ports/personal-data.ts';
import { fromColumn, sealedAsText, toColumn } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';

export interface ResealFilesDeps {
  readonly db: ScopedDb;
  readonly vault: Vault;
  readonly newestKeyId: string;
  /** Rows read at once, default 20: a piece of a file has 1 MB. */
  readonly batch?: number;
}

/** Numbers of rows. */
export interface FilesResealed {
  readonly resealed: number;
  /** Their key is gone, or a byte differs. */
  readonly unreadable: number;
}

/** Each has the columns of a sealed row, and seals for the place "table id". */
const sealedTables = [
  'own_files',
  'own_file_parts',
  'readings',
  'snapshots',
  'save_offers',
  'target_names',
  'schedules',
  'shared_names',
  'audit_entries',
  'audit_chains',
] as const;

interface Row {
  readonly id: string;
  readonly tenant_id: string;
  readonly user_id: string;
  readonly key_id: string;
  readonly sealed: string;
}

/** May be broken off and repeated at any time. */
export async function resealFiles(deps: ResealFilesDeps): Promise<FilesResealed> {
  const counts = { resealed: 0, unreadable: 0 };
  for (const table of sealedTables) {
    let rows = await olderRows(deps, table, '');
    while (rows.length > 0) {
      for (const row of rows) counts[await reseal(deps, table, row)] += 1;
      rows = await olderRows(deps, table, rows.at(-1)?.id ?? '');
    }
  }
  return counts;
}

async function olderRows(
  { db, newestKeyId, batch = 20 }: ResealFilesDeps,
  table: (typeof sealedTables)[number],
  after: string,
): Promise<readonly Row[]> {
  const { rows } =
    await sql<Row>`SELECT id, tenant_id, user_id, key_id, ${sealedAsText} AS sealed FROM ${sql.table(table)}
    WHERE key_id <> ${newestKeyId} AND id > ${after} ORDER BY id LIMIT ${batch}`.execute(
      db.acrossTenants('all that is under an older key'),
    );
  return rows;
}

/** Replaces only the row that was read: what happened to it meanwhile stands. */
async function reseal(
  { db, vault }: ResealFilesDeps,
  table: (typeof sealedTables)[number],
  { id, tenant_id: tenantId, user_id: userId, key_id: keyId, sealed }: Row,
): Promise<keyof FilesResealed> {
  const person = { tenantId, userId };
  const place = `${table} ${id}`;
  const content = vault.open(person, place, { keyId, bytes: fromColumn(sealed) });
  if (content === undefined) return 'unreadable';
  const anew = vault.seal(person, place, content);
  await sql`UPDATE ${sql.table(table)} SET key_id = ${anew.keyId}, sealed = ${toColumn(anew.bytes)}
    WHERE id = ${id} AND sealed = ${toColumn(fromColumn(sealed))}`.execute(db.ofTenant(tenantId));
  return 'resealed';
}
