import assert from 'node:assert/strict';
import type { LogEvent } from 'kysely';
import { createDiskSpaceWatch } from '../../../../src/adapters/store/engine/sql-errors.ts';

const failed = (code: string): LogEvent =>
  ({ level: 'error', error: Object.assign(new Error('refused'), { code }) }) as unknown as LogEvent;
const done = { level: 'query' } as unknown as LogEvent;

describe('the disk-space watch', () => {
  let now = 0;
  const watch = createDiskSpaceWatch(() => now);

  it('knows of nothing at first, and takes no other failure for a full disk', () => {
    watch.observe(failed('40P01'));
    assert.equal(watch.isFull(), false);
  });

  it('remembers for half a minute a write that found no room, whatever else is written', () => {
    watch.observe(failed('53100'));
    now += 29_999;
    watch.observe(done);
    assert.equal(watch.isFull(), true);
    now += 1;
    assert.equal(watch.isFull(), false);
  });
});
