import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createPurgeExpired } from '../../../src/adapters/store/deletion.ts';
import { createStores } from '../../../src/adapters/store/stores.ts';
import type { Stores } from '../../../src/ports/runtime.ts';
import { describeOnBothEngines } from '../../support/databases/databases.ts';
import { someConversation, someExport, someTarget, somebody } from '../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../support/samples/sample-vault.ts';

const now = new Date('2026-06-01T00:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 3600 * 1000);

describeOnBothEngines('retention', (given) => {
  let stores: Stores;
  const purge = (): Promise<void> => createPurgeExpired(given().database.db, 90)(now);
  const count = async (table: string): Promise<number | undefined> => {
    const counting = sql<{ count: number }>`SELECT count(*)::int AS count FROM ${sql.table(table)}`;
    return (await counting.execute(given().database.db.acrossTenants('a test'))).rows[0]?.count;
  };
  before(() => {
    stores = createStores(given().database.db, idleQueue, sampleVault);
  });

  it('deletes exports that ended long ago with all that hangs on them, and no others', async () => {
    const ended = { status: 'ready', graphJobId: 'g' } as const;
    const old = someExport({ state: ended, since: daysAgo(91) });
    const elsewhere = { ...someTarget(), source: 'gardens' };
    const oldElsewhere = someExport({ target: elsewhere, state: ended, since: daysAgo(91) });
    const kept = [someExport({ state: ended, since: daysAgo(89) }), someExport({ since: daysAgo(300) })];
    for (const job of [old, oldElsewhere, ...kept]) {
      await stores.exports.insert(job);
      await stores.cards.add({
        id: randomUUID(),
        subject: { kind: 'export', id: job.id },
        conversation: someConversation(),
      });
      await stores.notices.claim(job.id, 'ready');
      await stores.downloads.issue(
        randomUUID(),
        { person: job.requester, subject: { kind: 'export', id: job.id } },
        300,
      );
    }
    await purge();
    assert.equal(await stores.exports.load(old.id), undefined);
    assert.equal(await stores.exports.load(oldElsewhere.id), undefined, 'whatever its source');
    assert.deepEqual(await stores.cards.of({ kind: 'export', id: old.id }), []);
    for (const { id } of kept) assert.equal((await stores.cards.of({ kind: 'export', id })).length, 1);
    assert.deepEqual([await count('notices'), await count('download_links')], [2, 2]);
  });

  it('deletes what is open of a tenant that is not served, once nothing has moved in it for as long', async () => {
    const away = someExport({ since: daysAgo(91) });
    const { tenantId } = away.requester;
    const [recent, served] = [someExport({ since: daysAgo(89) }), someExport({ since: daysAgo(300) })];
    const jobs = [away, { ...recent, requester: { ...recent.requester, tenantId } }, served];
    for (const job of jobs) await stores.exports.insert(job);
    await stores.conversations.remember(someConversation({ tenantId }));
    const gone = createPurgeExpired(given().database.db, 90, new Set([served.requester.tenantId]));
    const isThere = () =>
      Promise.all(jobs.map(async ({ id }) => (await stores.exports.load(id)) !== undefined));
    await gone(now);
    assert.deepEqual(await isThere(), [false, true, true]);
    assert.equal(await count('conversations'), 1, 'it may come back');
    await gone(new Date(now.getTime() + 2 * 24 * 3600_000));
    assert.deepEqual(await isThere(), [false, false, true]);
    assert.equal(await count('conversations'), 0);
  });

  it('deletes the tokens of people who have not come back, and of nobody else', async () => {
    const { db } = given().database;
    const keep = async (userId: string, updatedAt: Date): Promise<void> => {
      const sealed = { home_account_id: 'h', key_id: 'k', sealed: '00', version: 1, updated_at: updatedAt };
      await db
        .acrossTenants('a test')
        .insertInto('token_partitions')
        .values({ tenant_id: 't', user_id: userId, ...sealed })
        .execute();
    };
    await keep('left', daysAgo(91));
    await keep('uses it', daysAgo(89));
    await purge();
    const rows = await db.acrossTenants('a test').selectFrom('token_partitions').select('user_id').execute();
    assert.deepEqual(rows, [{ user_id: 'uses it' }]);
  });

  it('deletes what was short-lived and is over, and nothing that still counts', async () => {
    const person = somebody();
    const begin = (state: string) => stores.attempts.begin(state, { requestId: 'r', verifier: 'v' }, 600);
    for (const name of ['old', 'new']) {
      await stores.inbound.firstTime('t', 'c', name);
      await begin(name);
      await stores.attempts.keepNonce(name, person, 600);
      await stores.exchanges.once(person, name, () => Promise.resolve('signedIn'));
    }
    const ages = [
      `UPDATE inbound_activities SET seen_at = now() - interval '25 hours' WHERE activity_id = 'old'`,
      `UPDATE sso_exchanges SET expires_at = now() - interval '25 hours' WHERE exchange_id = 'old'`,
      ...['sign_in_attempts', 'sign_in_nonces'].map(
        (table) =>
          `UPDATE ${table} SET expires_at = now() - interval '25 hours' WHERE ctid = (SELECT min(ctid) FROM ${table})`,
      ),
    ];
    for (const statement of ages)
      await sql.raw(statement).execute(given().database.db.acrossTenants('a test'));
    await purge();
    for (const table of ['inbound_activities', 'sso_exchanges', 'sign_in_attempts', 'sign_in_nonces']) {
      assert.equal(await count(table), 1, table);
    }
    assert.equal(await stores.inbound.firstTime('t', 'c', 'new'), false);
    assert.equal((await stores.attempts.redeem('new')).kind, 'open');
  });
});
