/** The last two files of a series, kept to compare the next one with, on both engines. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createVault } from '../../../../src/adapters/identity/tokens/encryption.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import type { Person } from '../../../../src/domain/exports/export-job.ts';
import type { SubjectRef } from '../../../../src/domain/okrs/file/okr-file.ts';
import type { Series } from '../../../../src/ports/readings.ts';
import type { Stores } from '../../../../src/ports/runtime.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { snapshotOf, somebody } from '../../../support/samples/sample-exports.ts';
import { idleQueue } from '../../../support/samples/sample-vault.ts';

const daysLater = (days: number): Date => new Date(Date.parse('2026-03-02T09:00:00Z') + days * 24 * 3600_000);
const view = { kind: 'target', name: 'organisation/view' } as const;

describeOnBothEngines('what is kept to compare with', (given) => {
  let stores: Stores;
  before(() => {
    const vault = createVault([{ id: 'only', key: randomBytes(32) }]);
    stores = createStores(given().database.db, idleQueue, vault);
  });

  it('keeps the newest two of a series, and compares with the one before', async () => {
    const person = somebody();
    const ids = ['', 'a', 'b', 'c', 'd'];
    const subjectOn = (day: number) => ({ kind: 'export', id: ids[day] ?? '' }) as const;
    const before = async (day: number, who: Person = person, series: Series = view) =>
      (await stores.snapshots.before(who, series, { subject: subjectOn(day), asOf: daysLater(day) }))
        ?.snapshot.rows[0]?.title;
    for (const day of [1, 2, 3]) {
      const subject = subjectOn(day);
      const taken = { subject, asOf: daysLater(day), snapshot: snapshotOf(subject.id) };
      await stores.snapshots.keep(person, view, taken);
      await stores.snapshots.keep(person, view, taken);
    }
    assert.equal(await before(4), 'c');
    assert.equal(await before(3), 'b', 'not with itself');
    assert.equal(await before(2), undefined, 'the oldest is gone');
    assert.equal(await before(4, somebody({ tenantId: person.tenantId })), undefined);
    const otherView: Series = { kind: 'target', name: 'organisation/other' };
    assert.equal(await before(4, person, otherView), undefined);
  });

  it('compares a file with another of the same moment, and keeps both', async () => {
    const person = somebody();
    const asOf = daysLater(1);
    const [older, first, second] = ['older', 'first', 'second'].map(
      (id) => ({ kind: 'ownFile', id }) as const,
    );
    assert.ok(older && first && second);
    const before = async (subject: SubjectRef) =>
      (await stores.snapshots.before(person, view, { subject, asOf }))?.snapshot.rows[0]?.title;
    const keep = (subject: SubjectRef, at: Date) =>
      stores.snapshots.keep(person, view, { subject, asOf: at, snapshot: snapshotOf(subject.id) });
    await keep(older, daysLater(0));
    await keep(first, asOf);
    assert.equal(await before(first), 'older', 'not with itself');
    assert.equal(await before(second), 'first');
    await keep(second, asOf);
    assert.equal(await before(second), 'first', 'the same again when the reading is repeated');
  });
});
