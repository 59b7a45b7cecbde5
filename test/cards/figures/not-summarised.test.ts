import assert from 'node:assert/strict';
import { fileHint } from '../../../src/cards/figures/not-summarised.ts';

describe('cards/not-summarised', () => {
  it('promises a download only where the whole file was there', () => {
    for (const why of ['tooLarge', 'notATable', 'damaged', 'later', 'signInNeeded'] as const)
      assert.doesNotMatch(fileHint(why), /fine/, why);
    for (const why of ['noTitleColumn', 'noRows', 'tooManyRows'] as const)
      assert.match(fileHint(why), /fine to download/, why);
  });
});
