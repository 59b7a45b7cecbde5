import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { createPurgeExpired } from '../../../../src/adapters/store/deletion.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import type { TargetName } from '../../../../src/domain/exports/target-name.ts';
import type { Stores } from '../../../../src/ports/runtime.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someExport, somebody, someTarget } from '../../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';

const now = new Date('2026-06-01T00:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 3600 * 1000);
const someName = (change: Partial<TargetName> = {}): TargetName => ({
  id: randomUUID(),
  name: 'Übersicht 売上 🚀',
  target: { ...someTarget(), address: 'https://example.com/x', place: 'Sales' },
  givenAt: daysAgo(1),
  ...change,
});

describeOnBothEngines('names of targets', (given) => {
  let stores: Stores;
  before(() => {
    stores = createStores(given().database.db, idleQueue, sampleVault);
  });

  it('are given back as they were given, the newest first', async () => {
    const person = somebody();
    const [older, newer] = [someName({ givenAt: daysAgo(2) }), someName()];
    await stores.targetNames.give(person, older);
    await stores.targetNames.give(person, newer);
    assert.deepEqual(await stores.targetNames.of(person), [newer, older]);
    const renamed = { ...older, name: 'Q3' };
    await stores.targetNames.rename(person, renamed);
    await stores.targetNames.forget(person, newer.id);
    assert.deepEqual(await stores.targetNames.of(person), [renamed]);
  });

  it('are their person’s own', async () => {
    const [person, other] = [somebody(), somebody()];
    const name = someName();
    await stores.targetNames.give(person, name);
    await stores.targetNames.rename(other, { ...name, name: 'Mine' });
    await stores.targetNames.forget(other, name.id);
    assert.deepEqual(await stores.targetNames.of(other), []);
    assert.deepEqual(await stores.targetNames.of(person), [name]);
  });

  it('are not readable in the database', async () => {
    const person = somebody();
    await stores.targetNames.give(person, someName({ name: 'Sorrel plans' }));
    const { rows } = await sql<{ row: string }>`SELECT t::text AS row FROM target_names t
      WHERE user_id = ${person.userId}`.execute(given().database.db.acrossTenants('a test'));
    const [row = ''] = rows.map((one) => one.row);
    assert.ok(row.includes(person.userId));
    assert.doesNotMatch(row, /Sorrel|example\.com|Sales/);
    const bytes = Buffer.from(/\\x([0-9a-f]+)/.exec(row)?.[1] ?? '', 'hex');
    assert.ok(bytes.length > 50);
    assert.throws(() => gunzipSync(bytes), 'it is sealed, not only packed');
  });

  it('are kept while their target is exported, and so many days after they were given', async () => {
    const person = somebody();
    const [forgotten, exported, young] = [
      someName({ givenAt: daysAgo(91) }),
      someName({ givenAt: daysAgo(300) }),
      someName({ givenAt: daysAgo(89) }),
    ];
    for (const name of [forgotten, exported, young]) await stores.targetNames.give(person, name);
    const state = { status: 'ready', graphJobId: 'g' } as const;
    const exportOf = (target: TargetName['target'], since: Date, requester = person) =>
      stores.exports.insert(someExport({ requester, target, state, since }));
    await exportOf(exported.target, daysAgo(80));
    // Too old themselves, or somebody else’s.
    await exportOf(forgotten.target, daysAgo(91));
    await exportOf(forgotten.target, daysAgo(1), somebody({ tenantId: person.tenantId }));
    await createPurgeExpired(given().database.db, 90)(now);
    assert.deepEqual(await stores.targetNames.of(person), [young, exported]);
  });
});
