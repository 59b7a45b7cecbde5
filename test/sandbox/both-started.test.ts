import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { bothStarted, type Part } from '../../src/sandbox/both-started.ts';

const part: Part = { stop: () => Promise.resolve() };

describe('bothStarted', () => {
  it('notes both in their order, whichever is there first', async () => {
    const started: Part[] = [];
    const one = { ...part };
    const other = { ...part };
    const both = bothStarted(
      setImmediate().then(() => one),
      Promise.resolve(other),
      started,
    );
    assert.deepEqual(await both, [one, other]);
    assert.ok(started[0] === one && started[1] === other);
  });

  it('fails once the one that starts is noted, so that it can be stopped', async () => {
    const started: Part[] = [];
    const both = bothStarted(
      Promise.reject(new Error('a port is taken')),
      setImmediate().then(() => part),
      started,
    );
    await assert.rejects(both, /a port is taken/);
    assert.deepEqual(started, [part]);
  });
});
