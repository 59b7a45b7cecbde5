import assert from 'node:assert/strict';
import type { LogEvent } from 'kysely';
import { createRoomWatch } from '../../../../src/adapters/store/engine/disk-space-watch.ts';

const failed = (code: string): LogEvent =>
  ({ level: 'error', error: Object.assign(new Error('refused'), { code }) }) as unknown as LogEvent;
const done = { level: 'query' } as unknown as LogEvent;

describe('the watch over the database’s room', () => {
  let now = 0;
  const watch = createRoomWatch(() => now);

  it('knows of nothing at first, and takes no other failure for a full disk', () => {
    watch.heed(failed('40P01'));
    assert.equal(watch.isFull(), false);
  });

  it('remembers for half a minute a write that found no room, whatever else is written', () => {
    watch.heed(failed('53100'));
    now += 29_999;
    watch.heed(done);
    assert.equal(watch.isFull(), true);
    now += 1;
    assert.equal(watch.isFull(), false);
  });
});
