/** Chains what was recorded since, tenant by tenant, in the order in which it was written, and gives people their pseudonyms. */
import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Vault } from '../../../ports/personal-data.ts';
import type { Log } from '../../../ports/runtime.ts';
import { sealedAsText } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';
import { beginChain, hashAfter, lockChain, readChain, saveChain, type Link } from './chain-head.ts';
import { openText, sealText, type EntryRow } from './stored-entry.ts';

export interface ChainEntriesDeps {
  readonly db: ScopedDb;
  readonly vault: Vault;
  readonly log: Pick<Log, 'error'>;
}

/** Over a transaction. */
interface ChainDeps {
  readonly db: Kysely<Tables>;
  readonly vault: Vault;
}

/** Afterwards, so that recording waits for no other entry: what commits late is chained in the next round. */
export type ChainEntries = () => Promise<void>;

export function createChainEntries({ db, vault, log }: ChainEntriesDeps): ChainEntries {
  return async function chainEntries() {
    const { rows: tenants } = await sql<{ id: string }>`SELECT DISTINCT tenant_id AS id FROM audit_entries
      WHERE seq IS NULL`.execute(db.acrossTenants('whoever has something to chain'));
    for (const { id: tenantId } of tenants)
      try {
        const left = await db.transaction(async (trx) => {
          const own = trx.ofTenant(tenantId);
          await lockChain(own, tenantId);
          return chainPending({ db: own, vault }, tenantId);
        });
        if (left > 0)
          log.error({ tenantId, entries: left }, 'audit entries were altered, or their key is gone');
      } catch (err) {
        // The others' are chained all the same; these again in the next round.
        log.error({ err, tenantId }, 'audit entries of a tenant could not be chained');
      }
  };
}

type Pending = EntryRow & { readonly position: string };

interface Chained {
  readonly id: string;
  readonly user_id: string;
  readonly key_id: string;
  readonly sealed: string;
  readonly seq: number;
  readonly hash: string;
}

const batch = 200;

/** While the chain is locked. Resolves with how many entries had to be left, because they, or the whole chain, do not open. */
export async function chainPending(deps: ChainDeps, tenantId: string): Promise<number> {
  let left = 0;
  let pending = await pendingOf(deps.db, tenantId, '0');
  while (pending.length > 0) {
    left += pending.length - (await chainBatch(deps, tenantId, pending));
    pending = await pendingOf(deps.db, tenantId, pending.at(-1)?.position ?? '0');
  }
  return left;
}

async function chainBatch(
  { db, vault }: ChainDeps,
  tenantId: string,
  pending: readonly Pending[],
): Promise<number> {
  const found = await readChain(db, vault, tenantId);
  if (found.kind === 'sealed' || (found.kind === 'chain' && !found.isGenuine)) return 0;
  const chain = found.kind === 'chain' ? found.chain : await beginChain(db, vault, tenantId);
  const pseudonyms = await pseudonymsOf(db, tenantId, pending);
  const chained: Chained[] = [];
  let head = chain.head;
  for (const row of pending) {
    const text = openText(vault, row);
    if (text === undefined) continue;
    const userId = pseudonyms.get(row.user_id) ?? '';
    head = linkAfter(chain.key, head, { ...row, user_id: userId }, text);
    const { keyId, bytes } = sealText(vault, { id: row.id, tenantId, userId }, text);
    const sealed = Buffer.from(bytes).toString('base64');
    chained.push({ id: row.id, user_id: userId, key_id: keyId, sealed, ...head });
  }
  await write(db, chained);
  await saveChain(db, { ...chain, head });
  return chained.length;
}

/** What an entry says, and where it stands. */
export function linkAfter(key: Uint8Array, before: Link, row: EntryRow, text: string): Link {
  const seq = before.seq + 1;
  const content = [seq, row.id, row.tenant_id, row.user_id, row.at.toISOString(), text];
  return { seq, hash: hashAfter(key, before.hash, content) };
}

async function pendingOf(db: Kysely<Tables>, tenantId: string, after: string): Promise<readonly Pending[]> {
  const { rows } = await sql<Pending>`SELECT id, tenant_id, user_id, at, key_id, ${sealedAsText} AS sealed,
      position::text AS position
    FROM audit_entries WHERE tenant_id = ${tenantId} AND seq IS NULL AND position > ${after}::bigint
    ORDER BY audit_entries.position LIMIT ${batch}`.execute(db);
  return rows;
}

/** A pseudonym is drawn, not computed: nothing leads from it to a person once its row is gone. */
async function pseudonymsOf(
  db: Kysely<Tables>,
  tenantId: string,
  pending: readonly Pending[],
): Promise<ReadonlyMap<string, string>> {
  const people = [...new Set(pending.map(({ user_id: userId }) => userId).filter((id) => id !== ''))];
  if (people.length === 0) return new Map();
  await db
    .insertInto('audit_people')
    .values(people.map((userId) => ({ id: randomUUID(), tenant_id: tenantId, user_id: userId })))
    .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id']).doNothing())
    .execute();
  const rows = await db
    .selectFrom('audit_people')
    .select(['id', 'user_id'])
    .where('tenant_id', '=', tenantId)
    .where('user_id', 'in', people)
    .execute();
  return new Map(rows.map(({ id, user_id: userId }) => [userId, id]));
}

async function write(db: Kysely<Tables>, chained: readonly Chained[]): Promise<void> {
  await sql`UPDATE audit_entries SET user_id = new.user_id, key_id = new.key_id,
      sealed = decode(new.sealed, 'base64'), seq = new.seq, hash = new.hash
    FROM jsonb_to_recordset(${JSON.stringify(chained)}::jsonb)
      AS new (id text, user_id text, key_id text, sealed text, seq integer, hash text)
    WHERE audit_entries.id = new.id`.execute(db);
}
