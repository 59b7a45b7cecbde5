/** Answers for values that are kept packed and sealed: JSON, gzip, then the vault. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Vault } from '../../../ports/vault.ts';
import { fromColumn, toColumn } from './sealed-column.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

export async function sealJson(vault: Vault, person: Person, place: string, value: object) {
  const { keyId, bytes } = vault.seal(person, place, await pack(JSON.stringify(value)));
  return { key_id: keyId, sealed: toColumn(bytes) };
}

/** Undefined when it does not open: a key is gone, or the row was altered. */
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
