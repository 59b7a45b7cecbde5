import assert from 'node:assert/strict';
import { en } from '../../../src/words/en/en.ts';

describe('words/not-summarised', () => {
  it('promises a download only where the whole file was there', () => {
    for (const why of ['tooLarge', 'notATable', 'damaged', 'later', 'signInNeeded'] as const)
      assert.doesNotMatch(en.notSummarised.export(why), /fine/, why);
    for (const why of ['noTitleColumn', 'noRows', 'tooManyRows'] as const)
      assert.match(en.notSummarised.export(why), /fine to download/, why);
  });
});
