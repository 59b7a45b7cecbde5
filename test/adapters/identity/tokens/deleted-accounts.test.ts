import assert from 'node:assert/strict';
import { createGonePeople } from '../../../../src/adapters/identity/tokens/deleted-accounts.ts';

const person = { tenantId: 'tenant', userId: 'user' };
const noTokens = { kind: 'signInRequired', cause: 'signIn' } as const;

describe('people whom Entra ID no longer knows', () => {
  it('E6 are gone for whoever asks at the same time, and may come back later', () => {
    let now = 0;
    const orGone = createGonePeople(() => now);
    assert.deepEqual(orGone(person, noTokens), noTokens);
    assert.deepEqual(orGone(person, { kind: 'userGone' }), { kind: 'userGone' });
    assert.deepEqual(orGone(person, noTokens), { kind: 'userGone' });
    assert.deepEqual(orGone({ ...person, userId: 'another' }, noTokens), noTokens);
    now = 5_000;
    assert.deepEqual(orGone(person, noTokens), noTokens);
  });
});
