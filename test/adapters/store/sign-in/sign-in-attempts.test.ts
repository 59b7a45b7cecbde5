import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import {
  createSignInAttempts,
  openVerifier,
  sealVerifier,
} from '../../../../src/adapters/store/sign-in/sign-in-attempts.ts';
import type { SignInAttempts } from '../../../../src/ports/sign-ins.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { somebody } from '../../../support/samples/sample-exports.ts';

const secret = (): string => randomBytes(32).toString('base64url');

describeOnBothEngines('sign-in attempts', (given) => {
  let attempts: SignInAttempts;
  before(() => {
    attempts = createSignInAttempts(given().database.db);
  });

  it('are redeemed by one of ten at once on two instances', async () => {
    const other = createSignInAttempts((await given().otherInstance()).db);
    const [state, attempt] = [secret(), { requestId: secret(), verifier: secret() }];
    await attempts.begin(state, attempt, 600);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => (nth % 2 === 0 ? attempts : other).redeem(state)),
    );
    assert.deepEqual(
      answers.filter(({ kind }) => kind === 'open'),
      [{ kind: 'open', attempt }],
    );
    assert.equal(answers.filter(({ kind }) => kind === 'used').length, 9);
  });

  it('are expired or unknown otherwise', async () => {
    const state = secret();
    await attempts.begin(state, { requestId: 'r', verifier: 'v' }, 0);
    assert.deepEqual(await attempts.redeem(state), { kind: 'expired' });
    assert.deepEqual(await attempts.redeem(secret()), { kind: 'unknown' });
  });

  it('leave neither state, verifier nor nonce in the database', async () => {
    const [state, verifier, nonce] = [secret(), secret(), secret()];
    await attempts.begin(state, { requestId: 'r', verifier }, 600);
    await attempts.keepNonce(nonce, somebody(), 600);
    const { rows } = await sql`SELECT a.*, n.* FROM sign_in_attempts a, sign_in_nonces n`.execute(
      given().database.db.acrossTenants('a test'),
    );
    const stored = JSON.stringify(rows);
    for (const text of [state, verifier, nonce]) assert.ok(!stored.includes(text));
  });

  it('hand out a nonce that counts once, for its person, in its time', async () => {
    const [nonce, late, person] = [secret(), secret(), somebody()];
    await attempts.keepNonce(nonce, person, 600);
    await attempts.keepNonce(late, person, 0);
    assert.equal(await attempts.useNonce(nonce, somebody({ tenantId: person.tenantId })), false);
    assert.equal(await attempts.useNonce(nonce, somebody({ userId: person.userId })), false);
    assert.equal(await attempts.useNonce(nonce, person), true);
    assert.equal(await attempts.useNonce(nonce, person), false);
    assert.equal(await attempts.useNonce(late, person), false);
  });
});

describe('a sealed verifier', () => {
  const state = secret();

  it('opens with its state only, and never looks the same', () => {
    const sealed = sealVerifier('verifier', state);
    assert.equal(openVerifier(sealed, state), 'verifier');
    assert.notEqual(sealVerifier('verifier', state), sealed);
    assert.throws(() => openVerifier(sealed, secret()));
  });

  it('is refused when any byte of it was altered', () => {
    const bytes = Buffer.from(sealVerifier('verifier', state), 'base64url');
    for (const [at, byte] of bytes.entries()) {
      const altered = Buffer.from(bytes);
      altered[at] = byte ^ 1;
      assert.throws(() => openVerifier(altered.toString('base64url'), state), `byte ${String(at)}`);
    }
  });
});
