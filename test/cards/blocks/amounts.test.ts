import assert from 'node:assert/strict';
import { fileSize } from '../../../src/cards/blocks/amounts.ts';

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
