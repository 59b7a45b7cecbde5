import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { tableOf } from '../../support/rig/ended-exports.ts';
import { describeUseCase, signedInScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

async function send(rig: Rig, scene: Scene): Promise<void> {
  const downloadUrl = `https://drive.example/${randomUUID()}`;
  rig.drive.files.set(downloadUrl, tableOf('1,Grow,Objective,40,On Track'));
  const files = [{ name: 'view.csv', downloadUrl }];
  await rig.receiveOwnFile({ ...scene, activityId: randomUUID(), files });
}

const cardsIn = (rig: Rig, { conversation }: Scene) =>
  rig.teams.standing(conversation).filter((message) => message.kind === 'ownFile');

describeUseCase('a file that somebody sends', (rigged) => {
  it('whose card was kept back by a block is shown when the conversation writes again', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.teams.script.post.push(() => ({ kind: 'blocked' }));
    await send(rig, scene);
    await rig.settle();
    await rig.workOnFiles();
    assert.deepEqual(cardsIn(rig, scene), []);
    await rig.catchUp(scene.conversation);
    await rig.settle();
    assert.deepEqual(
      cardsIn(rig, scene).map(({ file }) => file.state.status),
      ['read'],
    );
  });

  it('whose card may not be changed gets one fresh card, not one for each change', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    for (let nth = 0; nth < 9; nth += 1) rig.teams.script.update.push(() => ({ kind: 'refused' }));
    await send(rig, scene);
    await rig.settle();
    await rig.workOnFiles(60);
    assert.equal(rig.teams.posts('ownFile').length, 2);
    rig.teams.script.update.length = 0;
    await rig.workOnFiles(1200);
    assert.deepEqual(cardsIn(rig, scene).at(-1)?.file.state, { status: 'read' });
  });
});
