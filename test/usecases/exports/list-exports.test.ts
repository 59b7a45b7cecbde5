import assert from 'node:assert/strict';
import { someTarget } from '../../support/samples/sample-exports.ts';
import { describeUseCase, signedInScene, someScene } from '../../support/rig/use-case-suite.ts';

describeUseCase('the list', (rigged) => {
  it('tells own exports, and the jobs that only Graph knows', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await rig.startExport(scene);
    await rig.settle();
    rig.graph.jobs.push({ id: 'j!web', status: 'succeeded', ...someTarget() });
    const list = await rig.listExports(scene);
    assert.deepEqual(
      [list.own.length, list.graphOnly.map(({ id }) => id), list.graph],
      [1, ['j!web'], 'asked'],
    );
  });

  it('knows also the jobs of runs that have ended and of exports it does not show', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    for (let nth = 0; nth < 22; nth += 1) {
      await rig.startExport({ ...scene, target: someTarget() });
      await rig.settle();
      rig.pass(1);
    }
    const list = await rig.listExports(scene);
    assert.deepEqual([list.own.length, list.graphOnly.length], [20, 0]);
  });

  it('says what it could not ask', async () => {
    const rig = rigged();
    assert.equal((await rig.listExports(someScene())).graph, 'signInNeeded');
    const scene = signedInScene(rig);
    rig.graph.script.list.push(() => ({ kind: 'odd', sample: '' }));
    assert.equal((await rig.listExports(scene)).graph, 'unavailable');
    rig.tokens.script.push(() => ({ kind: 'unavailable' }));
    assert.equal((await rig.listExports(scene)).graph, 'unavailable');
  });

  it('comes although Graph does not answer', async () => {
    const rig = rigged();
    const late = Promise.withResolvers<undefined>();
    rig.graph.script.list.push(async (make) => {
      await late.promise;
      return make();
    });
    assert.equal((await rig.listExports(signedInScene(rig))).graph, 'unavailable');
    late.resolve(undefined);
    await rig.settle();
  });
});

describeUseCase('following a job that only Graph knows', (rigged) => {
  it('makes it an export of ours, which becomes ready', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.jobs.push({
      id: 'j!web',
      status: 'succeeded',
      createdAt: rig.clock.now(),
      target: scene.target,
    });
    const outcome = await rig.followGraphJob({ ...scene, graphJobId: 'j!web' });
    assert.equal(outcome.kind, 'started');
    await rig.run({ seconds: 20 });
    const [job] = await rig.jobsOf(scene.requester);
    const reading = { kind: 'underWay', attempts: 0 };
    assert.deepEqual(job?.state, { status: 'ready', graphJobId: 'j!web', reading });
    assert.ok(!rig.graph.calls.includes('create'));
  });

  it('twice is one export, also when a newer one of the view has ended since', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.jobs.push({ id: 'j!web', status: 'succeeded', target: scene.target });
    const follow = () => rig.followGraphJob({ ...scene, graphJobId: 'j!web' });
    const first = await follow();
    await rig.run({ seconds: 20 });
    rig.graph.script.create.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    await rig.startExport(scene);
    await rig.run({ seconds: 20 });
    const second = await follow();
    assert.ok('exportId' in first && 'exportId' in second);
    assert.deepEqual([second.kind, second.exportId], ['followedHere', first.exportId]);
    await rig.settle();
  });

  it('goes on with the one that was stopped', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.jobs.push({ id: 'j!web', status: 'running', target: scene.target });
    const first = await rig.followGraphJob({ ...scene, graphJobId: 'j!web' });
    assert.ok('exportId' in first);
    await rig.ownExport.stop({ ...scene, exportId: first.exportId });
    await rig.settle();
    assert.equal((await rig.followGraphJob({ ...scene, graphJobId: 'j!web' })).kind, 'resumed');
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(first.exportId)).state.status, 'running');
  });

  it('points to the open export of the same view', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const open = await rig.startExport(scene);
    await rig.settle();
    rig.graph.jobs.push({ id: 'j!web', status: 'succeeded', target: scene.target });
    const outcome = await rig.followGraphJob({ ...scene, graphJobId: 'j!web' });
    assert.ok('exportId' in outcome && 'exportId' in open);
    assert.deepEqual([outcome.kind, outcome.exportId], ['movedDown', open.exportId]);
    await rig.settle();
  });

  it('is refused for what cannot be read', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const follow = async (graphJobId: string): Promise<string> =>
      (await rig.followGraphJob({ ...scene, graphJobId })).kind;
    rig.graph.jobs.push({ id: 'j!bare', status: 'running' });
    assert.equal(await follow('j!none'), 'notFound');
    assert.equal(await follow('j!bare'), 'notFound');
    rig.graph.script.get.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    assert.equal(await follow('j!bare'), 'notFound');
    rig.graph.script.get.push(() => ({ kind: 'odd', sample: '' }));
    assert.equal(await follow('j!bare'), 'unavailable');
    rig.tokens.signOut(scene.requester);
    assert.equal(await follow('j!bare'), 'signInNeeded');
  });

  it('counts against the limits', async () => {
    const rig = rigged({ limits: { openPerUser: 0 } });
    const scene = signedInScene(rig);
    rig.graph.jobs.push({ id: 'j!web', status: 'running', target: scene.target });
    assert.equal((await rig.followGraphJob({ ...scene, graphJobId: 'j!web' })).kind, 'limitReached');
  });
});
