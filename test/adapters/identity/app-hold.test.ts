import assert from 'node:assert/strict';
import { createAppHold } from '../../../src/adapters/identity/app-hold.ts';

describe('a hold on questions to Entra ID', () => {
  let now = 1_000_000;
  const hold = createAppHold({ now: () => new Date(now) });

  it('E5 lasts a minute in the tenant in which the app was refused, and in no other', () => {
    hold.begin('one');
    assert.deepEqual([hold.isOn('one'), hold.isOn('two')], [true, false]);
    now += 59_999;
    assert.equal(hold.isOn('one'), true);
    now += 1;
    assert.equal(hold.isOn('one'), false, 'one may ask');
    assert.equal(hold.isOn('one'), true, 'and the others wait for it');
  });

  it('E5 ends at once when the app is taken, or the clock is set back', () => {
    hold.begin('one');
    hold.end('one');
    assert.equal(hold.isOn('one'), false);
    hold.begin('one');
    now -= 3_600_000;
    assert.equal(hold.isOn('one'), false);
  });
});
