import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createPurgeExpired } from '../../../../src/adapters/store/deletion.ts';
import { resealFiles } from '../../../../src/adapters/store/files/reseal-files.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import { createVault } from '../../../../src/adapters/identity/tokens/encryption.ts';
import type { SharedName } from '../../../../src/domain/exports/shared-name.ts';
import type { Conversation } from '../../../../src/ports/conversation.ts';
import type { Stores } from '../../../../src/ports/runtime.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import {
  someConversation,
  someExport,
  somebody,
  someTarget,
} from '../../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';

const now = new Date('2026-06-01T00:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 3600 * 1000);

const { tenantId, userId, name: giverName } = somebody();
const someName = (change: Partial<SharedName> = {}): SharedName => ({
  id: randomUUID(),
  name: 'Übersicht 売上 🚀',
  target: { ...someTarget(), address: 'https://example.com/x', place: 'Sales' },
  givenAt: daysAgo(1),
  giver: { tenantId, userId, name: giverName, locale: 'en-GB' },
  ...change,
});

/** Two threads of one channel. */
const threads = (): readonly [Conversation, Conversation] => {
  const channel = `19:${randomUUID()}@thread.tacv2`;
  const thread = (nth: number) =>
    someConversation({ tenantId, kind: 'channel', conversationId: `${channel};messageid=${String(nth)}` });
  return [thread(1), thread(2)];
};

describeOnBothEngines('names of groups and channels', (given) => {
  let stores: Stores;
  before(() => {
    stores = createStores(given().database.db, idleQueue, sampleVault);
  });

  it('are the channel’s, whatever the thread, the newest first, and nobody else’s', async () => {
    const [one, two] = threads();
    const [older, newer] = [someName({ givenAt: daysAgo(2) }), someName()];
    await stores.sharedNames.give(one, older, 'card');
    await stores.sharedNames.give(two, newer);
    const kept = { ...older, card: { conversation: one, activityId: 'card' } };
    assert.deepEqual(await stores.sharedNames.of(one), [newer, kept]);
    assert.deepEqual(await stores.sharedNames.of(two), [newer, kept]);
    assert.deepEqual(await stores.sharedNames.of({ ...one, tenantId: randomUUID() }), []);
    assert.deepEqual(await stores.sharedNames.of(threads()[0]), []);
    assert.deepEqual(await stores.sharedNames.find(randomUUID(), older.id), undefined);
    await stores.sharedNames.rename({ ...older, name: 'Q3' });
    await stores.sharedNames.forget(randomUUID(), older.id);
    await stores.sharedNames.forget(tenantId, newer.id);
    assert.deepEqual(await stores.sharedNames.of(two), [{ ...kept, name: 'Q3' }]);
    assert.deepEqual(await stores.sharedNames.find(tenantId, older.id), { ...kept, name: 'Q3' });
  });

  it('go with their giver’s data, and with the conversation', async () => {
    const [thread] = threads();
    const giver = { tenantId, userId: randomUUID(), name: 'Somebody' };
    await stores.sharedNames.give(thread, someName());
    await stores.sharedNames.give(thread, someName({ giver }));
    assert.equal((await stores.sharedNames.by(giver)).length, 1);
    assert.equal((await stores.personalData.count(giver)).sharedNames, 1);
    await stores.personalData.erase(giver, daysAgo(1));
    assert.deepEqual(await stores.sharedNames.by(giver), []);
    assert.equal((await stores.sharedNames.of(thread)).length, 1);
    await stores.conversations.forget(tenantId, thread.conversationId);
    assert.deepEqual(await stores.sharedNames.of(thread), []);
  });

  it('are not readable in the database, and outlive a key', async () => {
    const { db } = given().database;
    const [thread] = threads();
    const name = someName({ name: 'Sorrel plans' });
    await stores.sharedNames.give(thread, name);
    const { rows } = await sql<{ row: string }>`SELECT t::text AS row FROM shared_names t
      WHERE id = ${name.id}`.execute(db.acrossTenants('a test'));
    assert.doesNotMatch(rows[0]?.row ?? '', /Sorrel|example\.com|Sales/);
    assert.ok(!rows[0]?.row.includes(giverName));
    const older = { id: 'sample', key: randomBytes(32) };
    const newer = { id: 'newer', key: randomBytes(32) };
    const before = createStores(db, idleQueue, createVault([older]));
    const [place] = threads();
    const rotated = someName();
    await before.sharedNames.give(place, rotated);
    await resealFiles({ db, vault: createVault([newer, older]), newestKeyId: newer.id });
    const after = createStores(db, idleQueue, createVault([newer]));
    assert.deepEqual(await after.sharedNames.of(place), [rotated]);
  });

  it('are kept while anybody exports their target, and so many days after they were given', async () => {
    const [thread] = threads();
    const [forgotten, exported, young] = [
      someName({ givenAt: daysAgo(91) }),
      someName({ givenAt: daysAgo(300) }),
      someName({ givenAt: daysAgo(89) }),
    ];
    for (const name of [forgotten, exported, young]) await stores.sharedNames.give(thread, name);
    const state = { status: 'ready', graphJobId: 'g' } as const;
    const someoneElse = somebody({ tenantId });
    await stores.exports.insert(
      someExport({ requester: someoneElse, target: exported.target, state, since: daysAgo(80) }),
    );
    await stores.exports.insert(
      someExport({ requester: someoneElse, target: forgotten.target, state, since: daysAgo(91) }),
    );
    await createPurgeExpired(given().database.db, 90)(now);
    assert.deepEqual(await stores.sharedNames.of(thread), [young, exported]);
  });
});
