import assert from 'node:assert/strict';
import { someConversation, somebody, someTarget } from '../../support/samples/sample-exports.ts';
import {
  assertShown,
  describeUseCase,
  signedInScene,
  succeedAtGraph,
  type Scene,
} from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const verbs = ['show', 'refresh', 'stop', 'retry', 'resume', 'exportAgain'] as const;

async function started(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  await rig.settle();
  return outcome.exportId;
}

async function ready(rig: Rig, scene: Scene): Promise<string> {
  const exportId = await started(rig, scene);
  succeedAtGraph(rig, scene);
  await rig.run({ seconds: 20 });
  assert.equal((await rig.job(exportId)).state.status, 'ready');
  return exportId;
}

describeUseCase('what the requester does with an export', (rigged) => {
  it('is nobody else’s: not in the tenant, not in another, not with a made-up id', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    const { version } = await rig.job(exportId);
    const { tenantId, userId } = scene.requester;
    for (const verb of verbs) {
      for (const requester of [somebody({ tenantId }), somebody({ userId })])
        assert.deepEqual(await rig.ownExport[verb]({ ...scene, requester, exportId }), { kind: 'notFound' });
      assert.deepEqual(await rig.ownExport[verb]({ ...scene, exportId: 'made-up' }), { kind: 'notFound' });
    }
    await rig.settle();
    assert.equal((await rig.job(exportId)).version, version);
  });

  it('refresh looks now, but not one look after the other', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    rig.pass(30);
    const looks = () => rig.graph.calls.filter((call) => call === 'get').length;
    const before = looks();
    rig.graph.change('j!1', { status: 'running' });
    const outcome = await rig.ownExport.refresh({ ...scene, exportId });
    assert.equal(outcome.kind === 'own' && outcome.job.state.status, 'running');
    for (let nth = 0; nth < 5; nth += 1) await rig.ownExport.refresh({ ...scene, exportId });
    assert.equal(looks(), before + 1);
    await rig.settle();
  });

  it('refresh also shows what a card still lacks, when the look finds nothing new', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    rig.pass(30);
    rig.graph.change('j!1', { status: 'running' });
    rig.teams.script.update.push(() => ({ kind: 'busy', retryAfter: 900 }));
    await rig.ownExport.refresh({ ...scene, exportId });
    await rig.settle();
    rig.pass(30);
    await rig.ownExport.refresh({ ...scene, exportId });
    await rig.settle();
    await assertShown(rig, exportId);
  });

  it('refresh answers although Graph does not', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    rig.pass(30);
    const late = Promise.withResolvers<undefined>();
    rig.graph.script.get.push(async (make) => {
      await late.promise;
      return make();
    });
    rig.graph.change('j!1', { status: 'succeeded' });
    const outcome = await rig.ownExport.refresh({ ...scene, exportId });
    assert.equal(outcome.kind === 'own' && outcome.job.state.status, 'waiting');
    late.resolve(undefined);
    await rig.run({ seconds: 5 });
    assert.equal((await rig.job(exportId)).state.status, 'ready');
  });

  it('stop pressed a hundred times stops once', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    const { version } = await rig.job(exportId);
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => rig.ownExport.stop({ ...scene, exportId })),
    );
    assert.equal(
      outcomes.filter((outcome) => outcome.kind === 'own' && outcome.note === undefined).length,
      1,
    );
    await rig.run({ seconds: 60 });
    const job = await rig.job(exportId);
    assert.deepEqual([job.state.status, job.version], ['stopped', version + 1]);
  });

  it('retry pressed a hundred times starts one new run', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.script.create.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    const exportId = await started(rig, scene);
    await Promise.all(Array.from({ length: 100 }, () => rig.ownExport.retry({ ...scene, exportId })));
    await rig.run({ seconds: 20 });
    const job = await rig.job(exportId);
    assert.deepEqual([job.state.status, job.pastRuns.length], ['waiting', 1]);
    assert.equal(rig.graph.jobs.length, 1);
  });

  it('retry points to another export of the view that is open', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.script.create.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    const failed = await started(rig, scene);
    rig.pass(1);
    const open = await started(rig, scene);
    assert.notEqual(open, failed);
    const outcome = await rig.ownExport.retry({ ...scene, exportId: failed });
    assert.equal(outcome.kind === 'own' && outcome.note, 'alreadyOpenElsewhere');
    await rig.settle();
  });

  it('export again keeps the file and starts one more, once', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await ready(rig, scene);
    rig.pass(1);
    const first = await rig.ownExport.exportAgain({ ...scene, exportId });
    assert.ok(first.kind === 'own' && first.note === undefined);
    const second = await rig.ownExport.exportAgain({ ...scene, exportId });
    assert.equal(second.kind === 'own' && second.note, 'alreadyOpenElsewhere');
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(exportId)).state.status, 'ready');
    assert.deepEqual([rig.graph.jobs.length, (await rig.jobsOf(scene.requester)).length], [2, 2]);
  });

  it('resume of one that waits for a sign-in asks again, below', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.tokens.signOut(scene.requester);
    const exportId = await started(rig, scene);
    await rig.ownExport.resume({ ...scene, exportId });
    await rig.settle();
    const standing = rig.teams.standing(scene.conversation).map(({ kind }) => kind);
    assert.deepEqual(standing, ['signIn']);
  });

  it('on one in the wrong state says so and changes nothing', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const open = await started(rig, scene);
    for (const verb of ['retry', 'resume', 'exportAgain'] as const) {
      const outcome = await rig.ownExport[verb]({ ...scene, exportId: open });
      assert.equal(outcome.kind === 'own' && outcome.note, 'nothingToDo');
    }
    const done = await ready(rig, { ...scene, target: someTarget() });
    for (const verb of ['stop', 'retry', 'resume'] as const) {
      const outcome = await rig.ownExport[verb]({ ...scene, exportId: done });
      assert.equal(outcome.kind === 'own' && outcome.note, 'nothingToDo');
    }
  });

  it('is limited like a new wish', async () => {
    const rig = rigged({ limits: { openPerUser: 1 } });
    const scene = signedInScene(rig);
    const exportId = await ready(rig, scene);
    await started(rig, { ...scene, target: someTarget() });
    const outcome = await rig.ownExport.exportAgain({ ...scene, exportId });
    assert.deepEqual(outcome, { kind: 'limitReached', limit: 'openPerUser', max: 1 });
    await rig.settle();
  });

  it('expires by itself when Graph said so', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    rig.graph.change('j!1', {
      status: 'succeeded',
      expiresAt: new Date(rig.clock.now().getTime() + 3600_000),
    });
    await rig.run({ seconds: 7200 });
    assert.equal((await rig.job(exportId)).state.status, 'expired');
  });
});

