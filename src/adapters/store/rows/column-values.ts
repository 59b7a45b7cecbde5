/** Turns values into what a column can hold, and back: well-formed text, hashed secrets, sealed bytes and JSON. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { sql, type RawBuilder } from 'kysely';
import type { Person, Requester } from '../../../domain/exports/export-job.ts';
import { present } from '../../../domain/present.ts';
import type { Vault } from '../../../ports/personal-data.ts';

/** PostgreSQL takes neither NUL nor half a surrogate pair. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');

/** What a row says of the person that it belongs to; `locale` may come later than the rest. */
export const columnsOfRequester = ({ name, channelUserId, locale }: Requester) => ({
  user_name: storableText(name),
  channel_user_id: channelUserId,
  locale: locale ?? null,
});

export const requesterOf = (row: {
  readonly tenant_id: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly channel_user_id: string;
  readonly locale: string | null;
}): Requester => ({
  tenantId: row.tenant_id,
  userId: row.user_id,
  name: row.user_name,
  channelUserId: row.channel_user_id,
  ...present({ locale: row.locale ?? undefined }),
});

/** JSON text for a `jsonb` column; Dates become ISO 8601 text. */
export const storableJson = (value: object): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? storableText(inner) : inner));

/** SHA-256, base64url. The secrets are 256 random bits, so nothing slower is needed. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** For a `bytea` column. Base64, which the embedded engine takes ten times as fast as bytes. */
export const toColumn = (bytes: Uint8Array): RawBuilder<Uint8Array> =>
  sql<Uint8Array>`decode(${Buffer.from(bytes).toString('base64')}, 'base64')`;

/** Of the column `sealed`. */
export const sealedAsText = sql<string>`encode(sealed, 'base64')`;

export const maybeSealedAsText = sql<string | null>`encode(sealed, 'base64')`;

export const fromColumn = (text: string): Uint8Array => Buffer.from(text, 'base64');

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** JSON, gzip, then the vault. */
export async function sealJson(vault: Vault, person: Person, place: string, value: object) {
  const { keyId, bytes } = vault.seal(person, place, await pack(JSON.stringify(value)));
  return { key_id: keyId, sealed: toColumn(bytes) };
}

/** Undefined when a key is gone or the row was altered. */
export async function openJson(
  vault: Vault,
  person: Person,
  place: string,
  { key_id: keyId, sealed }: { readonly key_id: string; readonly sealed: string },
): Promise<unknown> {
  const packed = vault.open(person, place, { keyId, bytes: fromColumn(sealed) });
  if (packed === undefined) return undefined;
  const value: unknown = JSON.parse((await unpack(packed)).toString('utf8'));
  return value;
}
