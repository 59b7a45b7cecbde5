import assert from 'node:assert/strict';
import { createPurgeExpired } from '../../../src/adapters/store/deletion.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';
import { someConversation, somebody } from '../../support/samples/sample-exports.ts';
import {
  hour,
  mondays,
  outcomeOf,
  passTo,
  readAtGraph,
  runNext,
  scheduled,
} from '../../support/rig/scheduled.ts';
import { describeUseCase, signedInScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const risky = '1,Rise,Objective,10,At Risk';

describeUseCase('a subscription', (rigged, database) => {
  const sceneIn = (rig: Rig, kind: 'groupChat' | 'channel' = 'channel'): Scene => {
    const scene = signedInScene(rig, { name: 'Ada Sandfield' });
    const conversationId = `19:${scene.requester.userId}@thread.tacv2;messageid=1`;
    const there = { tenantId: scene.requester.tenantId, conversationId, kind };
    return { ...scene, conversation: someConversation(there) };
  };
  const member = ({ requester: { tenantId } }: Scene) => somebody({ tenantId, name: 'Benno Quarz' });
  const chatOf = ({ requester, conversation }: Scene): Conversation => ({
    ...conversation,
    kind: 'personal',
    conversationId: `a:${requester.userId}`,
  });
  const ask = async (rig: Rig, scene: Scene) => {
    const what = { target: scene.target };
    const outcome = await rig.schedules.setUp({ ...scene, what, timing: mondays(), zone: 'UTC' });
    assert.ok(outcome.kind === 'askConsent', outcome.kind);
    return outcome.listed.schedule.id;
  };
  const noticesIn = (rig: Rig, conversation: Conversation) =>
    rig.teams
      .standing(conversation)
      .flatMap((message) => (message.kind === 'scheduleNotice' ? [message.notice] : []));
  const summariesIn = (rig: Rig, { conversation }: Scene) =>
    rig.teams.standing(conversation).filter(({ kind }) => kind === 'sharedSummary');
  const stateOf = async (rig: Rig, id: string) => (await rig.stores.schedules.load(id))?.state;

  it('does nothing before its owner has said yes, and nobody else can', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const scheduleId = await ask(rig, scene);
    const others = [
      { ...scene, requester: member(scene) },
      { ...scene, conversation: someConversation({ tenantId: scene.requester.tenantId, kind: 'channel' }) },
      { ...scene, requester: { ...scene.requester, tenantId: 'another' } },
    ];
    for (const other of others) {
      assert.equal((await rig.subscriptions.accept({ ...other, scheduleId })).kind, 'notFound');
      assert.equal((await rig.subscriptions.decline({ ...other, scheduleId })).kind, 'notFound');
    }
    assert.deepEqual(await rig.schedules.listHere(scene), []);
    assert.deepEqual(await rig.schedules.list(scene), []);
    await rig.run({ seconds: 2 * hour });
    assert.deepEqual([rig.graph.jobs.length, rig.teams.sent.length], [0, 0]);
    assert.equal((await stateOf(rig, scheduleId))?.kind, 'offered');
  });

  it('is set up by one yes, however often it is said, and everybody there is told once', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const scheduleId = await ask(rig, scene);
    const said = await Promise.all(
      Array.from({ length: 5 }, () => rig.subscriptions.accept({ ...scene, scheduleId })),
    );
    assert.deepEqual(new Set(said.map(({ kind }) => kind)), new Set(['accepted']));
    await rig.settle();
    assert.deepEqual(noticesIn(rig, scene.conversation), [{ what: 'setUp' }]);
    assert.deepEqual(noticesIn(rig, chatOf(scene)), [], 'its owner has read the answer');
    assert.equal((await rig.schedules.listHere(scene)).length, 1);
    await runNext(rig, scene, risky);
    assert.equal(summariesIn(rig, scene).length, 1);
    assert.equal(rig.teams.posts('export').length, 0, 'neither a card of the export, nor its file');
    assert.equal(rig.teams.posts('notice').length, 0);
  });

  it('that was declined is over, and one that nobody answers is forgotten after a day', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const declined = await ask(rig, scene);
    assert.equal((await rig.subscriptions.decline({ ...scene, scheduleId: declined })).kind, 'declined');
    assert.equal((await rig.subscriptions.accept({ ...scene, scheduleId: declined })).kind, 'over');
    const left = await ask(rig, scene);
    const purge = createPurgeExpired(database().db, 90);
    await purge(new Date(rig.clock.now().getTime() + 23 * hour * 1000));
    assert.ok(await stateOf(rig, left));
    await purge(new Date(rig.clock.now().getTime() + 25 * hour * 1000));
    assert.equal(await stateOf(rig, left), undefined);
  });

  it('posts nothing once its owner has left, ends, and tells both once', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const { id } = await scheduled(rig, scene);
    rig.teams.standings.set(scene.requester.userId, 'gone');
    await runNext(rig, scene, risky);
    assert.deepEqual(summariesIn(rig, scene), []);
    const state = await stateOf(rig, id);
    assert.equal(state?.kind === 'ended' && state.why, 'ownerLeft');
    const ended = { what: 'ended', why: 'ownerLeft' };
    assert.deepEqual(noticesIn(rig, scene.conversation), [{ what: 'setUp' }, ended]);
    assert.deepEqual(noticesIn(rig, chatOf(scene)), [ended]);
  });

  it('waits while Teams does not say whether its owner is there', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const { id } = await scheduled(rig, scene);
    rig.teams.standings.set(scene.requester.userId, 'unknown');
    await runNext(rig, scene, risky);
    assert.deepEqual(summariesIn(rig, scene), []);
    assert.equal(await outcomeOf(rig, id), 'underWay');
    rig.teams.standings.delete(scene.requester.userId);
    await rig.run({ seconds: 120 });
    assert.equal(summariesIn(rig, scene).length, 1);
    assert.equal(await outcomeOf(rig, id), 'posted');
  });

  it('ends as Teams tells that its owner has left, by either of their ids; not for anybody else', async () => {
    const rig = rigged();
    for (const named of [true, false]) {
      const scene = sceneIn(rig);
      const { id } = await scheduled(rig, scene);
      const { conversation, requester } = scene;
      const { userId, channelUserId } = requester;
      await rig.subscriptions.left({ conversation, who: [{ channelUserId: '29:another' }] });
      await rig.subscriptions.left({ conversation, who: [{ channelUserId }] });
      assert.equal((await stateOf(rig, id))?.kind, 'active', 'the roster still has them');
      rig.teams.standings.set(userId, 'gone');
      const team = { ...conversation, conversationId: '19:general@thread.tacv2' };
      await rig.subscriptions.left(
        named
          ? { conversation: team, who: [{ channelUserId, userId }] }
          : { conversation, who: [{ channelUserId }] },
      );
      assert.equal((await stateOf(rig, id))?.kind, 'ended', String(named));
    }
  });

  it('tells its owner of a member who asks for a pause, once a day for each', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const { id: scheduleId } = await scheduled(rig, scene);
    const [one, another] = [member(scene), member(scene)];
    const askPause = async (requester: Scene['requester']) =>
      (await rig.subscriptions.askPause({ ...scene, requester, scheduleId })).kind;
    assert.equal(await askPause(one), 'asked');
    assert.equal(await askPause(one), 'askedAlready');
    assert.equal(await askPause(another), 'asked');
    await rig.settle();
    const asked = { what: 'pauseAsked', by: 'Benno Quarz' };
    assert.deepEqual(noticesIn(rig, chatOf(scene)), [asked, asked]);
    assert.deepEqual(noticesIn(rig, scene.conversation), [{ what: 'setUp' }]);
    rig.pass(24 * hour);
    assert.equal(await askPause(one), 'asked');
    await rig.schedules.change({ requester: scene.requester, which: { scheduleId }, to: 'pause' });
    assert.equal(await askPause(another), 'isPaused');
    await rig.settle();
    assert.ok(noticesIn(rig, scene.conversation).some(({ what }) => what === 'paused'));
  });

  it('is ended by its owner and by an owner of the team, in a channel; by no member', async () => {
    const rig = rigged();
    for (const kind of ['channel', 'groupChat'] as const) {
      const scene = sceneIn(rig, kind);
      const { id: scheduleId } = await scheduled(rig, scene);
      const boss = member(scene);
      rig.teams.standings.set(boss.userId, 'owner');
      const end = async (requester: Scene['requester']) =>
        (await rig.subscriptions.end({ ...scene, requester, scheduleId })).kind;
      const about = await rig.subscriptions.about({ ...scene, requester: boss, scheduleId });
      assert.equal(about.kind === 'about' && about.standing, kind === 'channel' ? 'teamOwner' : 'member');
      assert.equal(await end(member(scene)), 'notAllowed');
      assert.equal(await end(boss), kind === 'channel' ? 'ended' : 'notAllowed');
      if (kind === 'groupChat') assert.equal(await end(scene.requester), 'ended');
      assert.equal(await end(scene.requester), 'notFound');
      await rig.settle();
      const why = kind === 'channel' ? 'teamOwner' : 'person';
      assert.deepEqual(noticesIn(rig, scene.conversation).at(-1), { what: 'ended', why });
    }
  });

  it('ends with its owner’s access, their sign-in and their data, and whoever sees it is told', async () => {
    const rig = rigged();
    const [noAccess, signedOut, forgotten] = [sceneIn(rig), sceneIn(rig), sceneIn(rig)];
    const refused = await scheduled(rig, noAccess);
    rig.graph.script.create.push(() => ({ kind: 'refused', reason: 'noAccess' }));
    await passTo(rig, new Date('2026-03-02T10:02Z'));
    assert.deepEqual((await stateOf(rig, refused.id))?.kind, 'ended');
    assert.deepEqual(noticesIn(rig, noAccess.conversation).at(-1), { what: 'ended', why: 'noAccess' });
    await scheduled(rig, signedOut);
    await rig.signOut(signedOut);
    await rig.run({ seconds: 5 });
    assert.deepEqual(noticesIn(rig, signedOut.conversation).at(-1), { what: 'ended', why: 'signedOut' });
    assert.deepEqual(noticesIn(rig, chatOf(signedOut)).at(-1), { what: 'ended', why: 'signedOut' });
    await scheduled(rig, forgotten);
    await rig.deleteMyData.confirm(forgotten);
    await rig.run({ seconds: 5 });
    const kinds = rig.teams.standing(forgotten.conversation).map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'subscriptionOver').length, 1);
    assert.deepEqual(await rig.schedules.listHere(forgotten), []);
  });

  it('is not posted when it ends between its run and its post', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const { id: scheduleId } = await scheduled(rig, scene);
    await rig.settle();
    rig.teams.script.post.push(() => ({ kind: 'busy', retryAfter: 300 }));
    await passTo(rig, new Date('2026-03-02T10:00:01Z'));
    await readAtGraph(rig, scene, risky);
    assert.equal(rig.teams.script.post.length, 0, 'it was on its way');
    await rig.subscriptions.end({ ...scene, scheduleId });
    await rig.run({ seconds: 600 });
    assert.deepEqual(summariesIn(rig, scene), []);
  });

  it('exports the same for whoever sees it, as themselves, and for nobody elsewhere', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const { id: scheduleId } = await scheduled(rig, scene);
    const requester = member(scene);
    const elsewhere = someConversation({ tenantId: requester.tenantId, kind: 'channel' });
    const wish = { ...scene, requester, scheduleId };
    assert.equal(
      (await rig.subscriptions.exportForMe({ ...wish, conversation: elsewhere })).kind,
      'notFound',
    );
    assert.equal((await rig.subscriptions.exportForMe(wish)).kind, 'started');
    const [job] = await rig.jobsOf(requester);
    assert.deepEqual(job?.target, scene.target);
  });
});
