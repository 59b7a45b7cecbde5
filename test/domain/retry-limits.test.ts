/** `Retry-After` as seconds, as a date, and as junk (G11, G12); the share of calls that may be retried. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRetryBudget, parseRetryAfter } from '../../src/domain/retry-limits.ts';
import { later, now } from './exports/sample-exports.ts';

const rows: readonly (readonly [
  what: string,
  header: string | null | undefined,
  expected: number | undefined,
])[] = [
  ['G11 seconds', '30', 30],
  ['G11 seconds with spaces', ' 30 ', 30],
  ['G11 zero means soon', '0', 1],
  ['G11 more than an hour is an hour', '7200', 3600],
  ['G11 far more than an hour is an hour', '99999999999999999999', 3600],
  ['G12 a date', later(90).toUTCString(), 90],
  ['G12 a date that is over means soon', later(-600).toUTCString(), 1],
  ['G12 a date far ahead is an hour', 'Fri, 01 Jan 2100 00:00:00 GMT', 3600],
  ['G12 an ISO date is junk', later(90).toISOString(), undefined],
  ['G12 an impossible date is junk', 'Mon, 99 Jan 2026 00:00:00 GMT', undefined],
  ['G12 a negative number is junk', '-5', undefined],
  ['G12 a fraction is junk', '1.5', undefined],
  ['G12 two values are junk', '5, 5', undefined],
  ['G12 a word is junk', 'soon', undefined],
  ['G13 an empty value', '', undefined],
  ['G13 no header', null, undefined],
  ['G13 no header at all', undefined, undefined],
];

describe('parseRetryAfter', () => {
  for (const [what, header, expected] of rows)
    it(`${what}: ${String(header)}`, () => {
      assert.equal(parseRetryAfter(header, now), expected);
    });

  it('G12 is from one second to one hour, or nothing', () => {
    const header = fc.oneof(
      fc.string(),
      fc.nat().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(header, (text) => {
        const seconds = parseRetryAfter(text, now) ?? 1;
        assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600, text);
      }),
    );
  });
});

const start = Date.parse('2026-03-02T10:00:00Z');

describe('the retry budget', () => {
  const retried = (calls: number, now = start, budget = createRetryBudget()): number => {
    for (let nth = 0; nth < calls; nth += 1) budget.called(now);
    let most = 0;
    while (most < 10_000 && budget.mayRetry(now)) most += 1;
    return most;
  };

  it('is a fifth of the calls of the minute, and some where there are few', () => {
    assert.equal(retried(1_000), 200);
    assert.equal(retried(50), 10);
    assert.equal(retried(0), 10);
  });

  it('begins anew with each minute', () => {
    const budget = createRetryBudget();
    assert.equal(retried(1_000, start, budget), 200);
    assert.equal(retried(0, start + 59_999, budget), 0);
    assert.equal(retried(100, start + 60_000, budget), 20);
  });
});
