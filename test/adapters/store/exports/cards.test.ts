import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createCards } from '../../../../src/adapters/store/exports/cards.ts';
import { createConversations } from '../../../../src/adapters/store/conversations/conversations.ts';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import { createOwnFiles } from '../../../../src/adapters/store/files/own-files.ts';
import type { Conversation } from '../../../../src/ports/conversation.ts';
import type { Cards } from '../../../../src/ports/export-jobs.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someConversation, someExport, someOwnFile } from '../../../support/samples/sample-exports.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';

describeOnBothEngines('cards', (given) => {
  let cards: Cards;
  let exportId: string;
  before(() => {
    cards = createCards(given().database.db);
  });
  beforeEach(async () => {
    const job = someExport();
    await createExportJobs(given().database.db, sampleVault).insert(job);
    exportId = job.id;
  });

  const added = async (conversation: Conversation = someConversation()): Promise<string> => {
    const id = randomUUID();
    await cards.add({ id, subject: { kind: 'export', id: exportId }, conversation });
    return id;
  };
  const taken = async (by: Cards, holder: string, maxUnknownPosts = 2) =>
    (await by.take({ kind: 'export', id: exportId }, holder, { seconds: 30, maxUnknownPosts })).cards;
  const only = async () => {
    const [card] = await cards.of({ kind: 'export', id: exportId });
    assert.ok(card);
    return card;
  };

  it('are given back in the order in which they were added', async () => {
    const [first, second] = [someConversation(), someConversation()];
    const ids = [await added(first), await added(second)];
    // There and back again moves the row to the end of the table and of its indexes.
    const other = someExport();
    await createExportJobs(given().database.db, sampleVault).insert(other);
    for (const at of [other.id, exportId]) {
      const { db } = given().database;
      await db
        .acrossTenants('a test')
        .updateTable('cards')
        .set({ export_id: at })
        .where('id', '=', ids[0] ?? '')
        .execute();
    }
    const subject = { kind: 'export', id: exportId };
    const unshown = { shownVersion: 0, mode: 'live', unknownPosts: 0, freshPosts: 0, isTaken: false };
    assert.deepEqual(await cards.of({ kind: 'export', id: exportId }), [
      { id: ids[0], subject, conversation: first, ...unshown },
      { id: ids[1], subject, conversation: second, ...unshown },
    ]);
    assert.deepEqual(await cards.of({ kind: 'export', id: randomUUID() }), []);
  });

  it('are addressed at the newest service URL, in their own thread', async () => {
    const channel = someConversation();
    const inThread = { ...channel, conversationId: `${channel.conversationId};messageid=1700000000001` };
    await added(inThread);
    const conversations = createConversations(given().database.db);
    const serviceUrl = 'https://smba.trafficmanager.net/amer/';
    await conversations.remember({
      ...channel,
      conversationId: `${channel.conversationId};messageid=2`,
      serviceUrl,
    });
    assert.deepEqual((await only()).conversation, { ...inThread, serviceUrl });
  });

  it('remember what they show, and the activity', async () => {
    const id = await added();
    const claim = await cards.claim(id, 'one', 30);
    assert.equal(claim.kind === 'claimed' && claim.card.id, id);
    await cards.shown(id, 'one', { version: 1, activityId: 'activity-1' });
    await cards.claim(id, 'two', 30);
    await cards.shown(id, 'two', { version: 2 });
    const { shownVersion, activityId } = await only();
    assert.deepEqual({ shownVersion, activityId }, { shownVersion: 2, activityId: 'activity-1' });
  });

  it('have one sender at a time', async () => {
    const id = await added();
    const other = createCards((await given().otherInstance()).db);
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, nth) =>
        (nth % 2 === 0 ? cards : other).claim(id, `h${String(nth)}`, 30),
      ),
    );
    assert.equal(claims.filter(({ kind }) => kind === 'claimed').length, 1);
  });

  it('that are behind are taken by one sender, and told to the others as taken', async () => {
    const id = await added();
    const other = createCards((await given().otherInstance()).db);
    const takes = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => taken(nth % 2 === 0 ? cards : other, `h${String(nth)}`)),
    );
    assert.equal(takes.filter(([one]) => one?.isOurs === true).length, 1);
    await cards.releaseClaim(id, `h${String(takes.findIndex(([one]) => one?.isOurs === true))}`);
    await cards.claim(id, 'another', 1000);
    const [held] = await taken(cards, 'late');
    assert.ok(held && !held.isOurs && held.card.isTaken && held.seconds > 500);
    await cards.shown(id, 'another', { version: 1, activityId: 'a' });
    const [shown] = await taken(cards, 'last');
    assert.ok(shown && !shown.isOurs && !shown.card.isTaken && shown.seconds === 0);
  });

  it('are left alone after so many first posts with unknown outcomes', async () => {
    const id = await added();
    await cards.claim(id, 'one', 30);
    await cards.releaseClaim(id, 'one', { as: 'unknownPost', rest: 0 });
    assert.equal((await taken(cards, 'two', 1))[0]?.isOurs, false);
    const [ours] = await taken(cards, 'two', 2);
    assert.deepEqual([ours?.isOurs, ours?.card.unknownPosts], [true, 1]);
  });

  it('are free again after being shown, given back, dropped, or when the time is over', async () => {
    const id = await added();
    await cards.claim(id, 'a', 30);
    await cards.shown(id, 'a', { version: 1 });
    const isTaken = async (holder: string, seconds: number): Promise<boolean> =>
      (await cards.claim(id, holder, seconds)).kind === 'claimed';
    assert.ok(await isTaken('b', 30));
    await cards.releaseClaim(id, 'b');
    assert.ok(await isTaken('c', 0));
    assert.ok(await isTaken('d', 30));
    await cards.releaseClaim(id, 'c');
    assert.ok(!(await isTaken('e', 30)));
    await cards.drop(id);
    const dropped = await cards.claim(id, 'f', 30);
    assert.equal(dropped.kind === 'claimed' && dropped.card.mode, 'dropped');
  });

  it('say how long their sender still has, and when they are not there', async () => {
    const id = await added();
    await cards.claim(id, 'one', 1000);
    const held = await cards.claim(id, 'two', 30);
    assert.ok(held.kind === 'held' && held.seconds > 500 && held.seconds <= 1000);
    assert.deepEqual(await cards.claim(randomUUID(), 'one', 30), { kind: 'missing' });
  });

  it('record nothing for a sender who has lost the claim', async () => {
    const id = await added();
    await cards.claim(id, 'late', 0);
    await cards.claim(id, 'next', 30);
    await cards.shown(id, 'late', { version: 9 });
    assert.equal((await only()).shownVersion, 0);
  });

  it('move down: posted ones point to the newer card, unposted ones are dropped, others stay', async () => {
    const [here, elsewhere] = [someConversation(), someConversation()];
    const posted = await added(here);
    await cards.claim(posted, 'one', 30);
    await cards.shown(posted, 'one', { version: 3, activityId: 'activity-1' });
    await added(here);
    await added(elsewhere);
    await cards.moveDown({ kind: 'export', id: exportId }, here.conversationId);
    assert.deepEqual(
      (await cards.of({ kind: 'export', id: exportId })).map(({ mode, shownVersion }) => [
        mode,
        shownVersion,
      ]),
      [
        ['moved', 0],
        ['dropped', 0],
        ['live', 0],
      ],
    );
  });

  it('that have moved and said so are left alone from then on', async () => {
    const here = someConversation();
    const id = await added(here);
    for (const [version, mode] of [
      [1, 'live'],
      [2, 'moved'],
    ] as const) {
      await cards.claim(id, 'one', 30);
      await cards.shown(id, 'one', { version, activityId: 'activity-1', mode });
      await cards.moveDown({ kind: 'export', id: exportId }, here.conversationId);
      assert.deepEqual([(await only()).mode, (await only()).shownVersion], ['moved', version === 1 ? 0 : 2]);
    }
  });

  it('that moved while they were being shown have yet to say so, and keep their activity', async () => {
    const here = someConversation();
    const id = await added(here);
    await cards.claim(id, 'one', 30);
    await cards.moveDown({ kind: 'export', id: exportId }, here.conversationId);
    await cards.shown(id, 'one', { version: 1, activityId: 'activity-1', mode: 'live' });
    const { mode, shownVersion, activityId } = await only();
    assert.deepEqual([mode, shownVersion, activityId], ['moved', 0, 'activity-1']);
  });

  it('go when their conversation is forgotten, in all threads', async () => {
    const channel = someConversation();
    await added(channel);
    await added({ ...channel, conversationId: `${channel.conversationId};messageid=1` });
    await added();
    await createConversations(given().database.db).forget(channel.tenantId, channel.conversationId);
    assert.equal((await cards.of({ kind: 'export', id: exportId })).length, 1);
  });

  it('of an own file show its versions, are behind with it, and go with it', async () => {
    const { db } = given().database;
    const files = createOwnFiles(db, sampleVault);
    const [file, conversation] = [someOwnFile(), someConversation()];
    await files.add(file, conversation, { name: file.name, downloadUrl: 'https://drive.example/1' });
    const subject = { kind: 'ownFile', id: file.id } as const;
    const id = randomUUID();
    await cards.add({ id, subject, conversation });
    const behind = () => cards.behindAt(conversation.tenantId, conversation.conversationId);
    assert.deepEqual(await behind(), [subject]);
    const claim = await cards.claim(id, 'one', 30);
    assert.deepEqual(claim.kind === 'claimed' && claim.card.subject, subject);
    assert.deepEqual(await cards.shown(id, 'one', { version: 1 }), { mode: 'live', version: 1 });
    assert.deepEqual(await behind(), []);
    await files.save({ ...file, version: 2 });
    assert.deepEqual(await behind(), [subject]);
    assert.equal((await cards.of(subject)).length, 1);
    assert.deepEqual(await cards.of({ ...subject, kind: 'export' }), []);
    await db.acrossTenants('a test').deleteFrom('own_files').where('id', '=', file.id).execute();
    assert.deepEqual(await cards.of(subject), []);
  });
});
