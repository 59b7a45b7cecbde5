import assert from 'node:assert/strict';
import { createConversations } from '../../../../src/adapters/store/conversations/conversations.ts';
import { createInboundLog } from '../../../../src/adapters/store/conversations/inbound.ts';
import type { Conversation, Conversations } from '../../../../src/ports/conversation.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someConversation } from '../../../support/samples/sample-exports.ts';
import { sql } from 'kysely';

const threadOf = (channel: Conversation): Conversation => ({
  ...channel,
  conversationId: `${channel.conversationId};messageid=1700000000001`,
});

describeOnBothEngines('conversations', (given) => {
  let conversations: Conversations;
  before(() => {
    conversations = createConversations(given().database.db);
  });

  it('are welcomed once, by one of ten at once on two instances, in whatever thread', async () => {
    const channel = someConversation();
    await conversations.remember(channel);
    const other = createConversations((await given().otherInstance()).db);
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, nth) =>
        nth % 2 === 0 ? conversations.claimWelcome(channel) : other.claimWelcome(threadOf(channel)),
      ),
    );
    assert.equal(claims.filter(Boolean).length, 1);
  });

  it('are welcomed again after they were forgotten', async () => {
    const channel = someConversation();
    assert.equal(await conversations.claimWelcome(channel), true);
    await conversations.forget(channel.tenantId, threadOf(channel).conversationId);
    assert.equal(await conversations.claimWelcome(channel), true);
  });

  it('are blocked until the block is lifted, in whatever thread', async () => {
    const channel = someConversation();
    assert.equal(await conversations.isBlocked(channel), false);
    await conversations.block(threadOf(channel));
    assert.equal(await conversations.isBlocked(channel), true);
    assert.equal(await conversations.remember(channel), 'blocked');
    await conversations.unblock(channel.tenantId, threadOf(channel).conversationId);
    assert.equal(await conversations.isBlocked(channel), false);
    assert.equal(await conversations.remember(channel), 'open');
  });

  it('are written when they are new or have moved, and not when they are stored just so', async () => {
    const chat = someConversation();
    const db = given().database.db.ofTenant(chat.tenantId);
    const row = sql<{ url: string }>`SELECT xmin::text AS version, service_url AS url FROM conversations
      WHERE base_id = ${chat.conversationId}`;
    for (const place of [chat, { ...chat, serviceUrl: 'https://moved.example/' }]) {
      await conversations.remember(place);
      const { rows } = await row.execute(db);
      assert.equal(rows[0]?.url, place.serviceUrl);
      assert.equal(await conversations.remember(place), 'open');
      assert.deepEqual((await row.execute(db)).rows, rows);
    }
    await conversations.block(chat);
    assert.equal(await conversations.remember(chat), 'blocked');
  });

  it('of two tenants are two, whatever their ids', async () => {
    const one = someConversation();
    const other = someConversation({ conversationId: one.conversationId });
    await conversations.block(one);
    await conversations.claimWelcome(one);
    assert.equal(await conversations.isBlocked(other), false);
    assert.equal(await conversations.claimWelcome(other), true);
    await conversations.forget(other.tenantId, one.conversationId);
    assert.equal(await conversations.isBlocked(one), true);
  });

  describe('inbound activities', () => {
    const seen = (database = given().database) => createInboundLog(database.db);

    it('are new to one of ten at once on two instances', async () => {
      const other = seen(await given().otherInstance());
      const { tenantId, conversationId } = someConversation();
      const first = await Promise.all(
        Array.from({ length: 10 }, (_, nth) =>
          (nth % 2 === 0 ? seen() : other).firstTime(tenantId, conversationId, 'activity'),
        ),
      );
      assert.equal(first.filter(Boolean).length, 1);
    });

    it('are told apart by tenant, conversation and activity', async () => {
      const names = ['a', 'b'];
      const keys = names.flatMap((t) => names.flatMap((c) => names.map((a) => [`t${t}`, c, a] as const)));
      for (const key of keys) assert.equal(await seen().firstTime(...key), true);
      for (const key of keys) assert.equal(await seen().firstTime(...key), false);
    });

    it('are answered by one at a time, and no more once they are answered', async () => {
      const place = someConversation();
      const key = { ...place, activityId: 'activity' };
      const other = createInboundLog((await given().otherInstance()).db);
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, nth) =>
          (nth % 2 === 0 ? seen() : other).claim(place, 'activity', `h${String(nth)}`, 60),
        ),
      );
      const outcomes = claims.map(({ kind }) => kind);
      const holder = outcomes.indexOf('claimed');
      assert.deepEqual(outcomes.toSorted(), ['claimed', ...Array.from({ length: 9 }, () => 'held')]);
      const again = await seen().claim(place, 'activity', `h${String(holder)}`, 60);
      assert.equal(again.kind, 'claimed', 'its own answer was lost');
      await seen().done(key, 'somebody else');
      assert.deepEqual(await other.claim(place, 'activity', 'late', 60), { kind: 'held' });
      await seen().done(key, `h${String(holder)}`);
      assert.deepEqual(await other.claim(place, 'activity', 'late', 60), { kind: 'done' });
    });

    it('that are claimed together are claimed each for itself', async () => {
      const [one, other] = [someConversation(), someConversation()];
      await conversations.remember(one);
      const log = seen();
      await log.claim(one, 'held', 'before', 60);
      await log.claim(one, 'answered', 'before', 60);
      await log.done({ ...one, activityId: 'answered' }, 'before');
      const twice = createInboundLog((await given().otherInstance()).db);
      const claims = [
        log.claim(one, 'first', 'me', 60),
        log.claim(one, 'held', 'me', 60),
        log.claim(one, 'new', 'me', 60),
        log.claim(one, 'answered', 'me', 60),
        log.claim(one, 'new', 'me', 60),
        log.claim(other, 'new', 'me', 60),
        log.claim(one, 'null \u0000', 'me', 60).catch(() => 'refused'),
        twice.claim(one, 'new', 'twice', 60),
        twice.claim(one, 'other', 'twice', 60),
      ];
      const [first, held, , answered, , elsewhere, odd, , free] = await Promise.all(claims);
      const remembered = { kind: 'claimed', isRemembered: true };
      assert.deepEqual([first, free], [remembered, remembered]);
      assert.deepEqual([held, answered, odd], [{ kind: 'held' }, { kind: 'done' }, 'refused']);
      assert.deepEqual(elsewhere, { kind: 'claimed', isRemembered: false });
      const kinds = await Promise.all([claims[2], claims[7]]);
      assert.deepEqual(kinds.map((claim) => typeof claim === 'object' && claim.kind).toSorted(), [
        'claimed',
        'held',
      ]);
    });

    it('that were answered without a claim are answered no more, whoever has claimed them meanwhile', async () => {
      const [one, other] = [someConversation(), someConversation()];
      await conversations.remember(one);
      const elsewhere = createInboundLog((await given().otherInstance()).db);
      assert.equal((await elsewhere.claim(one, 'claimed', 'elsewhere', 60)).kind, 'claimed');
      const written = [
        seen().answered(one, 'new'),
        seen().answered(one, 'claimed'),
        seen().answered(other, 'new'),
      ];
      assert.deepEqual(
        (await Promise.all(written)).map(({ isRemembered }) => isRemembered),
        [true, true, false],
      );
      assert.deepEqual(
        await seen().answered(one, 'new'),
        { isRemembered: true },
        'told again, after a lost answer',
      );
      for (const [place, activity] of [
        [one, 'new'],
        [one, 'claimed'],
        [other, 'new'],
      ] as const)
        assert.deepEqual(await elsewhere.claim(place, activity, 'later', 60), { kind: 'done' });
    });

    it('are answered by another when whoever claimed them has died, or gave them back', async () => {
      const place = someConversation();
      const key = { ...place, activityId: 'of the dead' };
      const claim = async (holder: string, seconds: number) =>
        (await seen().claim(place, 'of the dead', holder, seconds)).kind;
      assert.equal(await claim('dead', 0), 'claimed');
      assert.equal(await claim('next', 60), 'claimed');
      await seen().release(key, 'dead');
      assert.equal(await claim('third', 60), 'held');
      await seen().release(key, 'next');
      assert.equal(await claim('third', 60), 'claimed');
    });

    it('are claimed knowing whether their conversation is stored as it is, whichever instance stored it', async () => {
      const other = await given().otherInstance();
      const elsewhere = createConversations(other.db);
      const place = threadOf(someConversation({ kind: 'channel' }));
      let nth = 0;
      const isRemembered = async (conversation: Conversation = place) => {
        const claimed = await seen().claim(conversation, `activity ${String((nth += 1))}`, 'me', 60);
        return claimed.kind === 'claimed' && claimed.isRemembered;
      };
      assert.equal(await isRemembered(), false, 'never heard of');
      await elsewhere.remember(place);
      assert.equal(await isRemembered(), true);
      assert.equal(await isRemembered({ ...place, tenantId: 'another' }), false);
      for (const change of [
        { serviceUrl: 'https://smba.trafficmanager.net/moved/' },
        { botChannelId: '28:another' },
        { kind: 'groupChat' as const },
      ])
        assert.equal(await isRemembered({ ...place, ...change }), false);
      await elsewhere.remember({ ...place, serviceUrl: 'https://smba.trafficmanager.net/moved/' });
      assert.equal(await isRemembered(), false, 'it has moved');
      await conversations.remember(place);
      await elsewhere.block(place);
      assert.equal(await isRemembered(), false, 'whoever writes there lifts the block');
      await elsewhere.unblock(place.tenantId, place.conversationId);
      assert.equal(await isRemembered(), true);
      await elsewhere.forget(place.tenantId, place.conversationId);
      assert.equal(await isRemembered(), false, 'the bot was removed there');
    });

    it('have one version that came first, however often it is delivered', async () => {
      const key = ['t', 'versions', 'activity'] as const;
      const other = createInboundLog((await given().otherInstance()).db);
      const versions = ['one', 'two', 'one', 'two'];
      const heard = await Promise.all(
        versions.map((version, nth) => (nth < 2 ? seen() : other).isFirstVersion(...key, version)),
      );
      const first = heard.indexOf(true);
      assert.ok(first >= 0);
      for (const version of ['one', 'two', 'three'])
        assert.equal(await seen().isFirstVersion(...key, version), version === versions[first], version);
      assert.equal(await seen().firstTime(...key), false);
      assert.equal(await seen().firstTime('t', 'versions', 'claimed'), true);
      assert.equal(await seen().isFirstVersion('t', 'versions', 'claimed', 'one'), false);
    });

    it('are forgotten after 24 hours', async () => {
      assert.equal(await seen().isKnown('t', 'old', 'activity'), false);
      assert.equal(await seen().firstTime('t', 'old', 'activity'), true);
      assert.equal(await seen().isKnown('t', 'old', 'activity'), true);
      const ages = sql`UPDATE inbound_activities SET seen_at = now() - interval '25 hours' WHERE conversation_id = 'old'`;
      await ages.execute(given().database.db.acrossTenants('a test'));
      assert.equal(await seen().isKnown('t', 'old', 'activity'), false);
      assert.equal(await seen().firstTime('t', 'old', 'activity'), true);
      assert.equal(await seen().firstTime('t', 'old', 'activity'), false);
      assert.equal(await seen().isFirstVersion('t', 'old', 'edited', 'one'), true);
      await ages.execute(given().database.db.acrossTenants('a test'));
      assert.equal(await seen().isFirstVersion('t', 'old', 'edited', 'two'), true);
      assert.equal(await seen().isFirstVersion('t', 'old', 'edited', 'one'), false);
    });
  });
});
