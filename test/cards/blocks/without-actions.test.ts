import assert from 'node:assert/strict';
import { withoutActions } from '../../../src/cards/blocks/without-actions.ts';
import { answerCards, exportCards, otherCards } from '../../../src/tools/card-pictures/sample-cards.ts';
import { fileCards } from '../../../src/tools/card-pictures/sample-files.ts';
import { scheduleCards } from '../../../src/tools/card-pictures/sample-schedules.ts';
import { cardProblems, nodesOf } from '../../support/cards/card-validator.ts';

describe('withoutActions', () => {
  for (const [name, card] of Object.entries({
    ...answerCards,
    ...fileCards,
    ...scheduleCards,
    ...exportCards,
    ...otherCards,
  })) {
    it(`leaves no button on ${name}`, () => {
      const bare = withoutActions(card);
      const types = nodesOf(bare).map(({ type }) => type);
      for (const gone of ['ActionSet', 'Action.Execute', 'Action.Submit'])
        assert.ok(!types.includes(gone), gone);
      assert.equal(bare.actions ?? bare.refresh, undefined);
      assert.deepEqual(cardProblems(bare), []);
    });
  }
});
