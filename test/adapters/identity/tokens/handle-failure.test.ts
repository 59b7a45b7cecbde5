import assert from 'node:assert/strict';
import {
  createAppCoolDown,
  createDeletedAccounts,
} from '../../../../src/adapters/identity/tokens/handle-failure.ts';

describe('a cool-down of questions to Entra ID', () => {
  let now = 1_000_000;
  const coolDown = createAppCoolDown({ now: () => new Date(now) });

  it('E5 lasts a minute in the tenant in which the app was refused, and in no other', () => {
    coolDown.begin('one');
    assert.deepEqual([coolDown.mayAsk('one'), coolDown.mayAsk('two')], ['refused', 'ask']);
    now += 59_999;
    assert.equal(coolDown.mayAsk('one'), 'refused');
    now += 1;
    assert.equal(coolDown.mayAsk('one'), 'ask');
  });

  it('E5 lets the others wait for the first who asks again, as long as an answer takes', () => {
    assert.equal(coolDown.mayAsk('one'), 'wait');
    now += 9_999;
    assert.equal(coolDown.mayAsk('one'), 'wait');
    now += 1;
    assert.deepEqual([coolDown.mayAsk('one'), coolDown.mayAsk('one')], ['ask', 'wait']);
    coolDown.begin('one');
    assert.equal(coolDown.mayAsk('one'), 'refused');
  });

  it('E5 ends at once when the app is taken, or the clock is set back', () => {
    coolDown.end('one');
    assert.deepEqual([coolDown.mayAsk('one'), coolDown.mayAsk('one')], ['ask', 'ask']);
    coolDown.begin('one');
    now -= 3_600_000;
    assert.equal(coolDown.mayAsk('one'), 'ask');
  });
});

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
