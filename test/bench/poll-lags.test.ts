// Tests how the load runs measure late looks.
import assert from 'node:assert/strict';
import type { Call } from '../../src/sandbox/loopback/script.ts';
import { looksIn } from './poll-lags.ts';

const call = (seconds: number, user: string, job?: string): Call => ({
  at: seconds * 1000,
  user,
  op: job === undefined ? 'list' : 'get',
  method: 'GET',
  path: '/',
  query: {},
  headers: {},
  body: Buffer.alloc(0),
  about: job === undefined ? {} : { job },
});

describe('how late looks come', () => {
  const lags = (...calls: readonly Call[]): readonly number[] =>
    looksIn(calls, 60_000).map(({ lag }) => lag / 1000);

  it('is the time since the look before, less what was to be waited, for each job', () => {
    assert.deepEqual(
      lags(call(0, 'a', '1'), call(5, 'a', '2'), call(61, 'a', '1'), call(64, 'a', '2')),
      [1, -1],
    );
  });

  it('is the time since the first look was due, where that is known', () => {
    const looks = looksIn([call(3, 'a', '1'), call(5, 'a', '2')], 60_000, new Map([['1', 1_000]]));
    assert.deepEqual(
      looks.map(({ at, lag }) => [at, lag]),
      [[3_000, 2_000]],
    );
  });

  it('takes a list for a look at what is due of its person, and at nothing else', () => {
    const [due, early, somebodys] = [call(0, 'a', '1'), call(30, 'a', '2'), call(0, 'b', '3')];
    assert.deepEqual(
      lags(due, somebodys, early, call(62, 'a'), call(95, 'a', '2'), call(124, 'a', '1')),
      [2, 5, 2],
    );
  });
});
