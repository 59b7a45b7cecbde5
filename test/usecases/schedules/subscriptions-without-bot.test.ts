import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/ports/conversation.ts';
import { someConversation } from '../../support/samples/sample-exports.ts';
import { hour, outcomeOf, passTo, runNext, scheduled } from '../../support/rig/scheduled.ts';
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
});
