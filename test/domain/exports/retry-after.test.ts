/** `Retry-After` as seconds, as a date, and as junk (G11, G12). */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRetryAfter } from '../../../src/domain/exports/retry-after.ts';
import { later, now } from './sample-exports.ts';

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
