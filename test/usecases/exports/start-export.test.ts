import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createStartExport } from '../../../src/usecases/exports/start-export.ts';
import { someConversation, somebody, someTarget } from '../../support/samples/sample-exports.ts';
import { describeUseCase, signedInScene, someScene } from '../../support/rig/use-case-suite.ts';

const idOf = (outcome: { readonly kind: string; readonly exportId?: string }): string =>
  outcome.exportId ?? '';

describeUseCase('a wish', (rigged) => {
  it('becomes one export, one card and one Graph job', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const outcome = await rig.startExport(scene);
    assert.equal(outcome.kind, 'started');
    await rig.run({ seconds: 20 });
    assert.deepEqual([rig.graph.jobs.length, rig.teams.posts('export').length], [1, 1]);
    const job = await rig.job(idOf(outcome));
    assert.deepEqual(job.state, { status: 'waiting', graphJobId: 'j!1' });
    assert.ok(job.due && rig.queued.has(job.id), 'something is due and queued');
    const [card] = rig.teams.standing(scene.conversation);
    assert.equal(card?.kind === 'export' && card.job.state.status, 'waiting');
  });

  it('that commits nothing queues nothing', async () => {
    const rig = rigged({ limits: { openPerUser: 0 } });
    const outcome = await rig.startExport(signedInScene(rig));
    await rig.settle();
    assert.deepEqual(outcome, { kind: 'limitReached', limit: 'openPerUser', max: 0 });
    assert.deepEqual([rig.queued.size, rig.teams.sent.length], [0, 0]);
  });

  it('of somebody who is not signed in waits, asks once, and starts by itself afterwards', async () => {
    const rig = rigged();
    const scene = someScene();
    const { exportId } = { exportId: idOf(await rig.startExport(scene)) };
    assert.equal((await rig.job(exportId)).state.status, 'waitingForSignIn', 'from the first commit on');
    await rig.run();
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      ['signIn'],
      'the question is the only message',
    );
    const outcome = await rig.exchangeSso({ ...scene, exchangeId: 'x', ssoToken: 't' });
    assert.equal(outcome, 'signedIn');
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(exportId)).state.status, 'waiting');
    assert.deepEqual([rig.graph.jobs.length, rig.teams.posts('signIn').length], [1, 1]);
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      ['export'],
    );
  });

  it('of somebody who is not signed in is kept together with the question', async () => {
    const rig = rigged();
    const scene = someScene();
    const startExport = createStartExport({
      ...rig,
      limits: { openPerUser: 9, dailyPerUser: 9, openPerTenant: 9 },
      chance: { random: () => 0, newId: randomUUID, newSecret: () => 's'.repeat(43) },
      // The process dies with the commit.
      act: () => undefined,
    });
    await startExport(scene);
    assert.ok(await rig.stores.signIns.outstanding(scene.requester, scene.conversation));
    assert.deepEqual(rig.teams.sent, []);
    await rig.run({ seconds: 60 });
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      ['signIn'],
    );
  });

  it('repeated in the same conversation moves the card down', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const first = await rig.startExport(scene);
    await rig.settle();
    const second = await rig.startExport(scene);
    assert.deepEqual([second.kind, idOf(second)], ['movedDown', idOf(first)]);
    await rig.run({ seconds: 20 });
    assert.deepEqual(
      rig.teams.standing(scene.conversation).map(({ kind }) => kind),
      ['exportMoved', 'export'],
    );
    assert.equal(rig.graph.jobs.length, 1);
  });

  it('delivered again, at once or when its export has ended, starts nothing and moves nothing', async () => {
    const rig = rigged();
    const wish = { ...signedInScene(rig), activityId: 'message-1' };
    const outcomes = await Promise.all([1, 2, 3].map(() => rig.startExport(wish)));
    await rig.run({ seconds: 20 });
    assert.equal(new Set(outcomes.map(idOf)).size, 1);
    assert.deepEqual(
      rig.teams.standing(wish.conversation).map(({ kind }) => kind),
      ['export'],
    );
    for (const { id } of rig.graph.jobs) rig.graph.change(id, { status: 'succeeded' });
    await rig.run({ seconds: 60 });
    assert.equal((await rig.job(idOf(outcomes[0] ?? { kind: '' }))).state.status, 'ready');
    await rig.startExport(wish);
    await rig.run({ seconds: 20 });
    assert.deepEqual([rig.graph.jobs.length, rig.teams.posts('export').length], [1, 1]);
    const asked = await rig.startExport({ ...wish, activityId: 'message-2' });
    assert.equal(asked.kind, 'started');
  });

  it('five times at once is one export, one Graph job and one live card', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => rig.startExport(scene)));
    assert.equal(new Set(outcomes.map(idOf)).size, 1);
    assert.equal(outcomes.filter(({ kind }) => kind === 'started').length, 1);
    await rig.run({ seconds: 60 });
    const cards = await rig.stores.cards.of({ kind: 'export', id: idOf(outcomes[0] ?? { kind: '' }) });
    assert.equal(cards.filter(({ mode }) => mode === 'live').length, 1);
    const standing = rig.teams.standing(scene.conversation);
    assert.equal(standing.filter(({ kind }) => kind === 'export').length, 1);
    assert.equal(rig.graph.calls.filter((call) => call === 'create').length, 1);
  });

  it('in another conversation gets a card of its own there', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const elsewhere = someConversation({ tenantId: scene.requester.tenantId });
    const first = await rig.startExport(scene);
    await rig.settle();
    const second = await rig.startExport({ ...scene, conversation: elsewhere });
    assert.deepEqual([second.kind, idOf(second)], ['followedHere', idOf(first)]);
    await rig.run({ seconds: 20 });
    for (const place of [scene.conversation, elsewhere]) {
      const [card] = rig.teams.standing(place);
      assert.equal(card?.kind === 'export' && card.job.state.status, 'waiting');
    }
  });

  it('of two people for the same view makes two exports of one Graph job', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const other = somebody({ tenantId: scene.requester.tenantId });
    rig.tokens.signIn(other);
    await rig.startExport(scene);
    await rig.settle();
    const second = await rig.startExport({ ...scene, requester: other });
    assert.equal(second.kind, 'started');
    await rig.run({ seconds: 20 });
    const joined = await rig.job(idOf(second));
    assert.deepEqual([joined.joined, joined.state], [true, { status: 'waiting', graphJobId: 'j!1' }]);
    assert.equal(rig.graph.jobs.length, 1);
  });
});

