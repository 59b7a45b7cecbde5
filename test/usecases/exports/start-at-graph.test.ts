import assert from 'node:assert/strict';
import type { ExportJob } from '../../../src/domain/exports/export-job.ts';
import type { CreateAnswer } from '../../../src/ports/export-source.ts';
import { describeUseCase, signedInScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

async function started(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  return outcome.exportId;
}

async function run(rig: Rig, scene: Scene, seconds = 20): Promise<ExportJob> {
  const id = await started(rig, scene);
  await rig.run({ seconds });
  return rig.job(id);
}

const lost = (make: () => CreateAnswer): CreateAnswer => {
  make();
  return { kind: 'unavailable', trouble: 'unreachable', notSent: false };
};
const posts = (rig: Rig): number => rig.graph.calls.filter((call) => call === 'create').length;

describeUseCase('starting at Graph', (rigged) => {
  it('G15 lists before it posts again, and adopts what the lost POST made', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.script.create.push(lost);
    const job = await run(rig, scene);
    assert.deepEqual(job.state, { status: 'waiting', graphJobId: 'j!1' });
    assert.deepEqual(rig.graph.calls.slice(0, 2), ['create', 'list']);
    assert.deepEqual([posts(rig), job.joined], [1, false]);
  });

  it('G15 posts again when the list knows nothing', async () => {
    const rig = rigged();
    rig.graph.script.create.push(() => ({ kind: 'unavailable', trouble: 'unreachable', notSent: false }));
    const job = await run(rig, signedInScene(rig));
    assert.equal(job.state.status, 'waiting');
    assert.deepEqual(rig.graph.calls.slice(0, 3), ['create', 'list', 'create']);
  });

  it('adopts the newest job, never one that an earlier run held', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const first = await run(rig, scene);
    rig.graph.change('j!1', { status: 'succeeded' });
    await rig.run({ seconds: 30 });
    assert.equal((await rig.job(first.id)).state.status, 'ready');
    rig.graph.script.create.push(() => ({ kind: 'unavailable', trouble: 'unreachable', notSent: false }));
    const second = await run(rig, scene);
    assert.deepEqual(second.state, { status: 'waiting', graphJobId: 'j!2' });
    assert.equal(posts(rig), 3);
  });

  it('G16 finds a created job whose id was unreadable', async () => {
    const rig = rigged();
    rig.graph.script.create.push((make) => (make(), { kind: 'created' }));
    const job = await run(rig, signedInScene(rig));
    assert.deepEqual(job.state, { status: 'waiting', graphJobId: 'j!1' });
    assert.equal(posts(rig), 1);
  });

  it('G10 finds the pending job of a conflict that names none', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.jobs.push({ id: 'j!theirs', status: 'running', target: scene.target });
    rig.graph.script.create.push(() => ({ kind: 'conflict' }));
    const job = await run(rig, scene);
    assert.equal(job.joined, true);
    assert.equal('graphJobId' in job.state && job.state.graphJobId, 'j!theirs');
  });

  it('G10 backs off when neither the conflict nor the list names a job', async () => {
    const rig = rigged();
    rig.graph.script.create.push(() => ({ kind: 'conflict' }));
    const job = await run(rig, signedInScene(rig));
    assert.deepEqual(job.state, { status: 'waiting', graphJobId: 'j!1' });
    assert.deepEqual(rig.graph.calls.slice(0, 3), ['create', 'list', 'create']);
  });

  for (const refusal of ['jobNotFound', 'refused'] as const) {
    it(`G9 waits for somebody else's job (${refusal}) and then posts`, async () => {
      const rig = rigged();
      const scene = signedInScene(rig);
      rig.graph.jobs.push({ id: 'j!theirs', status: 'running', target: scene.target });
      const no = () =>
        refusal === 'refused'
          ? ({ kind: 'refused', reason: 'noAccess' } as const)
          : ({ kind: 'jobNotFound' } as const);
      rig.graph.script.get.push(no);
      const waiting = await run(rig, scene, 20);
      assert.deepEqual(waiting.state, { status: 'starting', outcomeUnknown: false, pendingElsewhere: true });
      rig.graph.change('j!theirs', { status: 'succeeded' });
      await rig.run({ seconds: 60 });
      assert.deepEqual((await rig.job(waiting.id)).state, { status: 'waiting', graphJobId: 'j!2' });
      assert.equal(posts(rig), 2);
    });
  }

  it('G11 waits as told after a 429, and needs no list', async () => {
    const rig = rigged();
    rig.graph.script.create.push(() => ({
      kind: 'unavailable',
      trouble: 'busy',
      retryAfter: 50,
      notSent: true,
    }));
    const scene = signedInScene(rig);
    const early = await run(rig, scene, 49);
    assert.deepEqual([early.state.status, posts(rig)], ['starting', 1]);
    await rig.run({ seconds: 10 });
    assert.equal((await rig.job(early.id)).state.status, 'waiting');
    assert.ok(!rig.graph.calls.includes('list'));
  });

  it('G19 parks after five odd answers and says so once', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.script.create.push(() => ({
      kind: 'unavailable',
      trouble: 'busy',
      retryAfter: 20,
      notSent: true,
    }));
    for (let nth = 0; nth < 9; nth += 1) {
      rig.graph.script.create.push(() => ({ kind: 'odd', sample: '<html>' }));
      rig.graph.script.list.push(() => ({ kind: 'odd', sample: '<html>' }));
    }
    const job = await run(rig, scene, 3600);
    assert.deepEqual(job.state, { status: 'parked', cause: 'oddAnswers', outcomeUnknown: true });
    assert.deepEqual(
      rig.teams.posts('notice').map(({ job: { state } }) => state.status),
      ['parked'],
    );
    assert.deepEqual(rig.reported, [{ exportId: job.id, cause: 'oddAnswers' }]);
  });

  it('keeps the job of a POST that was out when its person stopped', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const out = Promise.withResolvers<undefined>();
    const go = Promise.withResolvers<undefined>();
    rig.graph.script.create.push(async (make) => {
      out.resolve(undefined);
      await go.promise;
      return make();
    });
    const exportId = await started(rig, scene);
    await out.promise;
    await rig.ownExport.stop({ ...scene, exportId });
    go.resolve(undefined);
    await rig.run({ seconds: 20 });
    const { state } = await rig.job(exportId);
    assert.deepEqual([state.status, 'graphJobId' in state && state.graphJobId], ['stopped', 'j!1']);
    await rig.ownExport.resume({ ...scene, exportId });
    await rig.run({ seconds: 20 });
    assert.deepEqual([(await rig.job(exportId)).state.status, posts(rig)], ['waiting', 1]);
  });

  it('G1 renews the token once after a 401, then asks', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.graph.script.create.push(() => ({ kind: 'unauthorized' }));
    assert.equal((await run(rig, scene)).state.status, 'waiting');
    assert.deepEqual(
      rig.tokens.asked.slice(0, 2).map((asked) => asked.renew),
      [undefined, true],
    );
    const other = signedInScene(rig);
    rig.graph.script.create.push(
      () => ({ kind: 'unauthorized' }),
      () => ({ kind: 'unauthorized' }),
    );
    const asked = await run(rig, other);
    assert.deepEqual(asked.state, { status: 'waitingForSignIn', cause: 'signIn', outcomeUnknown: true });
    assert.equal(rig.teams.posts('signIn').length, 1);
  });

  it('G2 takes a claims challenge to Entra ID once, and then to the person', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const challenge = () => ({ kind: 'unauthorized', claims: '{"c":1}' }) as const;
    rig.graph.script.create.push(challenge);
    assert.equal((await run(rig, scene)).state.status, 'waiting');
    const [, asked] = rig.tokens.asked;
    assert.deepEqual([asked?.renew, asked?.claims], [true, '{"c":1}']);
    rig.graph.script.create.push(challenge, challenge);
    const { state } = await run(rig, signedInScene(rig));
    assert.equal(state.status === 'waitingForSignIn' && state.claims, '{"c":1}');
    assert.deepEqual(
      rig.teams.posts('signIn').map(({ request }) => [request.cause, request.silent, request.claims]),
      [['claims', false, '{"c":1}']],
    );
  });

  it('G3 asks for an administrator when consent is missing', async () => {
    const rig = rigged();
    rig.graph.script.create.push(() => ({ kind: 'consentMissing' }));
    const { state } = await run(rig, signedInScene(rig));
    assert.equal(state.status === 'waitingForSignIn' && state.cause, 'adminConsent');
  });

  it('E5 stays parked quietly for as long as the operator has something to mend, then goes on', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    rig.tokens.script.push(...Array.from({ length: 5 }, () => () => ({ kind: 'operatorFault' }) as const));
    const job = await run(rig, scene, 1000);
    assert.deepEqual(job.state, { status: 'parked', cause: 'operatorFault' });
    assert.equal(rig.teams.posts('notice').length, 0, 'its card has told it at once');
    const updates = rig.teams.sent.length;
    await rig.run({ seconds: 300 });
    assert.equal(rig.teams.sent.length, updates);
    rig.tokens.script.length = 0;
    await rig.run({ seconds: 320 });
    assert.equal((await rig.job(job.id)).state.status, 'waiting');
  });
});
