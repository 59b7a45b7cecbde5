// What is recorded in the audit trail: sealed, once, of a person who becomes a pseudonym.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createVault } from '../../../../src/adapters/identity/tokens/encryption.ts';
import { createChainEntries } from '../../../../src/adapters/store/audit/chain-entries.ts';
import { createPurgeAudit } from '../../../../src/adapters/store/audit/purge-audit.ts';
import { resealFiles } from '../../../../src/adapters/store/files/reseal-files.ts';
import type { Vault } from '../../../../src/ports/personal-data.ts';
import { asOwner } from '../../../support/databases/owner-of.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { allStored } from '../../../support/databases/what-is-stored.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';
import { at, trailIn } from './audit-trail.ts';

const day = 24 * 3600 * 1000;
const later = (days: number): Date => new Date(at.getTime() + days * day);

describeOnBothEngines('the audit trail', (given) => {
  it('says who did what, of what, where, when and what came of it', async () => {
    const trail = trailIn(given().database);
    const userId = randomUUID();
    const place = { kind: 'channel', id: '19:x@thread.tacv2' } as const;
    const asked = { event: 'exportAsked', source: 'plans', target: 'Sorrel', subject: 'x', place } as const;
    await trail.record({ userId, ...asked }, { event: 'adminConsented', outcome: 'granted' });
    const [pending] = await trail.read();
    assert.equal(pending?.person, userId);
    assert.equal(pending.seq, undefined);
    await trail.chain();
    const [first, second] = await trail.read();
    assert.ok(first !== undefined && second !== undefined);
    const { pseudonym, hash, id, ...said } = first;
    assert.deepEqual(said, { seq: 1, at, person: userId, ...asked });
    assert.equal(pseudonym?.length, 36);
    assert.notEqual(pseudonym, userId);
    assert.ok(hash !== undefined && id !== '');
    assert.deepEqual([second.seq, second.event, second.person], [2, 'adminConsented', undefined]);
  });

  it('is written with what it tells of, or not at all', async () => {
    const trail = trailIn(given().database);
    const broken = trail.record({}, { userId: '\u0000' });
    await assert.rejects(broken);
    await trail.chain();
    assert.deepEqual(await trail.read(), []);
  });

  it('tells once what is recorded again', async () => {
    const trail = trailIn(given().database);
    await trail.record({ once: 'saved 1' }, { once: 'saved 1' }, { once: 'saved 2' });
    await trail.chain();
    await trail.record({ once: 'saved 1' });
    await trail.chain();
    assert.deepEqual(
      (await trail.read()).map(({ seq }) => seq),
      [1, 2],
    );
  });

  it('is chained once by several at a time, in the order in which it was written', async () => {
    const { otherInstance } = given();
    const trail = trailIn(given().database);
    const other = trailIn(await otherInstance(), undefined, trail.tenantId);
    const words = Array.from({ length: 450 }, (_, nth) => String(nth));
    await trail.record(...words.map((outcome) => ({ outcome })));
    await Promise.all([trail.chain(), other.chain(), trail.chain()]);
    assert.deepEqual(
      (await trail.read()).map(({ outcome }) => outcome),
      words,
    );
    assert.deepEqual((await trail.verify()).findings, []);
  });

  it('is chained and removed for every tenant but the one where something breaks, which the operator hears of', async () => {
    const { database } = given();
    const [broken, sound] = [randomUUID(), randomUUID()];
    const vault: Vault = {
      ...sampleVault,
      open: (person, ...where) => {
        if (person.tenantId === broken) throw new Error('no such luck');
        return sampleVault.open(person, ...where);
      },
    };
    const errors: unknown[] = [];
    const log = { error: (fields: { readonly tenantId?: unknown }) => void errors.push(fields.tenantId) };
    const trails = [broken, sound, broken, sound].map((tenantId) => trailIn(database, sampleVault, tenantId));
    for (const trail of trails) await trail.record({});
    await createChainEntries({ db: database.db, vault, log })();
    assert.deepEqual(errors, [broken]);
    const unchained = async () => {
      const all = await Promise.all(trails.slice(0, 2).map((trail) => trail.read()));
      return all.map((entries) => entries.filter(({ seq }) => seq === undefined).length);
    };
    assert.deepEqual(await unchained(), [2, 0]);
    await trails[0]?.chain();
    assert.deepEqual(await unchained(), [0, 0], 'the next round makes up for it');
    const purge = createPurgeAudit({ db: database.db, vault, retentionDays: 365 });
    await assert.rejects(purge(later(400)), { cause: new Error('no such luck') });
    const left = await Promise.all(trails.slice(0, 2).map((trail) => trail.read()));
    assert.deepEqual(
      left.map(({ length }) => length),
      [2, 0],
    );
  });

  it('goes in its time even where its key was gone before it was chained', async () => {
    const { database } = given();
    const lost = trailIn(database, createVault([{ id: 'lost', key: randomBytes(32) }]));
    await lost.record({}, { at: later(399) });
    await trailIn(database, sampleVault, lost.tenantId).purge(later(400));
    assert.equal((await lost.read()).length, 1);
  });

  it('says nothing in clear in the database', async () => {
    const { database } = given();
    const trail = trailIn(database);
    await trail.record({
      event: 'nameShared',
      target: 'Sorrel-plan',
      outcome: 'sorrel-word',
      subject: 'x-1',
    });
    const before = await allStored(database.db);
    await trail.chain();
    const stored = before + (await allStored(database.db));
    assert.doesNotMatch(stored, /sorrel|nameShared/i);
  });

  it('leaves a pseudonym of whoever has their data deleted, and the chain whole', async () => {
    const { database } = given();
    const trail = trailIn(database);
    const [userId, another] = [randomUUID(), randomUUID()];
    await trail.record({ userId, outcome: 'one' }, { userId: another, outcome: 'other' });
    await trail.chain();
    const [{ pseudonym } = {}] = await trail.read();
    await trail.record({ userId, outcome: 'two' });
    await trail.forget(userId);
    assert.ok(!(await allStored(database.db)).includes(userId));
    const told = (await trail.read()).map(({ outcome, person, pseudonym: who }) => [outcome, person, who]);
    assert.deepEqual(told[0], ['one', undefined, pseudonym]);
    assert.deepEqual(told[1]?.slice(0, 2), ['other', another]);
    assert.deepEqual(told[2], ['two', undefined, pseudonym]);
    assert.deepEqual((await trail.verify()).findings, []);
    await trail.record({ userId });
    await trail.chain();
    assert.notEqual((await trail.read())[3]?.pseudonym, pseudonym);
  });

  it('refuses to be changed or removed', async () => {
    const { db } = given().database;
    const trail = trailIn(given().database);
    await trail.record({}, {});
    const where = sql`WHERE tenant_id = ${trail.tenantId}`;
    const refusal = /append-only/;
    await assert.rejects(
      sql`DELETE FROM audit_entries ${where}`.execute(db.acrossTenants('a test')),
      refusal,
    );
    await assert.rejects(
      sql`UPDATE audit_entries SET at = now() ${where}`.execute(db.acrossTenants('a test')),
      refusal,
    );
    await assert.rejects(
      asOwner(given().database, (owner) => sql`TRUNCATE audit_entries`.execute(owner)),
      refusal,
    );
    await trail.chain();
    await assert.rejects(
      sql`UPDATE audit_entries SET hash = 'x' ${where}`.execute(db.acrossTenants('a test')),
      refusal,
    );
    await assert.rejects(
      sql`UPDATE audit_entries SET seq = seq + 9 ${where}`.execute(db.acrossTenants('a test')),
      refusal,
    );
    await assert.rejects(
      sql`UPDATE audit_entries SET user_id = 'x' ${where}`.execute(db.acrossTenants('a test')),
      refusal,
    );
    await assert.rejects(
      sql`DELETE FROM audit_entries ${where}`.execute(db.acrossTenants('a test')),
      refusal,
    );
    assert.deepEqual((await trail.verify()).findings, []);
  });

  it('is kept for its days, and the chain goes on from what went', async () => {
    const { database } = given();
    const trail = trailIn(database);
    const [gone, staying] = [randomUUID(), randomUUID()];
    await trail.record({ userId: gone }, { userId: staying }, { userId: staying, at: later(2) });
    await trail.chain();
    await trail.purge(later(365));
    assert.equal((await trail.read()).length, 3);
    await trail.purge(later(366));
    assert.deepEqual(
      (await trail.read()).map(({ seq, person }) => [seq, person]),
      [[3, staying]],
    );
    assert.ok(!(await allStored(database.db)).includes(gone));
    const { findings, anchor } = await trail.verify();
    assert.deepEqual([findings, anchor?.seq], [[], 2]);
    await trail.purge(later(400));
    await trail.record({ at: later(400) });
    await trail.chain();
    assert.deepEqual(
      (await trail.read()).map(({ seq }) => seq),
      [4],
    );
    assert.deepEqual((await trail.verify()).findings, []);
  });

  it('outlives a key', async () => {
    const { db } = given().database;
    const older = { id: 'older', key: randomBytes(32) };
    const newer = { id: 'newer', key: randomBytes(32) };
    const before = trailIn(given().database, createVault([older]));
    await before.record({ outcome: 'one' });
    await before.chain();
    await before.record({ outcome: 'two' });
    const both = createVault([newer, older]);
    const during = trailIn(given().database, both, before.tenantId);
    await during.record({ outcome: 'three' });
    await resealFiles({ db, vault: both, newestKeyId: newer.id });
    const after = trailIn(given().database, createVault([newer]), before.tenantId);
    await after.chain();
    assert.deepEqual(
      (await after.read()).map(({ seq, outcome }) => [seq, outcome]),
      [
        [1, 'one'],
        [2, 'two'],
        [3, 'three'],
      ],
    );
    assert.deepEqual((await after.verify()).findings, []);
  });
});
