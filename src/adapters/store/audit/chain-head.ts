/** Keeps each tenant's end of the chain, under a key of its own that is sealed with the bot's: the chain outlives a rotation of keys. */
import { createHmac, randomBytes } from 'node:crypto';
import { sql, type Kysely, type Selectable } from 'kysely';
import type { Vault } from '../../../ports/personal-data.ts';
import { fromColumn, sealedAsText, toColumn } from '../rows/column-values.ts';
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

/** Whoever chains, purges or forgets in this tenant waits, until the transaction ends. Whoever records does not. */
export async function lockChain(db: Kysely<Tables>, tenantId: string): Promise<void> {
  const key = `audit of ${tenantId}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
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

export async function readChain(db: Kysely<Tables>, vault: Vault, tenantId: string): Promise<ChainReading> {
  const row = await db
    .selectFrom('audit_chains')
    .select(['key_id', 'head_seq', 'head_hash', 'anchor_seq', 'anchor_hash', 'mac'])
    .select(sealedAsText.as('sealed'))
    .where('id', '=', tenantId)
    .executeTakeFirst();
  if (row === undefined) return { kind: 'none' };
  const sealed = { keyId: row.key_id, bytes: fromColumn(row.sealed) };
  const key = vault.open(owner(tenantId), placeOf(tenantId), sealed);
  if (key === undefined) return { kind: 'sealed' };
  const chain = chainOf(tenantId, key, row);
  return { kind: 'chain', chain, isGenuine: macOf(chain) === row.mac };
}

const chainOf = (
  tenantId: string,
  key: Uint8Array,
  row: Pick<Selectable<Tables['audit_chains']>, 'head_seq' | 'head_hash' | 'anchor_seq' | 'anchor_hash'>,
): Chain => ({
  tenantId,
  key,
  head: { seq: row.head_seq, hash: row.head_hash },
  anchor: { seq: row.anchor_seq, hash: row.anchor_hash },
});

const columnsOf = (chain: Chain) => ({
  head_seq: chain.head.seq,
  head_hash: chain.head.hash,
  anchor_seq: chain.anchor.seq,
  anchor_hash: chain.anchor.hash,
  mac: macOf(chain),
});

export async function beginChain(db: Kysely<Tables>, vault: Vault, tenantId: string): Promise<Chain> {
  const chain = { tenantId, key: randomBytes(32), head: start, anchor: start };
  const { keyId, bytes } = vault.seal(owner(tenantId), placeOf(tenantId), chain.key);
  const sealed = { id: tenantId, tenant_id: tenantId, user_id: '', key_id: keyId, sealed: toColumn(bytes) };
  await db
    .insertInto('audit_chains')
    .values({ ...sealed, ...columnsOf(chain) })
    .execute();
  return chain;
}

export async function saveChain(db: Kysely<Tables>, chain: Chain): Promise<void> {
  await db.updateTable('audit_chains').set(columnsOf(chain)).where('id', '=', chain.tenantId).execute();
}
