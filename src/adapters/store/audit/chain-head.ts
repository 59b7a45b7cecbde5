/** Keeps each tenant's end of the chain, under a key of its own that is sealed with the bot's: the chain outlives a rotation of keys. */
import { createHmac, randomBytes } from 'node:crypto';
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { Vault } from '../../../ports/personal-data.ts';
import { fromColumn, toColumn } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

/** A place in the chain. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

export interface Chain {
  readonly tenantId: string;
  /** 256 bits. */
  readonly key: Uint8Array;
  readonly head: Link;
  /** The last entry that retention has removed; the chain goes on from it. */
  readonly anchor: Link;
}

const start: Link = { seq: 0, hash: '' };
const owner = (tenantId: string) => ({ tenantId, userId: '' });
const placeOf = (tenantId: string): string => `audit_chains ${tenantId}`;

/**
 * Whoever chains, purges or forgets in this tenant waits, until the transaction ends. Whoever records does not. It is sent and not
 * waited for: what is asked after it is answered, by a snapshot of its own, when the lock is there.
 */
export async function lockChain(trx: ScopedDb, tenantId: string): Promise<void> {
  const key = `audit of ${tenantId}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(
    trx.deferred.ofTenant(tenantId),
  );
}

const hmac = (key: Uint8Array, parts: readonly unknown[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

/** Of an entry: it follows from the one before. */
export const hashAfter = (key: Uint8Array, before: string, content: readonly unknown[]): string =>
  hmac(key, ['entry', before, ...content]);

const macOf = ({ tenantId, key, head, anchor }: Chain): string =>
  hmac(key, ['chain', tenantId, head.seq, head.hash, anchor.seq, anchor.hash]);

export type ChainReading =
  | { readonly kind: 'chain'; readonly chain: Chain; readonly isGenuine: boolean }
  | { readonly kind: 'none' }
  /** Its key does not open with any of the bot's. */
  | { readonly kind: 'sealed' };

/** `sealed` in base64. */
export type ChainRow = Pick<
  Selectable<Tables['audit_chains']>,
  'key_id' | 'head_seq' | 'head_hash' | 'anchor_seq' | 'anchor_hash' | 'mac'
> & { readonly sealed: string };

/** In another statement: the tenant's row of the chain, or null. */
export const chainRow = (tenantId: string): RawBuilder<ChainRow | null> =>
  sql`(SELECT json_build_object('key_id', key_id, 'sealed', encode(sealed, 'base64'), 'head_seq', head_seq,
      'head_hash', head_hash, 'anchor_seq', anchor_seq, 'anchor_hash', anchor_hash, 'mac', mac)
    FROM audit_chains WHERE id = ${tenantId})`;

export async function readChain(db: Kysely<Tables>, vault: Vault, tenantId: string): Promise<ChainReading> {
  const { rows } = await sql<{ chain: ChainRow | null }>`SELECT ${chainRow(tenantId)} AS chain`.execute(db);
  return readingOf(vault, tenantId, rows[0]?.chain ?? null);
}

export function readingOf(vault: Vault, tenantId: string, row: ChainRow | null): ChainReading {
  if (row === null) return { kind: 'none' };
  const sealed = { keyId: row.key_id, bytes: fromColumn(row.sealed) };
  const key = vault.open(owner(tenantId), placeOf(tenantId), sealed);
  if (key === undefined) return { kind: 'sealed' };
  const head = { seq: row.head_seq, hash: row.head_hash };
  const anchor = { seq: row.anchor_seq, hash: row.anchor_hash };
  const chain = { tenantId, key, head, anchor };
  return { kind: 'chain', chain, isGenuine: macOf(chain) === row.mac };
}

/** Not written yet. */
export const newChain = (tenantId: string): Chain => ({
  tenantId,
  key: randomBytes(32),
  head: start,
  anchor: start,
});

/** As a statement, or the end of one. It fails where the tenant has a chain already. */
export function beginningOf(vault: Vault, chain: Chain): RawBuilder<unknown> {
  const { tenantId, key, head, anchor } = chain;
  const { keyId, bytes } = vault.seal(owner(tenantId), placeOf(tenantId), key);
  return sql`INSERT INTO audit_chains
      (id, tenant_id, user_id, key_id, sealed, head_seq, head_hash, anchor_seq, anchor_hash, mac)
    VALUES (${tenantId}, ${tenantId}, '', ${keyId}, ${toColumn(bytes)}, ${head.seq}, ${head.hash},
      ${anchor.seq}, ${anchor.hash}, ${macOf(chain)})`;
}

/** Of a chain that was read; as a statement, or the end of one. */
export const savingOf = (chain: Chain): RawBuilder<unknown> =>
  sql`UPDATE audit_chains SET head_seq = ${chain.head.seq}, head_hash = ${chain.head.hash},
      anchor_seq = ${chain.anchor.seq}, anchor_hash = ${chain.anchor.hash}, mac = ${macOf(chain)}
    WHERE id = ${chain.tenantId}`;
