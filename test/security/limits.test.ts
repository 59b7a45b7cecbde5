// Row 15: the limits hold for old exports that are opened again, and for files that are sent, however many at once.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isOpen } from '../../src/domain/exports/export-job.ts';
import { someTarget } from '../support/samples/sample-exports.ts';
import { tableOf } from '../support/rig/ended-exports.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';
import { describeUseCase, signedInScene, type Scene } from '../support/rig/use-case-suite.ts';

describeUseCase('old exports opened again all at once', (rigged) => {
  it('are as many as the limit allows, and the others say so', async () => {
    const rig = rigged({ limits: { openPerUser: 2 } });
    const scene = signedInScene(rig);
    const failed: string[] = [];
    for (let nth = 0; nth < 5; nth += 1) {
      rig.graph.script.create.push(() => ({ kind: 'refused', reason: 'refused' }));
      const started = await rig.startExport({ ...scene, target: someTarget() });
      assert.ok('exportId' in started);
      failed.push(started.exportId);
      await rig.run({ seconds: 20 });
    }
    const outcomes = await Promise.all(failed.map((exportId) => rig.ownExport.retry({ ...scene, exportId })));
    await rig.settle();
    const open = (await rig.jobsOf(scene.requester)).filter(isOpen);
    assert.equal(open.length, 2);
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), [
      'limitReached',
      'limitReached',
      'limitReached',
      'own',
      'own',
    ]);
  });
});

describeUseCase('files that somebody sends at once', (rigged) => {
  const send = async (rig: Rig, scene: Scene): Promise<string> => {
    const downloadUrl = `https://drive.example/${randomUUID()}`;
    rig.drive.files.set(downloadUrl, tableOf('1,Grow,Objective,40,On Track'));
    const files = [{ name: 'view.csv', downloadUrl }];
    return (await rig.receiveOwnFile({ ...scene, activityId: randomUUID(), files })).kind;
  };

  it('are as many as a person may have open, and one more is welcome once they are read', async () => {
    const rig = rigged({ limits: { openPerUser: 2 } });
    const scene = signedInScene(rig);
    const outcomes = [];
    for (let nth = 0; nth < 3; nth += 1) outcomes.push(await send(rig, scene));
    assert.deepEqual(outcomes, ['received', 'received', 'limitReached']);
    assert.equal(await send(rig, signedInScene(rig)), 'received', 'of somebody else');
    await rig.workOnFiles();
    assert.equal(await send(rig, scene), 'received');
  });
});
