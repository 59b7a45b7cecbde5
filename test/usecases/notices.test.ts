import assert from 'node:assert/strict';
import { present } from '../../src/domain/present.ts';
import { describeUseCase, signedInScene, succeedAtGraph, type Scene } from '../support/use-case-suite.ts';
import type { Rig } from '../support/use-case-rig.ts';

async function started(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  return outcome.exportId;
}

const told = (rig: Rig) => rig.teams.posts('notice').map(({ job }) => job.state.status);

const notices = (rig: Rig, { conversation }: Scene) =>
  rig.teams.standing(conversation).filter((message) => message.kind === 'notice');

/** What the messages beside the cards say now. */
const standing = (rig: Rig, scene: Scene) => notices(rig, scene).map(({ job }) => job.state.status);

/** An export whose job at Graph succeeds so many seconds after the paste, and is looked at just then. */
async function endedAfter(
  rig: Rig,
  scene: Scene,
  seconds: number,
  meanwhile = () => Promise.resolve(rig.pass(seconds)),
  expiresAt?: Date,
): Promise<void> {
  const begun = rig.clock.now().getTime();
  const exportId = await started(rig, scene);
  await rig.settle();
  await meanwhile();
  rig.pass(seconds - (rig.clock.now().getTime() - begun) / 1000);
  for (const { id } of rig.graph.jobsOf(scene.view))
    rig.graph.change(id, { status: 'succeeded', ...present({ expiresAt }) });
  await rig.engine.followUp(exportId);
  await rig.settle();
  assert.equal((await rig.job(exportId)).state.status, 'ready');
}

function failAtGraph(rig: Rig, { view }: Scene): void {
  for (const { id } of rig.graph.jobsOf(view)) rig.graph.change(id, { status: 'failed' });
}

/** An export that has failed long after the paste, and a message that says so. */
async function failedLate(rig: Rig, scene: Scene): Promise<string> {
  const exportId = await started(rig, scene);
  await rig.run({ seconds: 60 });
  failAtGraph(rig, scene);
  await rig.run({ seconds: 60 });
  return exportId;
}

describeUseCase('notices', (rigged) => {
  it('C6 come later, and once, when the conversation has had as many messages as Teams takes', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await started(rig, scene);
    await rig.run({ seconds: 20 });
    rig.teams.script.post.push(
      () => ({ kind: 'busy', retryAfter: 20 }),
      () => ({ kind: 'busy' }),
    );
    rig.graph.change('j!1', { status: 'succeeded' });
    await rig.run({ seconds: 600 });
    assert.equal(rig.teams.script.post.length, 0);
    assert.equal(rig.teams.posts('notice').length, 1);
  });

  it('come once, after the card, also when many want to tell', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    await rig.run({ seconds: 20 });
    rig.graph.change('j!1', { status: 'succeeded' });
    await rig.run({ seconds: 20 });
    await Promise.all(Array.from({ length: 20 }, () => rig.engine.bringUpToDate(exportId)));
    assert.deepEqual(told(rig), ['ready']);
    const readyCard = rig.teams.sent.findIndex(
      ({ message }) => message.kind === 'export' && message.job.state.status === 'ready',
    );
    const notice = rig.teams.sent.findIndex(({ message }) => message.kind === 'notice');
    assert.ok(readyCard >= 0 && readyCard < notice);
  });

  it('wait for the card, whoever shows it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    await rig.settle();
    const [begun, allowed] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    rig.teams.script.update.push(async (send) => {
      begun.resolve(undefined);
      await allowed.promise;
      return send();
    });
    rig.graph.change('j!1', { status: 'succeeded' });
    rig.pass(60);
    const showing = rig.engine.followUp(exportId);
    await begun.promise;
    await rig.anotherProcess().engine.bringUpToDate(exportId);
    assert.equal(rig.teams.posts('notice').length, 0);
    allowed.resolve(undefined);
    await showing;
    assert.equal(rig.teams.posts('notice').length, 1);
  });

  it('wait for a card that Teams would not take just then', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await started(rig, scene);
    await rig.run({ seconds: 20 });
    rig.graph.change('j!1', { status: 'succeeded' });
    rig.teams.script.update.push(() => ({ kind: 'busy', retryAfter: 40 }));
    await rig.run({ seconds: 30 });
    assert.equal(rig.teams.posts('notice').length, 0);
    await rig.run({ seconds: 60 });
    assert.deepEqual(
      rig.teams.sent.slice(-2).map(({ message }) => message.kind),
      ['export', 'notice'],
    );
  });

  it('are not posted when the export ends within ten seconds of its person’s message: the card says it', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await endedAfter(rig, scene, 9);
    assert.equal(rig.teams.posts('notice').length, 0);
    const other = signedInScene(rig);
    await endedAfter(rig, other, 10);
    assert.deepEqual(told(rig), ['ready']);
    assert.equal(rig.teams.standing(scene.conversation).length, 1);
    assert.equal(rig.teams.standing(other.conversation).length, 2);
  });

  it('are not posted to somebody who has just pasted the link once more', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await endedAfter(rig, scene, 600, async () => {
      rig.pass(595);
      await started(rig, scene);
      await rig.settle();
    });
    assert.deepEqual(told(rig), []);
  });

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

  it('offer no file that has expired', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await endedAfter(rig, scene, 60, undefined, new Date(rig.clock.now().getTime() + 3600_000));
    assert.deepEqual(standing(rig, scene), ['ready']);
    await rig.run({ seconds: 3700 });
    assert.deepEqual(standing(rig, scene), ['expired']);
    assert.equal(rig.teams.posts('notice').length, 1);
  });

  it('say that they are over where Teams takes nothing away, and are tried again where it is busy', async () => {
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
    assert.deepEqual(
      rig.teams
        .standing(scene.conversation)
        .map(({ kind }) => kind)
        .sort(),
      ['export', 'notice', 'noticeOver'],
    );
    assert.deepEqual(standing(rig, scene), ['ready']);
    assert.equal((await rig.stores.notices.standing(exportId)).length, 1, 'the other is seen to');
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

  it('are told in groups and channels of a sign-in, too: the prompt mentions nobody there', async () => {
    const rig = rigged();
    for (const [kind, expected] of [
      ['groupChat', ['waitingForSignIn']],
      ['personal', []],
    ] as const) {
      const scene = { ...signedInScene(rig) };
      const here = { ...scene, conversation: { ...scene.conversation, kind } };
      const before = told(rig).length;
      await started(rig, here);
      await rig.run({ seconds: 20 });
      rig.tokens.signOut(scene.requester);
      await rig.run({ seconds: 60 });
      assert.deepEqual(told(rig).slice(before), expected, kind);
    }
  });

  it('are none for somebody who has just signed out', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await started(rig, scene);
    await rig.settle();
    assert.deepEqual(await rig.signOut(scene), { waiting: 1, hadTokens: true });
    await rig.run({ seconds: 60 });
    const { state } = await rig.job(exportId);
    assert.ok(state.status === 'waitingForSignIn' && state.quiet);
    assert.deepEqual([rig.teams.posts('notice').length, rig.teams.posts('signIn').length], [0, 0]);
    const other = signedInScene(rig);
    await started(rig, other);
    await rig.settle();
    rig.tokens.signOut(other.requester);
    await rig.run({ seconds: 60 });
    assert.equal(rig.teams.posts('signIn').length, 1);
  });
});
