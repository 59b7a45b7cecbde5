import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { activityIn, executeIn, messageIn, view } from '../support/bot/activities.ts';
import { useBotFloor } from '../support/bot/bot-suite.ts';
import type { Place } from '../support/bot/activities.ts';
import { wordsTo } from '../support/bot/loopback-channel.ts';

describe('bot/bot', () => {
  const { channel, floor, start } = useBotFloor();

  const at = (given: Partial<Place> = {}) => ({
    serviceUrl: channel().serviceUrl,
    botId: floor().botId,
    tenantId: floor().tenantId,
    conversationId: randomUUID(),
    ...given,
  });
  const link = view(randomUUID(), randomUUID());
  const asked = (name: string) => floor().asked.filter(({ useCase }) => useCase === name);
  const signIn = { id: 'exchange-1', connectionName: 'goals-graph', token: 'sso-token' };

  const assertTurnedAway = async (place: ReturnType<typeof at>): Promise<void> => {
    await floor().deliver(messageIn(place, link));
    const said = String(wordsTo(channel(), place.conversationId));
    assert.match(said, /^This bot is not set up for your organisation/);
    assert.deepEqual(floor().asked, []);
  };

  it('C10 answers an activity once, and the same id in another conversation again', async () => {
    const message = messageIn(at(), 'what is this?');
    await Promise.all([floor().deliver(message), floor().deliver(message)]);
    await floor().deliver(message);
    assert.equal(wordsTo(channel(), message.conversation.id).length, 1);
    const elsewhere = messageIn(at(), 'what is this?');
    await floor().deliver({ ...elsewhere, id: message.id });
    assert.equal(wordsTo(channel(), elsewhere.conversation.id).length, 1);
  });

  it('C10 hands every delivery of a link to the use case, which knows whether an earlier one was committed', async () => {
    const message = messageIn(at(), link);
    await floor().deliver(message);
    await floor().deliver(message);
    assert.deepEqual(
      asked('startExport').map(({ given }) => given.activityId),
      [message.id, message.id],
    );
  });

  it('C9 remembers the conversation with its newest service URL', async () => {
    const place = at();
    const moved = { ...place, serviceUrl: `${channel().serviceUrl}moved/` };
    await floor().deliver(messageIn(place, 'hi'));
    await floor().deliver(messageIn(moved, 'hi'));
    assert.deepEqual(
      asked('remember').map(({ given }) => given.serviceUrl),
      [place.serviceUrl, moved.serviceUrl],
    );
  });

  it('writes nothing of a conversation that is stored as it is, but where a card is to follow', async () => {
    const { inbound, conversations } = floor().stores;
    const written: string[] = [];
    const claim: typeof inbound.claim = async (...given) => {
      const claimed = await inbound.claim(...given);
      return claimed.kind === 'claimed' ? { ...claimed, isRemembered: true } : claimed;
    };
    const answered = () => Promise.resolve({ isRemembered: true });
    const remember: typeof conversations.remember = ({ conversationId }) => {
      written.push(conversationId);
      return Promise.resolve('open');
    };
    await start({
      stores: { inbound: { ...inbound, claim, answered }, conversations: { ...conversations, remember } },
    });
    await floor().deliver(messageIn(at(), 'hi'));
    assert.deepEqual(written, []);
    const place = at();
    await floor().deliver(messageIn(place, link));
    await floor().deliver(executeIn(place, { verb: 'list' }));
    assert.deepEqual(written, [place.conversationId, place.conversationId]);
  });

  it('answers nothing to what needs no answer', async () => {
    const place = at();
    for (const type of ['typing', 'messageReaction', 'event', 'endOfConversation', 'somethingNew']) {
      const { status, text } = await floor().deliver(activityIn(place, { type }));
      assert.deepEqual([status, text], [200, '']);
    }
    assert.deepEqual(wordsTo(channel(), place.conversationId), []);
  });

  describe('E7 a tenant that is not allowed', () => {
    it('gets one short answer to a message, and nothing is stored', async () => {
      const place = at({ tenantId: randomUUID() });
      await assertTurnedAway(place);
    });

    it('is one that the channel data names, too', async () => {
      const place = at();
      await floor().deliver(messageIn(place, link, { channelData: { tenant: { id: randomUUID() } } }));
      assert.deepEqual(floor().asked, []);
    });

    it('gets no sign-in, no button and no welcome', async () => {
      const place = at({ tenantId: randomUUID() });
      const invoke = (name: string, value: object) => activityIn(place, { type: 'invoke', name, value });
      const pressed = await floor().deliver(executeIn(place, { verb: 'list' }));
      assert.match(pressed.text, /not set up for your organisation/);
      assert.equal((await floor().deliver(invoke('signin/tokenExchange', signIn))).status, 412);
      assert.equal((await floor().deliver(invoke('signin/verifyState', { state: 'x' }))).status, 404);
      assert.equal(
        (await floor().deliver(activityIn(place, { type: 'installationUpdate', action: 'add' }))).status,
        200,
      );
      assert.deepEqual(floor().asked, []);
      assert.deepEqual(wordsTo(channel(), place.conversationId), []);
    });
  });

  describe('E7 a tenant that Entra ID does not know', () => {
    beforeEach(() => start({ isKnownTenant: (tenantId) => Promise.resolve(tenantId !== floor().tenantId) }));

    it('gets the same answer to a message, and nothing is stored', async () => {
      const place = at();
      await assertTurnedAway(place);
    });

    it('gets no sign-in and no button', async () => {
      const place = at();
      const exchange = { type: 'invoke', name: 'signin/tokenExchange', value: signIn };
      assert.equal((await floor().deliver(activityIn(place, exchange))).status, 412);
      const pressed = await floor().deliver(executeIn(place, { verb: 'list' }));
      assert.match(pressed.text, /not set up for your organisation/);
      assert.deepEqual(floor().asked, []);
    });
  });

  it('tells a sender whom Teams does not name that it cannot act for them', async () => {
    const from = { id: '28:another-bot', name: 'Another bot' };
    const place = at();
    await floor().deliver(messageIn(place, link, { from }));
    assert.match(String(wordsTo(channel(), place.conversationId)), /didn’t tell me who you are/);
    assert.match((await floor().deliver(executeIn(place, { verb: 'list' }, { from }))).text, /who you are/);
    assert.deepEqual(asked('startExport'), []);
    assert.deepEqual(asked('listExports'), []);
  });

  describe('acts for the sender of the activity, whatever else it says', () => {
    const victim = { tenantId: randomUUID(), userId: randomUUID() };
    const claims = {
      aadObjectId: victim.userId,
      userId: victim.userId,
      oid: victim.userId,
      tenantId: victim.tenantId,
      requester: victim,
      from: { id: '29:victim', aadObjectId: victim.userId },
    };
    const recorded: readonly (readonly [string, (place: Place) => Record<string, unknown>])[] = [
      ['a button', (place) => executeIn(place, { verb: 'stop', exportId: randomUUID() })],
      ['a link', (place) => messageIn(place, link)],
      ['sign out', (place) => messageIn(place, 'sign out')],
      [
        'a silent exchange',
        (place) => activityIn(place, { type: 'invoke', name: 'signin/tokenExchange', value: signIn }),
      ],
      [
        'a state',
        (place) => activityIn(place, { type: 'invoke', name: 'signin/verifyState', value: { state: 'x' } }),
      ],
    ];

    for (const [what, build] of recorded) {
      it(`in ${what}`, async () => {
        const fields = fc.constantFrom(
          'value',
          'text',
          'name',
          'entities',
          'attachments',
          'replyToId',
          'locale',
          'id',
          'relatesTo',
          'callerId',
          'requester',
          'aadObjectId',
          'userId',
          'tenantId',
          'membersAdded',
          'action',
          'deliveryMode',
        );
        const values = fc.oneof(fc.jsonValue(), fc.constantFrom(claims, [claims], victim.userId));
        await fc.assert(
          fc.asyncProperty(fields, values, async (field, value) => {
            const activity = build(at());
            const { value: kept } = activity;
            const inside = field === 'value' && typeof kept === 'object' ? { ...kept, ...claims } : value;
            const before = floor().asked.length;
            await floor().deliver({ ...activity, [field]: inside });
            const sender = (activity.from as { aadObjectId: string }).aadObjectId;
            for (const { given, useCase } of floor().asked.slice(before)) {
              if (useCase === 'remember') continue;
              assert.deepEqual((given.requester as { userId: string; tenantId: string }).userId, sender);
            }
            assert.ok(
              !JSON.stringify(floor().asked.map(({ given }) => given.requester)).includes(victim.userId),
            );
            assert.ok(
              !JSON.stringify(floor().asked.map(({ given }) => given.requester)).includes(victim.tenantId),
            );
          }),
          { numRuns: 30 },
        );
      });
    }
  });
});
