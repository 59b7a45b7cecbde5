import assert from 'node:assert/strict';
import { createAskSignIn } from '../../src/usecases/ask-sign-in.ts';
import { noLog } from '../support/databases.ts';
import { describeUseCase, someScene } from '../support/use-case-suite.ts';
import type { Rig } from '../support/use-case-rig.ts';

describeUseCase('a prompt', (rigged) => {
  it('S1 stands once although the database is away just after it was posted, before or after it has heard of it', async () => {
    for (const hasHeard of [false, true]) {
      const rig = rigged();
      const scene = someScene();
      let outages = 2;
      const signIns: Rig['stores']['signIns'] = {
        ...rig.stores.signIns,
        posted: async (...given) => {
          if (outages === 0) return rig.stores.signIns.posted(...given);
          outages -= 1;
          if (hasHeard) await rig.stores.signIns.posted(...given);
          throw new Error('terminating connection');
        },
      };
      const { there } = createAskSignIn({
        ...{ stores: { ...rig.stores, signIns }, messenger: rig.teams, clock: rig.clock, log: noLog },
        chance: { newSecret: () => 'secret'.padEnd(43, String(hasHeard)) },
      });
      await there(scene.requester, scene.conversation, { cause: 'signIn', silent: false });
      assert.deepEqual(
        rig.teams.standing(scene.conversation).map(({ kind }) => kind),
        ['signIn'],
      );
      const asked = await rig.stores.signIns.outstanding(scene.requester, scene.conversation);
      assert.equal(asked?.activityId, rig.teams.sent.at(-1)?.activityId);
    }
  });
});
