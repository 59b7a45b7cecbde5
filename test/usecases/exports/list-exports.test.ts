import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createFollowGraphJob } from '../../../src/usecases/exports/follow-graph-job.ts';
import { createListExports } from '../../../src/usecases/exports/list-exports.ts';
import type { TokenAnswer } from '../../../src/ports/user-tokens.ts';
import { createScriptedGraph } from '../../support/rig/scripted-graph.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';
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
    assert.deepEqual([list.own.length, list.older, list.graphOnly.length], [10, 12, 0]);
    const oldest = await rig.listExports({ ...scene, page: 2 });
    assert.deepEqual([oldest.own.length, oldest.page, oldest.older, oldest.graphOnly.length], [2, 2, 0, 0]);
    assert.deepEqual(await rig.listExports({ ...scene, page: 99 }), oldest, 'what was there is deleted');
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

const limits = { openPerUser: 9, dailyPerUser: 9, openPerTenant: 9 };

/** The rig's source, and one more that makes jobs, with a job of the same id. */
function withTwoSources(rig: Rig, { jobless = false } = {}) {
  const gardens = createScriptedGraph(rig.clock);
  const target = { ...someTarget(), source: 'gardens' };
  gardens.jobs.push({ id: 'j!same', status: 'running', target });
  const { jobs, ...withoutJobs } = gardens.source;
  const second = jobless || jobs === undefined ? withoutJobs : { ...withoutJobs, jobs };
  const sources = { all: [rig.graph.source, { ...second, name: 'gardens' }] };
  const background = { run: (_title: string, work: () => Promise<void>) => void work() };
  const { stores, tokens, transact, clock, startExport } = rig;
  const deps = { sources, tokens, transact, clock, startExport, limits, act: () => undefined };
  return {
    gardens,
    target,
    listExports: createListExports({ stores, tokens, sources, background }),
    followGraphJob: createFollowGraphJob({ ...deps, chance: { newId: randomUUID } }),
  };
}

describeUseCase('jobs of two sources', (rigged) => {
  const token: TokenAnswer = { kind: 'token', accessToken: 'a token' };
  const notAllowed: TokenAnswer = { kind: 'signInRequired', cause: 'adminConsent' };

  it('are listed with the source that has them, and one that is followed hides no other', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const two = withTwoSources(rig);
    rig.graph.jobs.push({ id: 'j!same', status: 'running', target: scene.target });
    const listed = async () => {
      const { graphOnly, graph } = await two.listExports(scene);
      return [graphOnly.map(({ source, id }) => `${source} ${id}`), graph];
    };
    assert.deepEqual(await listed(), [['goals j!same', 'gardens j!same'], 'asked']);
    await two.followGraphJob({ ...scene, graphJobId: 'j!same', source: 'gardens' });
    assert.deepEqual(await listed(), [['goals j!same'], 'asked']);
  });

  it('are those of the sources that the person has allowed', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const two = withTwoSources(rig);
    const listed = async (...answers: readonly TokenAnswer[]) => {
      rig.tokens.script.push(...answers.map((answer) => () => answer));
      const { graphOnly, graph } = await two.listExports(scene);
      return [graphOnly.map(({ source }) => source), graph];
    };
    assert.deepEqual(await listed(notAllowed, token), [['gardens'], 'asked']);
    assert.deepEqual(await listed(token, notAllowed), [[], 'asked']);
    assert.deepEqual(await listed(notAllowed, notAllowed), [[], 'signInNeeded']);
    assert.deepEqual(await listed(notAllowed, { kind: 'unavailable' }), [[], 'unavailable']);
    assert.deepEqual(await listed({ kind: 'signInRequired', cause: 'signIn' }, token), [
      ['gardens'],
      'signInNeeded',
    ]);
  });

  it('are not missed by somebody who has allowed a source without jobs only', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.tokens.script.push(() => notAllowed);
    const { graph } = await withTwoSources(rig, { jobless: true }).listExports(scene);
    assert.equal(graph, 'asked');
  });

  it('are followed at the source that has them; a button that names none means the first', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const { target, gardens, followGraphJob } = withTwoSources(rig);
    const wish = { ...scene, graphJobId: 'j!same' };
    assert.equal((await followGraphJob({ ...wish, source: 'nowhere' })).kind, 'notFound');
    assert.equal((await followGraphJob(wish)).kind, 'notFound');
    assert.deepEqual([rig.graph.calls, gardens.calls], [['get'], []]);
    rig.graph.jobs.push({ id: 'j!same', status: 'running', target: scene.target });
    const kinds = [];
    for (const source of ['gardens', undefined, 'goals']) {
      kinds.push((await followGraphJob({ ...wish, ...(source && { source }) })).kind);
    }
    assert.deepEqual(kinds, ['started', 'started', 'followedHere']);
    assert.deepEqual(
      new Set((await rig.jobsOf(scene.requester)).map((job) => job.target.key)),
      new Set([target.key, scene.target.key]),
    );
  });
});
