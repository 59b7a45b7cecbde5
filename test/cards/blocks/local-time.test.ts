import assert from 'node:assert/strict';
import { duration, localDate, localDateTime, localTime } from '../../../src/cards/blocks/local-time.ts';

describe('local times', () => {
  const at = new Date('2026-01-02T03:04:05.678Z');

  it('are card functions in whole seconds of UTC', () => {
    assert.equal(localTime(at), '{{TIME(2026-01-02T03:04:05Z)}}');
    assert.equal(localDate(at), '{{DATE(2026-01-02T03:04:05Z,SHORT)}}');
    assert.equal(localDateTime(at), '{{DATE(2026-01-02T03:04:05Z,SHORT)}}, {{TIME(2026-01-02T03:04:05Z)}}');
  });

  for (const odd of [
    undefined,
    new Date(NaN),
    new Date('+012026-01-01T00:00:00Z'),
    new Date('-000001-01-01T00:00:00Z'),
  ]) {
    it(`are left out for ${String(odd)}`, () => {
      assert.deepEqual(
        [localTime(odd), localDate(odd), localDateTime(odd)],
        [undefined, undefined, undefined],
      );
    });
  }
});

describe('duration', () => {
  const lengths: readonly (readonly [minutes: number, words: string])[] = [
    [-5, 'less than a minute'],
    [0.9, 'less than a minute'],
    [1, '1 min'],
    [59.9, '59 min'],
    [60, '1 h 0 min'],
    [47 * 60 + 59, '47 h 59 min'],
    [48 * 60, '2 days'],
    [NaN, 'less than a minute'],
  ];
  for (const [minutes, words] of lengths) {
    it(`of ${minutes} minutes is ${words}`, () => {
      assert.equal(duration(new Date(0), new Date(minutes * 60_000)), words);
    });
  }
});
