/** Keeps the secrets of the simulators: the key pair that signs their tokens, the seal of what an opaque id or token carries. */
import { createHash, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type CryptoKey,
  type JWK,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose';
import * as z from 'zod';

export type SigningKey = Readonly<{
  kid: string;
  privateKey: CryptoKey;
  /** With `kid`, `use` and `alg`; without private parts. */
  publicJwk: JWK;
  /** 32 bytes that only the holder of the private key can derive. */
  secret: Buffer;
}>;

const rsaPrivateJwk = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string() });

/** @param keyFile keeps it, when tokens must outlive a restart */
export const loadSigningKey = async (keyFile?: string): Promise<SigningKey> => {
  const jwk = rsaPrivateJwk.parse((await readStored(keyFile)) ?? (await makeAndStore(keyFile)));
  const privateKey = await importJWK(jwk as JWK, 'RS256');
  if (privateKey instanceof Uint8Array) throw new Error('The signing key file holds a symmetric key');
  const publicPart = { kty: jwk.kty, n: jwk.n, e: jwk.e };
  const kid = await calculateJwkThumbprint(publicPart);
  return {
    kid,
    privateKey,
    publicJwk: { ...publicPart, kid, x5t: kid, use: 'sig', alg: 'RS256' },
    secret: createHash('sha256').update(jwk.d).digest(),
  };
};

const readStored = async (keyFile: string | undefined): Promise<unknown> => {
  if (keyFile === undefined) return undefined;
  try {
    return JSON.parse(await readFile(keyFile, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The sandbox key ${keyFile} cannot be read; delete it to get a new one`, {
      cause: error,
    });
  }
};

const makeAndStore = async (keyFile: string | undefined): Promise<JWK> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  if (keyFile !== undefined) {
    await mkdir(dirname(keyFile), { recursive: true });
    await writeFile(keyFile, JSON.stringify(jwk), { mode: 0o600 });
  }
  return jwk;
};

type Seal = Readonly<{
  seal: (content: Uint8Array) => string;
  /** Undefined for anything this key did not seal. */
  open: (sealed: string) => Buffer | undefined;
}>;

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM, as base64url: what is sealed needs no store. @param key 32 bytes */
export const createSeal = (key: Uint8Array): Seal => ({
  seal: (content) => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]).toString(
      'base64url',
    );
  },
  open: (sealed) => {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < nonceBytes + tagBytes) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    } catch {
      return undefined;
    }
  },
});
