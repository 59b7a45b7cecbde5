// What a look at a Graph job that has gone missing, or whose state nobody knows, comes to.
import assert from 'node:assert/strict';
import { describeUseCase, signedInScene, type Scene } from '../support/rig/use-case-suite.ts';
import type { Rig } from '../support/rig/use-case-rig.ts';

const day = 24 * 3600;

async function followed(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  await rig.run({ seconds: 20 });
  assert.equal((await rig.job(outcome.exportId)).state.status, 'waiting');
  return outcome.exportId;
}

describeUseCase('looks at a Graph job', (rigged) => {
  const notFound = (): { readonly kind: 'jobNotFound' } => ({ kind: 'jobNotFound' });

  it('G7 that is missing take over the same view’s job that the list shows under another id', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await followed(rig, scene);
    const [job] = rig.graph.jobsOf(scene.target);
    assert.ok(job);
    rig.graph.script.get.push(notFound, notFound);
    rig.graph.script.list.push(() => ({
      kind: 'jobs',
      jobs: [{ ...job, id: 'j!renamed', status: 'running' }],
    }));
    rig.graph.script.get.push(
      ...Array.from({ length: 40 }, () => () => ({
        kind: 'job' as const,
        job: { id: 'j!renamed', status: 'running' as const },
      })),
    );
    await rig.run({ seconds: 100 });
    const { state } = await rig.job(exportId);
    assert.deepEqual([state.status, 'graphJobId' in state && state.graphJobId], ['running', 'j!renamed']);
    assert.equal(rig.graph.jobs.length, 1, 'nothing is made anew');
  });

  it('G7 that is missing end when the list still shows it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await followed(rig, scene);
    rig.graph.script.get.push(...Array.from({ length: 40 }, () => notFound));
    await rig.run({ seconds: 300 });
    const { state } = await rig.job(exportId);
    assert.ok(state.status === 'failed' && state.reason === 'gone');
  });

  it('G17 in a state that nobody knows go on for a week, every five minutes whatever Graph says, and then pause', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await followed(rig, scene);
    const [job] = rig.graph.jobsOf(scene.target);
    assert.ok(job);
    rig.graph.script.get.push(
      ...Array.from({ length: 3_000 }, () => () => ({
        kind: 'job' as const,
        retryAfter: 15,
        job: { id: job.id, status: 'unknown' as const, unknownStatus: 'pondering' },
      })),
    );
    const looks = (): number => rig.graph.calls.filter((call) => call === 'get').length;
    await rig.run({ seconds: 60 });
    const before = looks();
    await rig.run({ seconds: day, wakes: 10_000 });
    const { state } = await rig.job(exportId);
    assert.equal(state.status === 'running' && state.graphStatus, 'pondering');
    assert.ok(Math.abs(looks() - before - 288) <= 2, `${looks() - before} looks in a day`);
    await rig.run({ seconds: 7 * day, wakes: 10_000 });
    const parked = (await rig.job(exportId)).state;
    assert.ok(parked.status === 'parked' && parked.cause === 'followedTooLong');
    const after = looks();
    await rig.run({ seconds: day });
    assert.equal(looks(), after, 'it is left alone');
    await rig.ownExport.resume({ ...scene, exportId });
    await rig.run({ seconds: 30 });
    assert.equal((await rig.job(exportId)).state.status, 'running');
  });

  it('G15 come no earlier than Graph asked for when it did not say whether it has made one', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.script.create.push(() => ({
      kind: 'unavailable',
      trouble: 'unreachable',
      notSent: false,
      retryAfter: 120,
    }));
    const outcome = await rig.startExport(scene);
    assert.ok('exportId' in outcome);
    await rig.run({ seconds: 110 });
    assert.ok(!rig.graph.calls.includes('list'));
    await rig.run({ seconds: 40 });
    assert.ok(rig.graph.calls.includes('list'));
    assert.equal((await rig.job(outcome.exportId)).state.status, 'waiting');
  });
});