describeUseCase('somebody else on a shared card', (rigged) => {
  it('gets an export of their own, where a card of it stands only', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    const requester = somebody({ tenantId: scene.requester.tenantId });
    rig.tokens.signIn(requester);
    const outcome = await rig.exportForMe({ ...scene, requester, exportId });
    assert.equal(outcome.kind, 'started');
    await rig.settle();
    const conversation = someConversation({ tenantId: requester.tenantId });
    const notFound = { kind: 'notFound' };
    assert.deepEqual(await rig.exportForMe({ requester, conversation, exportId }), notFound);
    assert.deepEqual(await rig.exportForMe({ ...scene, requester: somebody(), exportId }), notFound);
    assert.deepEqual(await rig.exportForMe({ ...scene, requester, exportId: 'made-up' }), notFound);
  });

  it('is offered it there only, and not while it has failed', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    await rig.settle();
    const requester = somebody({ tenantId: scene.requester.tenantId });
    const conversation = someConversation({ tenantId: requester.tenantId });
    const offered = (wish: object) => rig.mayExportForMe({ ...scene, requester, exportId, ...wish });
    assert.deepEqual(
      await Promise.all(
        [{}, { conversation }, { requester: somebody() }, { exportId: 'made-up' }].map(offered),
      ),
      [true, false, false, false],
    );
    rig.graph.script.get.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    await rig.run({ seconds: 60 });
    assert.equal((await rig.job(exportId)).state.status, 'failed');
    assert.equal(await offered({}), false);
  });
});
