import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { activityIn, executeIn, messageIn, view } from '../support/activities.ts';
import type { Place } from '../support/activities.ts';
import { startBotFloor } from '../support/bot-floor.ts';
import type { BotFloor, Overrides } from '../support/bot-floor.ts';
import { answer, startLoopbackChannel } from '../support/loopback-channel.ts';
import type { LoopbackChannel } from '../support/loopback-channel.ts';
import { wordsTo } from '../support/sent-words.ts';

describe('bot/bot', () => {
  let channel: LoopbackChannel;
  let floor: BotFloor;
  let started: BotFloor[] = [];
  const start = async (overrides: Overrides = {}) => {
    floor = await startBotFloor(channel, overrides);
    started.push(floor);
  };
  before(async () => {
    channel = await startLoopbackChannel();
  });
  beforeEach(() => start());
  afterEach(async () => {
    for (const each of started) await each.stop();
    started = [];
  });
  after(() => channel.stop());

  const at = (given: Partial<Place> = {}) => ({
    ...{ serviceUrl: channel.serviceUrl, botId: floor.botId, tenantId: floor.tenantId },
    ...{ conversationId: randomUUID(), ...given },
  });
  const link = view(randomUUID(), randomUUID());
  const asked = (name: string) => floor.asked.filter(({ useCase }) => useCase === name);
  const signIn = { id: 'exchange-1', connectionName: 'goals-graph', token: 'sso-token' };

  it('C10 answers an activity once, and the same id in another conversation again', async () => {
    const message = messageIn(at(), 'what is this?');
    await Promise.all([floor.deliver(message), floor.deliver(message)]);
    await floor.deliver(message);
    assert.equal(wordsTo(channel, message.conversation.id).length, 1);
    const elsewhere = messageIn(at(), 'what is this?');
    await floor.deliver({ ...elsewhere, id: message.id });
    assert.equal(wordsTo(channel, elsewhere.conversation.id).length, 1);
  });

  it('C10 hands every delivery of a link to the use case, which knows whether an earlier one was committed', async () => {
    const message = messageIn(at(), link);
    await floor.deliver(message);
    await floor.deliver(message);
    assert.deepEqual(
      asked('startExport').map(({ given }) => given.activityId),
      [message.id, message.id],
    );
  });

  it('C9 remembers the conversation with its newest service URL', async () => {
    const place = at();
    const moved = { ...place, serviceUrl: `${channel.serviceUrl}moved/` };
    await floor.deliver(messageIn(place, 'hi'));
    await floor.deliver(messageIn(moved, 'hi'));
    assert.deepEqual(
      asked('remember').map(({ given }) => given.serviceUrl),
      [place.serviceUrl, moved.serviceUrl],
    );
  });

  it('answers nothing to what needs no answer', async () => {
    const place = at();
    for (const type of ['typing', 'messageReaction', 'event', 'endOfConversation', 'somethingNew']) {
      const { status, text } = await floor.deliver(activityIn(place, { type }));
      assert.deepEqual([status, text], [200, '']);
    }
    assert.deepEqual(wordsTo(channel, place.conversationId), []);
  });

  describe('E7 a tenant that is not allowed', () => {
    it('gets one short answer to a message, and nothing is stored', async () => {
      const place = at({ tenantId: randomUUID() });
      await floor.deliver(messageIn(place, link));
      assert.match(
        String(wordsTo(channel, place.conversationId)),
        /^This bot is not set up for your organisation/,
      );
      assert.deepEqual(floor.asked, []);
    });

    it('is one that the channel data names, too', async () => {
      const place = at();
      await floor.deliver(messageIn(place, link, { channelData: { tenant: { id: randomUUID() } } }));
      assert.deepEqual(floor.asked, []);
    });

    it('gets no sign-in, no button and no welcome', async () => {
      const place = at({ tenantId: randomUUID() });
      const invoke = (name: string, value: object) => activityIn(place, { type: 'invoke', name, value });
      const pressed = await floor.deliver(executeIn(place, { verb: 'list' }));
      assert.match(pressed.text, /not set up for your organisation/);
      assert.equal((await floor.deliver(invoke('signin/tokenExchange', signIn))).status, 412);
      assert.equal((await floor.deliver(invoke('signin/verifyState', { state: 'x' }))).status, 404);
      assert.equal(
        (await floor.deliver(activityIn(place, { type: 'installationUpdate', action: 'add' }))).status,
        200,
      );
      assert.deepEqual(floor.asked, []);
      assert.deepEqual(wordsTo(channel, place.conversationId), []);
    });
  });

  it('tells a sender whom Teams does not name that it cannot act for them', async () => {
    const from = { id: '28:another-bot', name: 'Another bot' };
    const place = at();
    await floor.deliver(messageIn(place, link, { from }));
    assert.match(String(wordsTo(channel, place.conversationId)), /didn’t tell me who you are/);
    assert.match((await floor.deliver(executeIn(place, { verb: 'list' }, { from }))).text, /who you are/);
    assert.deepEqual(asked('startExport'), []);
    assert.deepEqual(asked('listExports'), []);
  });

  it('S1 says "try again" with a reference when something of ours breaks, and logs it once', async () => {
    await start({ startExport: () => Promise.reject(new Error('database is away')) });
    const place = at();
    assert.equal((await floor.deliver(messageIn(place, link))).status, 200);
    assert.match(String(wordsTo(channel, place.conversationId)), /Try again in a minute/);
    const errors = floor.lines.filter(({ level }) => level === 'error');
    assert.equal(errors.length, 1);
    assert.ok(JSON.stringify(channel.sent.at(-1)?.body).includes(String(errors[0]?.fields.reference)));
    assert.ok(!JSON.stringify(floor.lines).includes(link));
  });

  it('S4 answers a turn that failed only when "try again" is out, so that a process that dies before is asked again', async () => {
    await start({
      startExport: () => Promise.reject(new Error('database is away')),
      pause: () => new Promise(() => undefined),
    });
    const order: string[] = [];
    const taken = Promise.withResolvers<undefined>();
    channel.misbehave((response) => {
      order.push('try again is on its way');
      void taken.promise.then(() => answer(response, 201, { id: 'activity' }));
    });
    const answered = floor.deliver(messageIn(at(), link)).then(() => order.push('answered'));
    while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let nth = 0; nth < 20; nth += 1) await new Promise((resolve) => setImmediate(resolve));
    order.push('taken');
    taken.resolve(undefined);
    await answered;
    assert.deepEqual(order, ['try again is on its way', 'taken', 'answered']);
  });

  it('S1 does not take for done what could not be kept', async () => {
    const away = () => Promise.reject(new Error('database is away'));
    const { stores } = floor;
    await start({
      stores: { ...stores, conversations: { ...stores.conversations, remember: away } },
      pause: () => Promise.resolve(),
    });
    const place = at();
    const installed = activityIn(place, { type: 'installationUpdate', action: 'add' });
    assert.equal((await floor.deliver(installed)).status, 503);
    // "Try again" may not come any more: Teams shall deliver the message again.
    channel.misbehave((response) => void setTimeout(() => answer(response, 201, { id: 'late' }), 50));
    assert.equal((await floor.deliver(messageIn(place, link))).status, 503);
  });

  it('C11 answers an invoke in time although the database neither answers nor refuses', async () => {
    const hung = Promise.withResolvers<'known'>();
    const { stores } = floor;
    const conversations = { ...stores.conversations, remember: () => hung.promise };
    await start({ stores: { ...stores, conversations }, mostMilliseconds: 20 });
    const pressed = floor.post(...(await floor.signed(executeIn(at(), { verb: 'list' }))));
    assert.match((await pressed).text, /Working on it/);
    assert.deepEqual(asked('listExports'), []);
    hung.resolve('known');
    await floor.background.settled();
    assert.equal(asked('listExports').length, 1);
  });

  describe('acts for the sender of the activity, whatever else it says', () => {
    const victim = { tenantId: randomUUID(), userId: randomUUID() };
    const claims = {
      ...{ aadObjectId: victim.userId, userId: victim.userId, oid: victim.userId, tenantId: victim.tenantId },
      ...{ requester: victim, from: { id: '29:victim', aadObjectId: victim.userId } },
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
          ...[
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
          ],
          ...['requester', 'aadObjectId', 'userId', 'tenantId', 'membersAdded', 'action', 'deliveryMode'],
        );
        const values = fc.oneof(fc.jsonValue(), fc.constantFrom(claims, [claims], victim.userId));
        await fc.assert(
          fc.asyncProperty(fields, values, async (field, value) => {
            const activity = build(at());
            const { value: kept } = activity;
            const inside = field === 'value' && typeof kept === 'object' ? { ...kept, ...claims } : value;
            const before = floor.asked.length;
            await floor.deliver({ ...activity, [field]: inside });
            const sender = (activity.from as { aadObjectId: string }).aadObjectId;
            for (const { given, useCase } of floor.asked.slice(before)) {
              if (useCase === 'remember') continue;
              assert.deepEqual((given.requester as { userId: string; tenantId: string }).userId, sender);
            }
            assert.ok(
              !JSON.stringify(floor.asked.map(({ given }) => given.requester)).includes(victim.userId),
            );
            assert.ok(
              !JSON.stringify(floor.asked.map(({ given }) => given.requester)).includes(victim.tenantId),
            );
          }),
          { numRuns: 30 },
        );
      });
    }
  });
});
