// Messages beside cards: when they come, and that they come once.
import assert from 'node:assert/strict';
import { endedAfter, told } from '../support/rig/ended-exports.ts';
import { describeUseCase, signedInScene, startedExport } from '../support/rig/use-case-suite.ts';

describeUseCase('notices', (rigged) => {
  it('C6 come later, and once, when the conversation has had as many messages as Teams takes', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    await startedExport(rig, scene);
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
    const exportId = await startedExport(rig, scene);
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
    const exportId = await startedExport(rig, scene);
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
    await startedExport(rig, scene);
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
      await startedExport(rig, scene);
      await rig.settle();
    });
    assert.deepEqual(told(rig), []);
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
      await startedExport(rig, here);
      await rig.run({ seconds: 20 });
      rig.tokens.signOut(scene.requester);
      await rig.run({ seconds: 60 });
      assert.deepEqual(told(rig).slice(before), expected, kind);
    }
  });

  it('are none for somebody who has just signed out', async () => {
    const rig = rigged();
    const scene = signedInScene(rig);
    const exportId = await startedExport(rig, scene);
    await rig.settle();
    assert.deepEqual(await rig.signOut(scene), { waiting: 1, hadTokens: true });
    await rig.run({ seconds: 60 });
    const { state } = await rig.job(exportId);
    assert.ok(state.status === 'waitingForSignIn' && state.quiet);
    assert.deepEqual([rig.teams.posts('notice').length, rig.teams.posts('signIn').length], [0, 0]);
    const other = signedInScene(rig);
    await startedExport(rig, other);
    await rig.settle();
    rig.tokens.signOut(other.requester);
    await rig.run({ seconds: 60 });
    assert.equal(rig.teams.posts('signIn').length, 1);
  });
});
