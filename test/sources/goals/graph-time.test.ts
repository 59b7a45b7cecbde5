/** Graph's timestamps: documented, malformed and meaningless ones (G21). */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseGraphTime } from '../../../src/sources/goals/graph-time.ts';

const rows: readonly (readonly [text: unknown, expected: string | undefined])[] = [
  ['2023-06-19T12:06:03.0024Z', '2023-06-19T12:06:03.002Z'],
  ['2023-06-19T12-06-03.0024Z', '2023-06-19T12:06:03.002Z'],
  ['2023-06-19T12:06:03Z', '2023-06-19T12:06:03.000Z'],
  ['2023-06-19T12:06:03', '2023-06-19T12:06:03.000Z'],
  ['2023-06-19 12:06:03', '2023-06-19T12:06:03.000Z'],
  ['2023-06-19T12:06:03.1234567Z', '2023-06-19T12:06:03.123Z'],
  ['2023-06-19T12:06:03.5z', '2023-06-19T12:06:03.500Z'],
  ['2023-06-19T12:06:03+02:00', '2023-06-19T10:06:03.000Z'],
  ['2023-06-19T12:06:03-0730', '2023-06-19T19:36:03.000Z'],
  ['  2023-06-19T12:06:03Z ', '2023-06-19T12:06:03.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2023-02-29T00:00:00Z', undefined],
  ['2023-02-31T12:06:03Z', undefined],
  ['2023-13-01T12:06:03Z', undefined],
  ['2023-06-19T24:00:00Z', undefined],
  ['2023-06-19T12:60:00Z', undefined],
  ['2023-06-19T12:06:03+99:99', undefined],
  ['0001-01-01T00:00:00Z', undefined],
  ['9999-12-31T23:59:59Z', undefined],
  ['2023-06-19', undefined],
  ['June 19, 2023', undefined],
  ['Invalid Date', undefined],
  ['2023-06-19T12:06:03Zjunk', undefined],
  ['', undefined],
  [1_687_176_363_000, undefined],
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
];

describe('parseGraphTime', () => {
  for (const [text, expected] of rows)
    it(`G21 reads ${JSON.stringify([text])} as ${expected ?? 'unknown'}`, () => {
      assert.equal(parseGraphTime(text)?.toISOString(), expected);
    });

  const sensible = fc.date({
    min: new Date('2000-01-01T00:00:00Z'),
    max: new Date('2200-12-31T00:00:00Z'),
    noInvalidDate: true,
  });

  it('G21 reads every sensible instant back, with colons or with dashes in the time', () => {
    fc.assert(
      fc.property(sensible, fc.boolean(), (instant, dashes) => {
        const text = instant.toISOString();
        const written = dashes ? text.replaceAll(':', '-') : text;
        assert.equal(parseGraphTime(written)?.getTime(), instant.getTime());
      }),
    );
  });

  it('G21 never gives an invalid date', () => {
    const digits = fc.stringMatching(
      /^\d{4}-\d{2}-\d{2}[T ]\d{2}[:-]\d{2}[:-]\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/,
    );
    fc.assert(
      fc.property(fc.oneof(digits, fc.string()), (text) => {
        assert.ok(!Number.isNaN(parseGraphTime(text)?.getTime() ?? 0));
      }),
    );
  });
});
