import assert from 'node:assert/strict';
import { createDeletedAccounts } from '../../../../src/adapters/identity/tokens/deleted-accounts.ts';

const person = { tenantId: 'tenant', userId: 'user' };
const noTokens = { kind: 'signInRequired', cause: 'signIn' } as const;

describe('people whom Entra ID no longer knows', () => {
  it('E6 are gone for whoever asks at the same time, and may come back later', () => {
    let now = 0;
    const orDeleted = createDeletedAccounts(() => now);
    assert.deepEqual(orDeleted(person, noTokens), noTokens);
    assert.deepEqual(orDeleted(person, { kind: 'userGone' }), { kind: 'userGone' });
    assert.deepEqual(orDeleted(person, noTokens), { kind: 'userGone' });
    assert.deepEqual(orDeleted({ ...person, userId: 'another' }, noTokens), noTokens);
    now = 5_000;
    assert.deepEqual(orDeleted(person, noTokens), noTokens);
  });
});
