// First posts of which nobody knows whether they arrived: Teams has no key that would make a post happen once.
import assert from 'node:assert/strict';
import {
  assertShown,
  describeUseCase,
  signedInScene,
  startedExport,
  succeedAtGraph,
  type Scene,
} from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';

/** An export whose next `times` posts get no answer, although each arrives. */
async function unanswered(rig: Rig, times: number): Promise<{ scene: Scene; exportId: string }> {
  const scene = signedInScene(rig);
  for (let nth = 0; nth < times; nth += 1)
    rig.teams.script.post.push((send) => (send(), { kind: 'unknown' }));
  return { scene, exportId: await startedExport(rig, scene) };
}

describeUseCase('cards', (rigged) => {
  it('C8 whose post never gets an answer are repeated once, and come when the link is pasted again', async () => {
    const rig = rigged();
    const { scene, exportId } = await unanswered(rig, 99);
    await rig.run({ seconds: 1200 });
    assert.equal((await rig.job(exportId)).state.status, 'waiting', 'it is followed all the same');
    assert.equal(rig.teams.posts('export').length, 2);
    // Whoever sees nothing pastes the link again: that is a card of its own.
    rig.teams.script.post.length = 0;
    await rig.startExport(scene);
    await rig.run({ seconds: 60 });
    assert.equal(rig.teams.posts('export').length, 3);
    await assertShown(rig, exportId);
  });

  it('C8 whose posts never get an answer are tried once more pair when their export has ended, and a message tells it', async () => {
    const rig = rigged();
    const { scene, exportId } = await unanswered(rig, 4);
    await rig.run({ seconds: 600 });
    succeedAtGraph(rig, scene);
    await rig.run({ seconds: 7200, wakes: 300 });
    assert.equal((await rig.job(exportId)).state.status, 'ready');
    assert.equal(rig.teams.posts('export').length, 4);
    assert.equal(rig.teams.posts('notice').length, 1);
    assert.ok(
      (rig.queued.get(exportId)?.getTime() ?? Infinity) > rig.clock.now().getTime() + 60_000,
      'it rests',
    );
  });

  it('C8 whose post got no answer are shown at the end of their export, once Teams answers again', async () => {
    const rig = rigged();
    const { scene, exportId } = await unanswered(rig, 2);
    await rig.run({ seconds: 600 });
    succeedAtGraph(rig, scene);
    await rig.run({ seconds: 600 });
    assert.equal(rig.teams.posts('export').length, 3);
    assert.equal(rig.teams.posts('notice').length, 1);
    await assertShown(rig, exportId);
  });

  it('C8 whose last try is not made, and whose end is not told, within the same outage', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    let tries = 0;
    const goDown = (): void => {
      for (let nth = 0; nth < 99; nth += 1)
        rig.teams.script.post.push(() => ((tries += 1), { kind: 'unknown' }));
    };
    goDown();
    const exportId = await startedExport(rig, scene);
    await rig.run({ seconds: 600 });
    assert.equal(tries, 2);
    succeedAtGraph(rig, scene);
    await rig.run({ seconds: 120 });
    // What the file says is one more version to show.
    await rig.workOnFiles();
    await rig.run({ seconds: 120 });
    assert.deepEqual([(await rig.job(exportId)).state.status, tries], ['ready', 3]);
    await rig.run({ seconds: 300 });
    assert.equal(tries, 4, 'the last card, and no message about the end yet');
    rig.teams.script.post.length = 0;
    await rig.run({ seconds: 900 });
    assert.deepEqual([rig.teams.posts('export').length, rig.teams.posts('notice').length], [0, 1]);
  });

  it('C8 are not made up for by a message within the same outage, while their export is open, either', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    // Pasted again in the outage: the newest card is what its person looks for.
    let tries = 0;
    for (let nth = 0; nth < 99; nth += 1)
      rig.teams.script.post.push(() => ((tries += 1), { kind: 'unknown' }));
    await rig.startExport(scene);
    await rig.run({ seconds: 30 });
    assert.equal(tries, 2);
    rig.tokens.script.push(...Array.from({ length: 9 }, () => () => ({ kind: 'operatorFault' }) as const));
    await rig.ownExport.refresh({ ...scene, exportId });
    await rig.run({ seconds: 20 });
    assert.deepEqual([(await rig.job(exportId)).state.status, tries], ['parked', 2]);
    rig.teams.script.post.length = 0;
    await rig.run({ seconds: 120 });
    assert.equal(rig.teams.posts('notice').length, 1);
  });

  it('C8 are posted anew when the link is pasted while the first one is in doubt', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.teams.script.post.push(() => ({ kind: 'unknown' }));
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    assert.equal(rig.teams.posts('export').length, 0);
    await rig.startExport(scene);
    await rig.settle();
    assert.equal(rig.teams.posts('export').length, 1);
    await rig.run({ seconds: 60 });
    assert.equal(rig.teams.posts('export').length, 1);
    await assertShown(rig, exportId);
  });

  describe('C8 that stand at last', () => {
    const standing = async (rig: Rig) => {
      const scene = signedInScene(rig);
      rig.teams.script.post.push(() => ({ kind: 'unknown' }));
      const exportId = await startedExport(rig, scene);
      await rig.run({ seconds: 30 });
      assert.equal(rig.teams.posts('export').length, 1);
      return { scene, exportId };
    };

    it('are updated as soon as any other', async () => {
      const rig = rigged();
      const { scene, exportId } = await standing(rig);
      rig.teams.script.update.push(() => ({ kind: 'unknown' }));
      await rig.ownExport.stop({ ...scene, exportId });
      await rig.run({ seconds: 60 });
      await assertShown(rig, exportId);
    });

    it('are posted afresh twice when they are gone and nobody knows of the first fresh one', async () => {
      const rig = rigged();
      const { scene, exportId } = await standing(rig);
      rig.teams.script.update.push(() => ({ kind: 'gone' }));
      rig.teams.script.post.push(() => ({ kind: 'unknown' }));
      await rig.ownExport.stop({ ...scene, exportId });
      await rig.ownExport.resume({ ...scene, exportId });
      await rig.run({ seconds: 60 });
      assert.equal(rig.teams.posts('export').length, 2);
      await assertShown(rig, exportId);
    });
  });
});
