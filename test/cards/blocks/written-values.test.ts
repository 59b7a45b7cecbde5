import assert from 'node:assert/strict';
import {
  duration,
  fileSize,
  localDate,
  localDateTime,
  localTime,
} from '../../../src/cards/blocks/written-values.ts';

describe('fileSize', () => {
  const sizes: readonly (readonly [bytes: number, words: string])[] = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 KB'],
    [1549, '1.5 KB'],
    [9960, '10 KB'],
    [483_211, '483 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
    [104_857_600, '105 MB'],
    [2_500_000_000, '2.5 GB'],
    [5e15, '5000000 GB'],
  ];
  for (const [bytes, words] of sizes) {
    it(`${bytes} bytes are ${words}`, () => {
      assert.equal(fileSize(bytes), words);
    });
  }
});

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
