import assert from 'node:assert/strict';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';

describe('the sandbox’s clock', () => {
  it('goes on from where it was set, and never back', () => {
    const clock = createMovableClock();
    const to = new Date(clock.now() + 3_600_000);
    const seconds = clock.setForward(to);
    assert.ok(seconds > 3590 && seconds <= 3600);
    assert.ok(clock.now() >= to.getTime());
    assert.equal(clock.setForward(new Date(0)), 0);
    assert.ok(clock.now() >= to.getTime());
  });
});
