/** Encrypts what an opaque id or token carries, so that it needs no store: AES-256-GCM over bytes, as base64url. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export type Seal = Readonly<{
  seal: (content: Uint8Array) => string;
  /** Undefined for anything this key did not seal. */
  open: (sealed: string) => Buffer | undefined;
}>;

const nonceBytes = 12;
const tagBytes = 16;

/** @param key 32 bytes */
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
