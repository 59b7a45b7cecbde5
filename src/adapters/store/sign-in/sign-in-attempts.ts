/** Answers for visits of the sign-in page and what they hand back to Teams: port SignInAttempts. Nothing is stored in clear. */
import { sql, type Kysely } from 'kysely';
import type { SignInAttempts } from '../../../ports/sign-ins.ts';
import { secondsFromNow } from '../rows/lease.ts';
import { openVerifier, sealVerifier } from './sealed-verifier.ts';
import { hashOf } from '../rows/column-values.ts';
import type { Tables } from '../rows/table-types.ts';

export const createSignInAttempts = (db: Kysely<Tables>): SignInAttempts => ({
  begin: async (state, { requestId, verifier }, lifetimeSeconds) => {
    await db
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
    const row = await db
      .updateTable('sign_in_attempts')
      .set({ used_at: sql<Date>`now()` })
      .where('state_hash', '=', hashOf(state))
      .where('used_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .returning(['request_id', 'sealed_verifier'])
      .executeTakeFirst();
    if (row === undefined) return { kind: await whyNot(db, state) };
    const attempt = { requestId: row.request_id, verifier: openVerifier(row.sealed_verifier, state) };
    return { kind: 'open', attempt };
  },
  keepNonce: async (nonce, { tenantId, userId }, lifetimeSeconds) => {
    await db
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
