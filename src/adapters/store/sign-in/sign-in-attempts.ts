/** Stores visits of the sign-in page and the nonces they hand to Teams, nothing in clear: port SignInAttempts. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { SignInAttempts } from '../../../ports/sign-ins.ts';
import { secondsFromNow } from '../rows/lease.ts';
import { hashOf } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

export const createSignInAttempts = (db: ScopedDb): SignInAttempts => ({
  begin: async (state, { requestId, verifier }, lifetimeSeconds) => {
    await db
      .ofSubject(hashOf(state))
      .insertInto('sign_in_attempts')
      .values({
        state_hash: hashOf(state),
        request_id: requestId,
        sealed_verifier: sealVerifier(verifier, state),
        expires_at: secondsFromNow(lifetimeSeconds),
      })
      .execute();
  },
  redeem: async (state) => {
    const visit = db.ofSubject(hashOf(state));
    const row = await visit
      .updateTable('sign_in_attempts')
      .set({ used_at: sql<Date>`now()` })
      .where('state_hash', '=', hashOf(state))
      .where('used_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning(['request_id', 'sealed_verifier'])
      .executeTakeFirst();
    if (row === undefined) return { kind: await whyNot(visit, state) };
    const attempt = { requestId: row.request_id, verifier: openVerifier(row.sealed_verifier, state) };
    return { kind: 'open', attempt };
  },
  keepNonce: async (nonce, { tenantId, userId }, lifetimeSeconds) => {
    await db
      .ofPerson({ tenantId, userId })
      .insertInto('sign_in_nonces')
      .values({
        nonce_hash: hashOf(nonce),
        tenant_id: tenantId,
        user_id: userId,
        expires_at: secondsFromNow(lifetimeSeconds),
      })
      .execute();
  },
  useNonce: async (nonce, { tenantId, userId }) => {
    const { numDeletedRows } = await db
      .ofPerson({ tenantId, userId })
      .deleteFrom('sign_in_nonces')
      .where('nonce_hash', '=', hashOf(nonce))
      .where('tenant_id', '=', tenantId)
      .where('user_id', '=', userId)
      .where('expires_at', '>', sql<Date>`now()`)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  },
});

async function whyNot(db: Kysely<Tables>, state: string): Promise<'used' | 'expired' | 'unknown'> {
  const row = await db
    .selectFrom('sign_in_attempts')
    .select('used_at')
    .where('state_hash', '=', hashOf(state))
    .executeTakeFirst();
  if (row === undefined) return 'unknown';
  return row.used_at === null ? 'expired' : 'used';
}

const nonceLength = 12;
const tagLength = 16;

/** The database holds the state's hash, from which this key does not follow. */
const keyFrom = (state: string): Buffer => Buffer.from(hkdfSync('sha256', state, '', 'pkce-verifier', 32));

/** The PKCE verifier, readable only with the state: AES-256-GCM, base64url of nonce, tag, ciphertext. */
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
