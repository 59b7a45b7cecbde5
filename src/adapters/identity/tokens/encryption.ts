/** Encrypts tokens and files at rest with AES-256-GCM, each for one person and one key. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Vault } from '../../../ports/personal-data.ts';

/** One entry of `ENCRYPTION_KEYS`: 256 bits. */
export interface EncryptionKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** Layout version (1 byte), nonce (12), authentication tag (16), ciphertext. */
interface Sealed {
  readonly keyId: string;
  readonly bytes: Uint8Array;
}

export interface Sealer {
  readonly seal: (person: Person, text: string) => Sealed;
  /** `undefined` when the key is gone, a byte differs, or it was sealed for somebody else. */
  readonly open: (person: Person, sealed: Sealed) => string | undefined;
}

const cipherName = 'aes-256-gcm';
const layout = 1;
const nonceLength = 12;
const tagLength = 16;
const textAt = 1 + nonceLength + tagLength;

/** `place` is absent for tokens, which have one place only. */
const boundTo = (person: Person, keyId: string, place?: string): Buffer =>
  Buffer.from(
    JSON.stringify([person.tenantId, person.userId, keyId, ...(place === undefined ? [] : [place])]),
  );

function seal(key: EncryptionKey, person: Person, content: Uint8Array, place?: string): Sealed {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(cipherName, key.key, nonce).setAAD(boundTo(person, key.id, place));
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  return { keyId: key.id, bytes: Buffer.concat([Buffer.of(layout), nonce, cipher.getAuthTag(), ciphertext]) };
}

function open(key: EncryptionKey, person: Person, bytes: Uint8Array, place?: string): Buffer | undefined {
  if (bytes.length < textAt || bytes[0] !== layout) return undefined;
  const decipher = createDecipheriv(cipherName, key.key, bytes.subarray(1, 1 + nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(boundTo(person, key.id, place)).setAuthTag(bytes.subarray(1 + nonceLength, textAt));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The first key seals, any of them opens. Throws when there is none or one is not 256 bits long. */
export function createSealer(keys: readonly EncryptionKey[]): Sealer {
  const { newest, byId } = ringOf(keys);
  return {
    seal: (person, text) => seal(newest, person, Buffer.from(text, 'utf8')),
    open: (person, { keyId, bytes }) => {
      const key = byId.get(keyId);
      return key && open(key, person, bytes)?.toString('utf8');
    },
  };
}

/** For the content of files, each bound to its place too: port Vault. */
export function createVault(keys: readonly EncryptionKey[]): Vault {
  const { newest, byId } = ringOf(keys);
  const [first, ...others] = keys.map(({ key }) => Buffer.from(hkdfSync('sha256', key, '', 'marks', 32)));
  if (first === undefined) throw new Error('ENCRYPTION_KEYS holds no key.');
  return {
    marksOf: (person) => [markBy(first, person), ...others.map((key) => markBy(key, person))],
    seal: (person, place, content) => seal(newest, person, content, place),
    open: (person, place, { keyId, bytes }) => {
      const key = byId.get(keyId);
      return key && open(key, person, bytes, place);
    },
  };
}

/** HMAC-SHA-256, base64url. */
const markBy = (key: Buffer, { tenantId, userId }: Person): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([tenantId, userId]))
    .digest('base64url');

function ringOf(keys: readonly EncryptionKey[]) {
  const newest = keys[0];
  if (newest === undefined) throw new Error('ENCRYPTION_KEYS holds no key.');
  for (const { id, key } of keys) {
    if (key.length !== 32) throw new Error(`The encryption key "${id}" is not 256 bits long.`);
  }
  return { newest, byId: new Map(keys.map((key) => [key.id, key])) };
}
