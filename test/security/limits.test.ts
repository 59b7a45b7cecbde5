// Row 15: the limits hold for old exports that are opened again, however many at once.
import assert from 'node:assert/strict';
import { isOpen } from '../../src/domain/exports/export-job.ts';
import { someTarget } from '../support/samples/sample-exports.ts';
import { describeUseCase, signedInScene } from '../support/rig/use-case-suite.ts';

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
