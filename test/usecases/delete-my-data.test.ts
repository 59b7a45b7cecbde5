/** Deleting one's data: first told what goes, then gone, and nobody else's with it. */
import assert from 'node:assert/strict';
import { createPurgeExpired } from '../../src/adapters/store/deletion.ts';
import { allStored } from '../support/databases/what-is-stored.ts';
import { readyExport, tableOf } from '../support/rig/ended-exports.ts';
import { describeUseCase, signedInScene, startedExport, type Scene } from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';
import { someTarget } from '../support/samples/sample-exports.ts';

/** One ready export that was read, one open one, one file of their own. */
async function live(rig: Rig, scene: Scene): Promise<void> {
  await readyExport(rig, scene);
  const downloadUrl = `https://drive.example/${scene.requester.userId}`;
  rig.drive.files.set(downloadUrl, tableOf('1,Grow,Objective,40,On Track'));
  const files = [{ name: 'mine.csv', downloadUrl }];
  await rig.receiveOwnFile({ ...scene, activityId: 'a', files });
  await rig.workOnFiles();
  await rig.startExport({ ...scene, target: someTarget() });
  await rig.run({ seconds: 1 });
}

const everything = {
  exports: 2,
  openExports: 1,
  readings: 2,
  snapshots: 2,
  ownFiles: 1,
  names: 0,
  schedules: 0,
  sharedNames: 0,
  signedIn: true,
};
const nothing = {
  exports: 0,
  openExports: 0,
  readings: 0,
  snapshots: 0,
  ownFiles: 0,
  names: 0,
  schedules: 0,
  sharedNames: 0,
  signedIn: false,
};

describeUseCase('deleting one’s data', (rigged, database) => {
  it('says what will go, removes all of it, and nothing of anybody else', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const colleague = signedInScene(rig, { tenantId: scene.requester.tenantId });
    for (const somebody of [scene, colleague]) await live(rig, somebody);
    assert.deepEqual(await rig.deleteMyData.preview(scene), everything);
    assert.deepEqual(await rig.deleteMyData.preview(scene), everything, 'looking removes nothing');
    assert.deepEqual(await rig.deleteMyData.confirm(scene), everything);
    await rig.settle();
    assert.deepEqual(await rig.deleteMyData.preview(scene), nothing);
    assert.deepEqual(await rig.deleteMyData.preview(colleague), everything);
    const stored = await allStored(database().db);
    const places = stored.split('\n').filter((line) => line.includes(scene.requester.userId));
    assert.deepEqual(places, []);
  });

  it('stops what was being followed, and its card says so', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await live(rig, scene);
    await rig.deleteMyData.confirm(scene);
    await rig.settle();
    const calls = rig.graph.calls.length;
    await rig.run({ seconds: 7200 });
    await rig.workOnFiles(7200);
    assert.equal(rig.graph.calls.length, calls, 'nobody asks Graph any more');
    const kinds = rig.teams.standing(scene.conversation).map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'exportForgotten').length, 1);
  });

  it('does not give back the daily limit, and forgets after the day how much was asked for', async () => {
    const rig = rigged({ limits: { dailyPerUser: 3 } });
    const scene = signedInScene(rig);
    await live(rig, scene);
    await rig.ownExport.stop({ ...scene, exportId: await startedExport(rig, scene) });
    await rig.deleteMyData.confirm(scene);
    await rig.settle();
    const wish = () => rig.startExport({ ...scene, target: someTarget() });
    assert.equal((await wish()).kind, 'limitReached');
    assert.equal((await wish()).kind, 'limitReached', 'however often');
    const two = [1, 2].map((nth) => ({ name: `${nth}.csv`, downloadUrl: `https://drive.example/${nth}` }));
    const files = [...two, { name: '3.csv', downloadUrl: 'https://drive.example/3' }];
    const sent = { ...scene, activityId: 'b', files };
    assert.equal((await rig.receiveOwnFile(sent)).kind, 'limitReached', 'one was sent before');
    assert.equal((await rig.receiveOwnFile({ ...sent, activityId: 'c', files: two })).kind, 'received');
    const colleague = signedInScene(rig, { tenantId: scene.requester.tenantId });
    assert.equal((await rig.startExport(colleague)).kind, 'started', 'nobody else is held up');
    rig.pass(24 * 3600 + 1);
    assert.equal((await wish()).kind, 'started');
    await createPurgeExpired(database().db, 90)(rig.clock.now());
    assert.deepEqual(
      await database().db.acrossTenants('a test').selectFrom('erased_wishes').selectAll().execute(),
      [],
    );
  });

  it('also while a file is being read', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await readyExport(rig, scene);
    rig.graph.script.content.push(async (make) => {
      await rig.deleteMyData.confirm(scene);
      return make();
    });
    await rig.workOnFile({ kind: 'readExport', id: exportId }).catch(() => undefined);
    await rig.workOnFiles(60);
    assert.deepEqual(await rig.deleteMyData.preview(scene), nothing);
  });
});
