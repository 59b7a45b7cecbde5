/** Reads a tenant's audit trail in its order, page by page: its rows, or what they say and of whom. */
import { sql, type Kysely } from 'kysely';
import type { AuditDetails } from '../../../domain/audit/audit-entry.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { sealedAsText } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';
import { openText, parseDetails, type EntryRow } from './stored-entry.ts';

export interface StoredEntry extends EntryRow {
  /** Of one that is not chained yet its position, in the order in which it was written. */
  readonly seq: number;
  readonly hash: string;
}

const page = 500;

/** @param which those of the chain, or those that are not chained yet */
export async function* entriesOf(
  db: Kysely<Tables>,
  tenantId: string,
  which: 'chained' | 'pending' = 'chained',
): AsyncGenerator<StoredEntry> {
  const isPending = which === 'pending';
  const order = isPending ? sql`position` : sql`seq`;
  const those = isPending ? sql`seq IS NULL` : sql`seq IS NOT NULL`;
  let after = 0;
  for (;;) {
    const { rows } =
      await sql<StoredEntry>`SELECT id, tenant_id, user_id, at, key_id, ${sealedAsText} AS sealed,
        ${order}::float8 AS seq, coalesce(hash, '') AS hash
      FROM audit_entries WHERE tenant_id = ${tenantId} AND ${those} AND ${order} > ${after}::float8
      ORDER BY audit_entries.${isPending ? sql`position` : sql`seq`} LIMIT ${page}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/** An entry as an administrator reads it. */
export interface AuditRecord extends Partial<AuditDetails> {
  /** Absent where it is not chained yet. */
  readonly seq?: number;
  readonly hash?: string;
  readonly id: string;
  readonly at: Date;
  /** Absent where nobody is known to have done it. */
  readonly pseudonym?: string;
  /** Their id in Entra ID; absent once their data was deleted. */
  readonly person?: string;
  /** It does not open: nothing is known of it but when. */
  readonly unreadable?: true;
}

export interface ReadTrailDeps {
  readonly db: ScopedDb;
  readonly vault: Vault;
}

export interface Span {
  readonly from?: Date;
  /** Not included. */
  readonly until?: Date;
}

/** What is chained first, then what is not chained yet. */
export async function* readTrail(
  { db: scoped, vault }: ReadTrailDeps,
  tenantId: string,
  { from, until }: Span = {},
): AsyncGenerator<AuditRecord> {
  const db = scoped.ofTenant(tenantId);
  const people = await db
    .selectFrom('audit_people')
    .select(['id', 'user_id'])
    .where('tenant_id', '=', tenantId)
    .execute();
  const byPseudonym = new Map(people.map(({ id, user_id: userId }) => [id, userId]));
  for (const which of ['chained', 'pending'] as const)
    for await (const row of entriesOf(db, tenantId, which))
      if ((from === undefined || row.at >= from) && (until === undefined || row.at < until))
        yield recordOf(vault, row, which === 'chained', byPseudonym);
}

function recordOf(
  vault: Vault,
  row: StoredEntry,
  isChained: boolean,
  people: ReadonlyMap<string, string>,
): AuditRecord {
  const text = openText(vault, row);
  const person = isChained ? people.get(row.user_id) : row.user_id;
  return {
    ...(isChained && { seq: row.seq }),
    id: row.id,
    at: row.at,
    ...(text === undefined ? { unreadable: true } : parseDetails(text)),
    ...(person !== undefined && person !== '' && { person }),
    ...(isChained && row.user_id !== '' && { pseudonym: row.user_id }),
    ...(isChained && { hash: row.hash }),
  };
}
