import assert from 'node:assert/strict';
import { someConversation } from '../../support/samples/sample-exports.ts';
import { describeUseCase, signedInScene, someScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

async function started(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  await rig.run({ seconds: 20 });
  return outcome.exportId;
}

describeUseCase('leaving', (rigged) => {
  it('signs out everywhere: tokens and prompts go, what is open waits', async () => {
    const rig = rigged();
    const scene = someScene();
    await started(rig, scene);
    assert.deepEqual(await rig.signOut(scene), { waiting: 1, hadTokens: false });
    await rig.run({ seconds: 60 });
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      [],
    );
    assert.equal(await rig.stores.signIns.outstanding(scene.requester, scene.conversation), undefined);
  });

  it('a team forgets that team only', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const team = someConversation({ tenantId: scene.requester.tenantId });
    const id = await started(rig, scene);
    await rig.startExport({ ...scene, conversation: team });
    await rig.settle();
    await rig.botRemoved({ conversation: team, requester: scene.requester });
    await rig.run({ seconds: 20 });
    const cards = await rig.stores.cards.of({ kind: 'export', id });
    assert.deepEqual(
      cards.map(({ conversation }) => conversation.conversationId),
      [scene.conversation.conversationId],
    );
    assert.equal(await rig.tokens.holds(scene.requester), true);
    assert.equal((await rig.job(id)).state.status, 'waiting');
  });

  it('the personal chat forgets the person', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const id = await started(rig, scene);
    const before = rig.teams.sent.length;
    await rig.botRemoved(scene);
    await rig.run({ seconds: 60 });
    assert.equal(await rig.tokens.holds(scene.requester), false);
    assert.equal((await rig.job(id)).state.status, 'waitingForSignIn');
    assert.equal(rig.teams.sent.length, before);
  });
});
