/** What the bot says of how long an export usually takes. */
import assert from 'node:assert/strict';
import { usualDuration } from '../../../src/domain/exports/usual-duration.ts';

describe('the usual duration', () => {
  it('is no guess', () => {
    assert.equal(usualDuration({ ofTarget: [], ofSource: [] }), undefined);
    assert.equal(usualDuration({ ofTarget: [60, 90], ofSource: [60, 90] }), undefined);
  });

  it('is the middle half of the runs of the view, in whatever order', () => {
    const ofTarget = [3600, 120, 180, 150, 240];
    assert.deepEqual(usualDuration({ ofTarget, ofSource: [1, 1, 1] }), {
      from: 150,
      to: 240,
      of: 'target',
    });
  });

  it('is that of the organisation while the view has too few', () => {
    const told = usualDuration({ ofTarget: [60], ofSource: [60, 30, 90] });
    assert.deepEqual(told, { from: 60, to: 90, of: 'source' });
  });
});
