import assert from 'node:assert/strict';
import { createAppHold } from '../../../../src/adapters/identity/entra/app-cool-down.ts';

describe('a hold on questions to Entra ID', () => {
  let now = 1_000_000;
  const hold = createAppHold({ now: () => new Date(now) });

  it('E5 lasts a minute in the tenant in which the app was refused, and in no other', () => {
    hold.begin('one');
    assert.deepEqual([hold.mayAsk('one'), hold.mayAsk('two')], ['refused', 'ask']);
    now += 59_999;
    assert.equal(hold.mayAsk('one'), 'refused');
    now += 1;
    assert.equal(hold.mayAsk('one'), 'ask');
  });

  it('E5 lets the others wait for the first who asks again, as long as an answer takes', () => {
    assert.equal(hold.mayAsk('one'), 'wait');
    now += 9_999;
    assert.equal(hold.mayAsk('one'), 'wait');
    now += 1;
    assert.deepEqual([hold.mayAsk('one'), hold.mayAsk('one')], ['ask', 'wait']);
    hold.begin('one');
    assert.equal(hold.mayAsk('one'), 'refused');
  });

  it('E5 ends at once when the app is taken, or the clock is set back', () => {
    hold.end('one');
    assert.deepEqual([hold.mayAsk('one'), hold.mayAsk('one')], ['ask', 'ask']);
    hold.begin('one');
    now -= 3_600_000;
    assert.equal(hold.mayAsk('one'), 'ask');
  });
});
