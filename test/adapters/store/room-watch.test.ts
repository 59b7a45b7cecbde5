import assert from 'node:assert/strict';
import type { LogEvent } from 'kysely';
import { createRoomWatch } from '../../../src/adapters/store/room-watch.ts';

const failed = (code: string): LogEvent =>
  ({ level: 'error', error: Object.assign(new Error('refused'), { code }) }) as unknown as LogEvent;
const done = (kind: string): LogEvent =>
  ({ level: 'query', query: { query: { kind } } }) as unknown as LogEvent;

describe('the watch over the database’s room', () => {
  let now = 0;
  const watch = createRoomWatch(() => now);

  it('knows of nothing at first, and takes no other failure for a full disk', () => {
    watch.heed(failed('40P01'));
    assert.equal(watch.isFull(), false);
  });

  it('remembers a write that found no room until another one was taken', () => {
    watch.heed(failed('53100'));
    watch.heed(done('SelectQueryNode'));
    assert.equal(watch.isFull(), true);
    watch.heed(done('InsertQueryNode'));
    assert.equal(watch.isFull(), false);
  });

  it('lets it be tried again when nobody has written for half a minute', () => {
    watch.heed(failed('53100'));
    now += 29_999;
    assert.equal(watch.isFull(), true);
    now += 1;
    assert.equal(watch.isFull(), false);
  });
});
