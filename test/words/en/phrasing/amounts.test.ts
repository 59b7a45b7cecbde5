import assert from 'node:assert/strict';
import {
  count,
  duration,
  fileSize,
  list,
  number,
  percent,
  wholePercent,
} from '../../../../src/words/en/phrasing/amounts.ts';

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

describe('amounts', () => {
  it('are grouped, with their noun', () => {
    assert.equal(number(1_234_567), '1,234,567');
    assert.deepEqual(
      [count(0, 'row'), count(1, 'row'), count(1234, 'row'), count(2, 'entry', 'entries')],
      ['no rows', '1 row', '1,234 rows', '2 entries'],
    );
  });

  it('are percentages, or a dash', () => {
    assert.deepEqual(
      [percent(62.54), percent(-3), percent(NaN), percent(undefined)],
      ['62.5%', '-3%', '–', '–'],
    );
    assert.deepEqual([wholePercent(1234.5), wholePercent(0), wholePercent(undefined)], ['1,235%', '0%', '–']);
  });

  it('are listed with “and”', () => {
    assert.deepEqual(
      [list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])],
      ['', 'a', 'a and b', 'a, b and c'],
    );
  });
});
