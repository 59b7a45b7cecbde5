/** Chains what was recorded since, tenant by tenant, in the order in which it was written, and gives people their pseudonyms. */
import { randomUUID } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Vault } from '../../../ports/personal-data.ts';
import type { Log } from '../../../ports/runtime.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import {
  beginningOf,
  chainRow,
  hashAfter,
  lockChain,
  newChain,
  readingOf,
  savingOf,
  type ChainRow,
  type Link,
} from './chain-head.ts';
import { openText, sealText, type EntryRow } from './stored-entry.ts';

export interface ChainEntriesDeps {
  readonly db: ScopedDb;
  readonly vault: Vault;
  readonly log: Pick<Log, 'error'>;
}

/** Over a transaction. */
interface ChainDeps {
  readonly trx: ScopedDb;
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
        const left = await db.transaction((trx) => chainPending({ trx, vault }, tenantId));
        if (left > 0)
          log.error({ tenantId, entries: left }, 'audit entries were altered, or their key is gone');
      } catch (err) {
        // The others' are chained all the same; these again in the next round.
        log.error({ err, tenantId }, 'audit entries of a tenant could not be chained');
      }
  };
}

/** With what is known of its person and its tenant's chain. */
interface Pending extends EntryRow {
  readonly position: string;
  /** Null where none was drawn yet, and where nobody is known to have done it. */
  readonly pseudonym: string | null;
  readonly chain: ChainRow | null;
}

interface Chained {
  readonly id: string;
  readonly user_id: string;
  readonly key_id: string;
  readonly sealed: string;
  readonly seq: number;
  readonly hash: string;
}

const batch = 200;

/**
 * Locks the chain until the transaction ends; what it writes is there with the commit, or before what is asked next.
 * @returns how many entries had to be left, because they, or the whole chain, do not open
 */
export async function chainPending(deps: ChainDeps, tenantId: string): Promise<number> {
  await lockChain(deps.trx, tenantId);
  let left = 0;
  let after = '0';
  for (;;) {
    const pending = await pendingOf(deps.trx, tenantId, after);
    left += pending.length - (await chainBatch(deps, tenantId, pending));
    // What has committed since is chained in the next round.
    if (pending.length < batch) return left;
    after = pending.at(-1)?.position ?? after;
  }
}

async function chainBatch(
  { trx, vault }: ChainDeps,
  tenantId: string,
  pending: readonly Pending[],
): Promise<number> {
  const found = readingOf(vault, tenantId, pending[0]?.chain ?? null);
  if (found.kind === 'sealed' || (found.kind === 'chain' && !found.isGenuine)) return 0;
  const chain = found.kind === 'chain' ? found.chain : newChain(tenantId);
  const pseudonyms = new Map<string, string>();
  const chained: Chained[] = [];
  let head = chain.head;
  for (const row of pending) {
    const text = openText(vault, row);
    if (text === undefined) continue;
    const userId = row.user_id === '' ? '' : (row.pseudonym ?? drawnFor(row.user_id, pseudonyms));
    head = linkAfter(chain.key, head, { ...row, user_id: userId }, text);
    const { keyId, bytes } = sealText(vault, { id: row.id, tenantId, userId }, text);
    const sealed = Buffer.from(bytes).toString('base64');
    chained.push({ id: row.id, user_id: userId, key_id: keyId, sealed, ...head });
  }
  if (chained.length === 0) return 0;
  const moved = { ...chain, head };
  const saving = found.kind === 'chain' ? savingOf(moved) : beginningOf(vault, moved);
  await write(trx, tenantId, { chained, pseudonyms, saving });
  return chained.length;
}

/** A pseudonym is drawn, not computed: nothing leads from it to a person once its row is gone. */
function drawnFor(userId: string, pseudonyms: Map<string, string>): string {
  const pseudonym = pseudonyms.get(userId) ?? randomUUID();
  pseudonyms.set(userId, pseudonym);
  return pseudonym;
}

/** What an entry says, and where it stands. */
export function linkAfter(key: Uint8Array, before: Link, row: EntryRow, text: string): Link {
  const seq = before.seq + 1;
  const content = [seq, row.id, row.tenant_id, row.user_id, row.at.toISOString(), text];
  return { seq, hash: hashAfter(key, before.hash, content) };
}

async function pendingOf(trx: ScopedDb, tenantId: string, after: string): Promise<readonly Pending[]> {
  const { rows } = await sql<Pending>`SELECT e.id, e.tenant_id, e.user_id, e.at, e.key_id,
      encode(e.sealed, 'base64') AS sealed, e.position::text AS position, p.id AS pseudonym,
      ${chainRow(tenantId)} AS chain
    FROM audit_entries e LEFT JOIN audit_people p ON p.tenant_id = ${tenantId} AND p.user_id = e.user_id
    WHERE e.tenant_id = ${tenantId} AND e.seq IS NULL AND e.position > ${after}::bigint
    ORDER BY e.position LIMIT ${batch}`.execute(trx.ofTenant(tenantId));
  return rows;
}

interface Written {
  readonly chained: readonly Chained[];
  /** Of people who had none, by their id: whoever draws or removes them holds the chain's lock. */
  readonly pseudonyms: ReadonlyMap<string, string>;
  /** Of the chain's end. */
  readonly saving: RawBuilder<unknown>;
}

/** In one statement. */
async function write(
  trx: ScopedDb,
  tenantId: string,
  { chained, pseudonyms, saving }: Written,
): Promise<void> {
  const drawn = [...pseudonyms].map(([userId, id]) => ({ id, user_id: userId }));
  await sql`WITH people AS (
      INSERT INTO audit_people (id, tenant_id, user_id) SELECT id, ${tenantId}::text, user_id
      FROM jsonb_to_recordset(${JSON.stringify(drawn)}::jsonb) AS drawn (id text, user_id text)
    ), entries AS (
      UPDATE audit_entries SET user_id = new.user_id, key_id = new.key_id,
        sealed = decode(new.sealed, 'base64'), seq = new.seq, hash = new.hash
      FROM jsonb_to_recordset(${JSON.stringify(chained)}::jsonb)
        AS new (id text, user_id text, key_id text, sealed text, seq integer, hash text)
      WHERE audit_entries.id = new.id
    ) ${saving}`.execute(trx.deferred.ofTenant(tenantId));
}
