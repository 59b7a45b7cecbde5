// The message beside an export's card stays true for as long as it stands, and there is one.
import assert from 'node:assert/strict';
import { isNoFile } from '../../src/domain/exports/notice-due.ts';
import { endedAfter, failAtGraph, failedLate, notices, standing } from '../support/rig/ended-exports.ts';
import { describeUseCase, signedInScene, succeedAtGraph } from '../support/rig/use-case-suite.ts';

describeUseCase('a notice that stands', (rigged) => {
  it('leave one standing, however often the export is tried again', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await failedLate(rig, scene);
    for (let again = 0; again < 3; again += 1) {
      await rig.ownExport.retry({ ...scene, exportId });
      await rig.run({ seconds: 20 });
      assert.deepEqual(standing(rig, scene), ['waiting'], 'what stands is true meanwhile');
      failAtGraph(rig, scene);
      await rig.run({ seconds: 600 });
      assert.deepEqual(standing(rig, scene), ['failed']);
    }
    assert.equal(rig.teams.posts('notice').length, 4, 'each end was told');
  });

  it('stay true where trying again fails at once: changed in place, nothing new', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await failedLate(rig, scene);
    rig.graph.script.create.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    await rig.ownExport.retry({ ...scene, exportId });
    await rig.run({ seconds: 20 });
    assert.equal(rig.teams.posts('notice').length, 1);
    const [last] = notices(rig, scene);
    assert.deepEqual(last?.job.state, { status: 'failed', reason: 'noAccess' });
  });

  it('G24 offer no file once it shows that none came', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await endedAfter(rig, scene, 60);
    assert.deepEqual(
      notices(rig, scene).map(({ job }) => isNoFile(job)),
      [false],
    );
    for (let nth = 0; nth < 10; nth += 1) rig.graph.script.content.push(() => ({ kind: 'notCsv' }));
    await rig.workOnFiles(3600);
    await rig.run({ seconds: 60 });
    assert.deepEqual(
      notices(rig, scene).map(({ job }) => isNoFile(job)),
      [true],
    );
    assert.equal(rig.teams.posts('notice').length, 1);
  });

  it('offer no file that has expired', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await endedAfter(rig, scene, 60, undefined, new Date(rig.clock.now().getTime() + 3600_000));
    assert.deepEqual(standing(rig, scene), ['ready']);
    await rig.run({ seconds: 3700 });
    assert.deepEqual(standing(rig, scene), ['expired']);
    assert.equal(rig.teams.posts('notice').length, 1);
  });

  it('are changed in place where Teams takes none away, after it was tried again where it is busy', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await failedLate(rig, scene);
    rig.teams.script.remove.push(
      () => ({ kind: 'busy', retryAfter: 20 }),
      () => ({ kind: 'unknown' }),
    );
    await rig.ownExport.retry({ ...scene, exportId });
    await rig.run({ seconds: 20 });
    succeedAtGraph(rig, scene);
    await rig.run({ seconds: 600 });
    assert.equal(rig.teams.script.remove.length, 0);
    assert.equal(rig.teams.posts('notice').length, 1);
    assert.deepEqual(standing(rig, scene), ['ready']);
  });

  it('are changed once Teams takes it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await failedLate(rig, scene);
    // The card comes first.
    rig.teams.script.update.push(
      (send) => send(),
      () => ({ kind: 'busy', retryAfter: 5 }),
    );
    await rig.ownExport.retry({ ...scene, exportId });
    await rig.run({ seconds: 60 });
    assert.deepEqual(standing(rig, scene), ['waiting']);
  });

  it('are not left saying what was true when they left', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.teams.script.post.push(
      (send) => send(),
      async (send) => {
        const sent = send();
        // It moves on before the bot has noted where the message stands.
        const [job] = await rig.jobsOf(scene.requester);
        await rig.ownExport.retry({ ...scene, exportId: job?.id ?? '' });
        await rig.anotherProcess().engine.bringUpToDate(job?.id ?? '');
        return sent;
      },
    );
    await failedLate(rig, scene);
    await rig.settle();
    assert.deepEqual(standing(rig, scene), ['waiting']);
  });
});
