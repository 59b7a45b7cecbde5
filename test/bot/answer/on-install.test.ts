import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { activityIn } from '../../support/bot/activities.ts';
import type { Place } from '../../support/bot/activities.ts';
import { startBotFloor } from '../../support/bot/bot-floor.ts';
import type { BotFloor } from '../../support/bot/bot-floor.ts';
import { startLoopbackChannel, sentTo } from '../../support/bot/loopback-channel.ts';
import type { LoopbackChannel } from '../../support/bot/loopback-channel.ts';

describe('bot/on-install', () => {
  let channel: LoopbackChannel;
  let floor: BotFloor;
  before(async () => {
    channel = await startLoopbackChannel();
    floor = await startBotFloor(channel);
  });
  after(async () => {
    await floor.stop();
    await channel.stop();
  });

  const at = (kind: NonNullable<Place['kind']> = 'personal') => ({
    serviceUrl: channel.serviceUrl,
    botId: floor.botId,
    tenantId: floor.tenantId,
    kind,
    conversationId: randomUUID(),
  });
  const install = (place: Place, action: string) => activityIn(place, { type: 'installationUpdate', action });
  const members = (place: Place, given: object) =>
    activityIn(place, { type: 'conversationUpdate', ...given });
  const bot = () => ({ id: `28:${floor.botId}` });
  const removals = (conversationId: string) =>
    floor.asked.filter(
      ({ useCase, given }) =>
        useCase === 'botRemoved' &&
        (given.conversation as { conversationId: string }).conversationId === conversationId,
    );
  const remembered = (conversationId: string) =>
    floor.asked.filter(
      ({ useCase, given }) => useCase === 'remember' && given.conversationId === conversationId,
    );

  for (const kind of ['personal', 'groupChat', 'channel'] as const) {
    it(`welcomes once in a ${kind} conversation, however often and in whatever form it is told`, async () => {
      const place = at(kind);
      for (const activity of [
        install(place, 'add'),
        install(place, 'add'),
        members(place, { membersAdded: [bot(), { id: '29:somebody' }] }),
      ])
        assert.equal((await floor.deliver(activity)).status, 200);
      const sent = sentTo(channel, place.conversationId);
      assert.equal(sent.length, 1);
      assert.match(String(sent[0]?.body.summary), /^Hello/);
      assert.equal(sent[0]?.body.entities, undefined);
    });
  }

  describe('who added the bot', () => {
    const welcomeOf = (place: { readonly conversationId: string }): string =>
      JSON.stringify(sentTo(channel, place.conversationId)[0]?.body);

    for (const kind of ['groupChat', 'channel'] as const)
      it(`is named in a ${kind}`, async () => {
        const place = at(kind);
        await floor.deliver(install(place, 'add'));
        assert.match(welcomeOf(place), /"Sample Person"[^]*added me here/);
      });

    it('is looked up where Teams gives no name, and left out where nobody knows it', async () => {
      const nameless = (place: Place) => {
        const activity = install(place, 'add');
        return { ...activity, from: { ...activity.from, name: undefined } };
      };
      const unknown = at('channel');
      await floor.deliver(nameless(unknown));
      assert.doesNotMatch(welcomeOf(unknown), /added me here/);
      assert.match(welcomeOf(unknown), /Mention me with/);
      const other = await startBotFloor(channel, { rosterName: 'Noor Sample' });
      const known = { ...at('channel'), botId: other.botId, tenantId: other.tenantId };
      await other.deliver(nameless(known));
      await other.stop();
      assert.match(welcomeOf(known), /"Noor Sample"[^]*added me here/);
    });
  });

  it('says nothing to an upgrade, nor when somebody else joins or leaves', async () => {
    const place = at('channel');
    await floor.deliver(install(place, 'add-upgrade'));
    await floor.deliver(install(place, 'remove-upgrade'));
    await floor.deliver(members(place, { membersAdded: [{ id: '29:somebody' }] }));
    await floor.deliver(members(place, { membersRemoved: [{ id: '29:somebody' }] }));
    assert.deepEqual(sentTo(channel, place.conversationId), []);
    assert.deepEqual(removals(place.conversationId), []);
  });

  it('forgets on removal, and remembers nothing of the farewell itself', async () => {
    const place = at();
    const farewell = install(place, 'remove');
    await floor.deliver(farewell);
    await floor.deliver(members(place, { membersRemoved: [bot()] }));
    const [first] = removals(place.conversationId);
    assert.equal((first?.given.requester as { userId: string }).userId, farewell.from.aadObjectId);
    assert.equal(removals(place.conversationId).length, 2);
    assert.deepEqual(remembered(place.conversationId), []);
  });

  describe('what becomes of a team', () => {
    const teamId = `19:${randomUUID()}@thread.tacv2`;
    const told = async (eventType: string) => {
      const place = { ...at('channel'), conversationId: teamId };
      const channelData = { eventType, team: { id: teamId }, channel: { id: '19:deleted@thread.tacv2' } };
      const already = floor.asked.length;
      assert.equal((await floor.deliver(members(place, { channelData }))).status, 200);
      return floor.asked.slice(already);
    };
    const namedBy = (asked: Awaited<ReturnType<typeof told>>, useCase: string) =>
      asked
        .filter((one) => one.useCase === useCase)
        .map(({ given }) => given as { conversation: { conversationId: string }; to?: string })
        .map(({ conversation: { conversationId }, to }) => ({ conversationId, to }));

    for (const event of ['teamDeleted', 'teamHardDeleted'])
      it(`is a farewell when it is ${event}`, async () => {
        const asked = await told(event);
        assert.deepEqual(namedBy(asked, 'botRemoved'), [{ conversationId: teamId, to: undefined }]);
        assert.deepEqual(
          asked.filter(({ useCase }) => useCase === 'remember'),
          [],
        );
      });

    it('is a farewell to a channel that was deleted, and to none other', async () => {
      const deleted = { conversationId: '19:deleted@thread.tacv2', to: undefined };
      assert.deepEqual(namedBy(await told('channelDeleted'), 'botRemoved'), [deleted]);
    });

    it('is followed when it is archived and active again', async () => {
      for (const [event, to] of [
        ['teamArchived', 'archived'],
        ['teamUnarchived', 'active'],
      ] as const) {
        const asked = await told(event);
        assert.deepEqual(namedBy(asked, 'followTeam'), [{ conversationId: teamId, to }]);
        assert.deepEqual(namedBy(asked, 'botRemoved'), []);
      }
    });

    it('is nothing to the bot when a channel is renamed', async () => {
      const asked = await told('channelRenamed');
      assert.deepEqual([...namedBy(asked, 'botRemoved'), ...namedBy(asked, 'followTeam')], []);
    });
  });

  it('understands an event without an author', async () => {
    const place = at('channel');
    await floor.deliver({ ...install(place, 'add'), from: { id: '29:team' } });
    assert.equal(sentTo(channel, place.conversationId).length, 1);
    await floor.deliver({ ...install(place, 'remove'), from: undefined });
    assert.equal(removals(place.conversationId)[0]?.given.requester, undefined);
  });
});
