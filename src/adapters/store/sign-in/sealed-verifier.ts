/** Answers for the PKCE verifier at rest: only who brings the `state` back can read it. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;

/** The database holds the state's hash, from which this key does not follow. */
const keyFrom = (state: string): Buffer => Buffer.from(hkdfSync('sha256', state, '', 'pkce-verifier', 32));

/** AES-256-GCM under a key derived from the state: base64url of nonce, tag, ciphertext. */
export function sealVerifier(verifier: string, state: string): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(state), nonce);
  const sealed = Buffer.concat([cipher.update(verifier, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws Error when it was sealed under another state or has been altered */
export function openVerifier(text: string, state: string): string {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(state), bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
  const sealed = bytes.subarray(nonceLength + tagLength);
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}