describeUseCase('a wish for a view that had an export', (rigged) => {
  it('goes on with a stopped one, under the same Graph job', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = idOf(await rig.startExport(scene));
    await rig.settle();
    await rig.ownExport.stop({ ...scene, exportId });
    await rig.run();
    assert.equal((await rig.job(exportId)).state.status, 'stopped');
    const again = await rig.startExport(scene);
    assert.deepEqual([again.kind, idOf(again)], ['resumed', exportId]);
    await rig.run({ seconds: 20 });
    assert.deepEqual((await rig.job(exportId)).state, { status: 'waiting', graphJobId: 'j!1' });
    assert.equal(rig.graph.jobs.length, 1);
  });

  it('starts a new one after a ready one', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const first = idOf(await rig.startExport(scene));
    await rig.settle();
    rig.graph.change('j!1', { status: 'succeeded' });
    await rig.run({ seconds: 20 });
    assert.equal((await rig.job(first)).state.status, 'ready');
    const again = await rig.startExport(scene);
    assert.equal(again.kind, 'started');
    await rig.run({ seconds: 20 });
    assert.notEqual(idOf(again), first);
    assert.deepEqual((await rig.job(idOf(again))).state, { status: 'waiting', graphJobId: 'j!2' });
  });

  it('finds the open one, also when a newer one has ended', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const createdAt = rig.clock.now();
    rig.pass(3600);
    await rig.startExport(scene);
    await rig.settle();
    rig.graph.change('j!1', { status: 'succeeded' });
    await rig.run({ seconds: 20 });
    rig.graph.jobs.push({ id: 'j!old', status: 'running', createdAt, target: scene.target });
    const followed = await rig.followGraphJob({ ...scene, graphJobId: 'j!old' });
    const again = await rig.startExport(scene);
    assert.deepEqual([again.kind, idOf(again)], ['movedDown', idOf(followed)]);
  });
});

describeUseCase('limits', (rigged) => {
  const targets = [1, 2, 3, 4].map(someTarget);

  it('count what one person has open, also at once', async () => {
    const rig = rigged({ limits: { openPerUser: 2 } });
    const scene = signedInScene(rig);
    const outcomes = await Promise.all(targets.map((target) => rig.startExport({ ...scene, target })));
    assert.equal(outcomes.filter(({ kind }) => kind === 'started').length, 2);
    assert.deepEqual(outcomes.at(-1), { kind: 'limitReached', limit: 'openPerUser', max: 2 });
    await rig.run({ seconds: 20 });
    assert.equal((await rig.startExport({ ...scene, target: targets[0] ?? scene.target })).kind, 'movedDown');
  });

  it('count what one person asked for within a day', async () => {
    const rig = rigged({ limits: { dailyPerUser: 2 } });
    const scene = signedInScene(rig);
    for (const target of targets.slice(0, 2)) {
      const exportId = idOf(await rig.startExport({ ...scene, target }));
      await rig.ownExport.stop({ ...scene, exportId });
    }
    assert.deepEqual(await rig.startExport(scene), { kind: 'limitReached', limit: 'dailyPerUser', max: 2 });
    rig.pass(24 * 3600 + 1);
    assert.equal((await rig.startExport(scene)).kind, 'started');
    await rig.settle();
  });

  it('count what one tenant has open', async () => {
    const rig = rigged({ limits: { openPerTenant: 2 } });
    const first = signedInScene(rig);
    const { tenantId } = first.requester;
    const kinds: string[] = [];
    for (const scene of [first, signedInScene(rig, { tenantId }), signedInScene(rig, { tenantId })])
      kinds.push((await rig.startExport(scene)).kind);
    assert.deepEqual(kinds, ['started', 'started', 'limitReached']);
    assert.equal((await rig.startExport(signedInScene(rig))).kind, 'started');
    await rig.settle();
  });
});
