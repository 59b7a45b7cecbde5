import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/ports/conversation.ts';
import { somebody, someConversation } from '../../support/samples/sample-exports.ts';
import { hour, mondays, outcomeOf, passTo, runNext, scheduled } from '../../support/rig/scheduled.ts';
import { describeUseCase, signedInScene, type Scene } from '../../support/rig/use-case-suite.ts';
import type { Rig } from '../../support/rig/use-case-rig.ts';

const risky = '1,Rise,Objective,10,At Risk';

describeUseCase('a subscription where the bot is no longer', (rigged) => {
  const sceneIn = (rig: Rig): Scene => {
    const scene = signedInScene(rig, { name: 'Ada Sandfield' });
    const conversationId = `19:${scene.requester.userId}@thread.tacv2;messageid=1`;
    const { tenantId } = scene.requester;
    return { ...scene, conversation: someConversation({ tenantId, conversationId, kind: 'channel' }) };
  };
  const chatOf = ({ requester, conversation }: Scene): Conversation => ({
    ...conversation,
    kind: 'personal',
    conversationId: `a:${requester.userId}`,
  });
  const noticesIn = (rig: Rig, conversation: Conversation) =>
    messagesIn(rig, conversation).flatMap((message) =>
      message.kind === 'scheduleNotice' ? [message.notice] : [],
    );
  const messagesIn = (rig: Rig, conversation: Conversation) => rig.teams.standing(conversation);
  const stateOf = async (rig: Rig, id: string) => (await rig.stores.schedules.load(id))?.state;

  it('fails after a day in which Teams does not say so, as where the bot is no longer', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const { id } = await scheduled(rig, scene);
    rig.teams.standings.set(scene.requester.userId, 'unknown');
    await runNext(rig, scene, risky);
    await passTo(rig, new Date(rig.clock.now().getTime() + 25 * hour * 1000));
    assert.equal(await outcomeOf(rig, id), 'failed');
    assert.deepEqual(
      messagesIn(rig, scene.conversation).filter(({ kind }) => kind === 'sharedSummary'),
      [],
    );
  });

  it('ends where the bot was removed, and tells its owner alone, once', async () => {
    const rig = rigged();
    const scene = sceneIn(rig);
    const { id } = await scheduled(rig, scene);
    await rig.botRemoved(scene);
    await rig.botRemoved(scene);
    await rig.run({ seconds: 20 });
    const ended = { what: 'ended', why: 'botRemoved' } as const;
    const state = await stateOf(rig, id);
    assert.ok(state?.kind === 'ended' && state.why === 'botRemoved');
    assert.deepEqual(noticesIn(rig, chatOf(scene)), [ended]);
    assert.deepEqual(noticesIn(rig, scene.conversation), [{ what: 'setUp' }]);
  });

  /** Of one person, in two channels of a team, its first and another, and in a channel of another team. */
  const inTeams = async (rig: Rig) => {
    const scene = sceneIn(rig);
    const [teamId, otherTeam] = [`19:${scene.requester.userId}@thread.tacv2`, '19:other@thread.tacv2'];
    const inChannel = (channel: string, team: string): Scene => ({
      ...scene,
      conversation: { ...scene.conversation, conversationId: `${channel};messageid=1`, teamId: team },
    });
    const places = {
      first: inChannel(teamId, teamId),
      second: inChannel('19:second@thread.tacv2', teamId),
      elsewhere: inChannel(otherTeam, otherTeam),
    };
    const ids = {
      first: (await scheduled(rig, places.first)).id,
      second: (await scheduled(rig, places.second)).id,
      elsewhere: (await scheduled(rig, places.elsewhere)).id,
    };
    const kinds = async () => [
      (await stateOf(rig, ids.first))?.kind,
      (await stateOf(rig, ids.second))?.kind,
      (await stateOf(rig, ids.elsewhere))?.kind,
    ];
    return { scene, places, kinds };
  };

  it('ends in all channels of a team that the bot was removed from, and in one alone where it was only that', async () => {
    const rig = rigged();
    const { scene, places, kinds } = await inTeams(rig);
    await rig.botRemoved(places.elsewhere);
    await rig.botRemoved(places.second);
    assert.deepEqual(await kinds(), ['active', 'ended', 'ended']);
    await rig.botRemoved(places.first);
    assert.deepEqual(await kinds(), ['ended', 'ended', 'ended']);
    await rig.run({ seconds: 20 });
    assert.equal(noticesIn(rig, chatOf(scene)).length, 3);

    const again = await inTeams(rig);
    await rig.botRemoved(again.places.first);
    await rig.botRemoved(again.places.first);
    assert.deepEqual(await again.kinds(), ['ended', 'ended', 'active']);
    await rig.run({ seconds: 20 });
    assert.equal(noticesIn(rig, chatOf(again.scene)).length, 2);
  });

  it('is paused while its team is archived, which its owner alone is told, and goes on by itself', async () => {
    const rig = rigged();
    const { scene, places, kinds } = await inTeams(rig);
    for (let time = 0; time < 2; time += 1)
      await rig.followTeam({ conversation: places.first.conversation, to: 'archived' });
    assert.deepEqual(await kinds(), ['paused', 'paused', 'active']);
    await rig.run({ seconds: 20 });
    const paused = { what: 'paused', why: 'archived' } as const;
    assert.deepEqual(noticesIn(rig, chatOf(scene)), [paused, paused]);
    assert.deepEqual(noticesIn(rig, places.second.conversation), [{ what: 'setUp' }]);
    await rig.followTeam({ conversation: places.first.conversation, to: 'active' });
    assert.deepEqual(await kinds(), ['active', 'active', 'active']);
  });

  it('stays paused by its owner when its team is archived and comes back', async () => {
    const rig = rigged();
    const { scene, places, kinds } = await inTeams(rig);
    for (const { schedule } of await rig.schedules.list(scene))
      await rig.schedules.change({ ...scene, which: { scheduleId: schedule.id }, to: 'pause' });
    for (const to of ['archived', 'active'] as const)
      await rig.followTeam({ conversation: places.first.conversation, to });
    assert.deepEqual(await kinds(), ['paused', 'paused', 'paused']);
  });
});

describeUseCase('the question whether to subscribe', (rigged) => {
  it('goes once its owner has answered, and for nobody else', async () => {
    const rig = rigged();
    for (const answer of ['accept', 'decline'] as const) {
      const scene = signedInScene(rig);
      const { tenantId } = scene.requester;
      const conversation = someConversation({ tenantId, kind: 'channel' });
      const what = { target: scene.target };
      const asked = await rig.schedules.setUp({
        ...scene,
        conversation,
        what,
        timing: mondays(),
        zone: 'UTC',
      });
      assert.ok(asked.kind === 'askConsent');
      const question = await rig.teams.post(conversation, { kind: 'exportForgotten' });
      const questionId = question.kind === 'sent' ? question.activityId : undefined;
      assert.ok(questionId);
      const isThere = () => rig.teams.standing(conversation).some(({ kind }) => kind === 'exportForgotten');
      const wish = { ...scene, conversation, scheduleId: asked.listed.schedule.id, questionId };
      await rig.subscriptions[answer]({ ...wish, requester: somebody({ tenantId }) });
      await rig.settle();
      assert.equal(isThere(), true, answer);
      await rig.subscriptions[answer](wish);
      await rig.settle();
      assert.equal(isThere(), false, answer);
    }
  });
});
