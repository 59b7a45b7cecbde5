/** What is kept of files: for its person only, sealed for its place, deleted in time, on both engines. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { createVault } from '../../../../src/adapters/identity/tokens/encryption.ts';
import { resealFiles } from '../../../../src/adapters/store/files/reseal-files.ts';
import { createPurgeExpired } from '../../../../src/adapters/store/deletion.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import type { Requester } from '../../../../src/domain/exports/export-job.ts';
import type { OwnFile } from '../../../../src/domain/own-files/own-file.ts';
import type { Stores } from '../../../../src/ports/runtime.ts';
import { allStored } from '../../../support/databases/what-is-stored.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import {
  snapshotOf,
  somebody,
  someConversation,
  someExport,
  someOwnFile,
  someReading,
  someTarget,
} from '../../../support/samples/sample-exports.ts';
import { idleQueue } from '../../../support/samples/sample-vault.ts';

const daysLater = (days: number): Date => new Date(Date.parse('2026-03-02T09:00:00Z') + days * 24 * 3600_000);
const someName = () => ({
  id: randomUUID(),
  name: 'Secret sorrel',
  target: someTarget(),
  givenAt: daysLater(0),
});
const view = { kind: 'target', name: 'organisation/view' } as const;

describeOnBothEngines('what is kept of files', (given) => {
  const [older, newest] = ['older', 'newest'].map((id) => ({ id, key: randomBytes(32) }));
  assert.ok(older && newest);
  let stores: Stores;
  const storesUnder = (...keys: readonly { readonly id: string; readonly key: Buffer }[]): Stores =>
    createStores(given().database.db, idleQueue, createVault(keys));
  before(() => {
    stores = storesUnder(older);
  });

  const someSubject = async (requester: Requester = somebody()) => {
    const job = someExport({ requester, state: { status: 'ready', graphJobId: 'g' } });
    await stores.exports.insert(job);
    return { person: requester, subject: { kind: 'export', id: job.id } as const, job };
  };
  const someFile = async (owner: Requester = somebody(), change: Partial<OwnFile> = {}) => {
    const file = someOwnFile({ owner, receivedAt: daysLater(0), ...change });
    const conversation = someConversation({ tenantId: owner.tenantId, kind: 'personal' });
    await stores.ownFiles.add(file, conversation, {
      name: file.name,
      downloadUrl: 'https://drive.example/secret',
    });
    return { file, conversation };
  };

  it('comes back as it was, for its person and subject only', async () => {
    const { person, subject } = await someSubject();
    const items = [
      { kind: 'progressUp', from: 3, to: 4.5, title: 'Grow', level: 'keyResult' },
      { kind: 'ownerChanged', from: 'A', to: 'B', title: 'Grow', level: 'objective', owner: 'B' },
      { kind: 'gone', title: 'Old', level: 'other' },
    ] as const;
    const counts = { progressUp: 1, ownerChanged: 1, gone: 1, added: 0, progressDown: 0 };
    const others = { newlyAtRisk: 0, recovered: 0, statusChanged: 0 };
    const changes = { since: daysLater(-7), counts: { ...counts, ...others }, items };
    const reading = someReading({ changes });
    await stores.readings.keep(person, subject, reading);
    assert.deepEqual(await stores.readings.find(person, subject), reading);
    await stores.readings.keep(person, subject, someReading());
    assert.deepEqual(await stores.readings.find(person, subject), someReading());
    for (const stranger of [
      somebody(),
      somebody({ tenantId: person.tenantId }),
      { ...person, tenantId: 'x' },
    ])
      assert.equal(await stores.readings.find(stranger, subject), undefined);
    assert.equal(await stores.readings.find(person, { ...subject, kind: 'ownFile' }), undefined);
  });

  it('cannot be written over by somebody else', async () => {
    const { person, subject } = await someSubject();
    await stores.readings.keep(person, subject, someReading());
    await stores.readings.keep(somebody(), subject, someReading({ bytes: 1 }));
    assert.equal((await stores.readings.find(person, subject))?.bytes, 99);
  });

  it('is as good as not there when its bytes were moved, changed, or its key is gone', async () => {
    const one = await someSubject();
    const other = await someSubject(one.person);
    await stores.readings.keep(one.person, one.subject, someReading());
    await stores.readings.keep(other.person, other.subject, someReading({ bytes: 1 }));
    assert.equal(await storesUnder(newest).readings.find(one.person, one.subject), undefined);
    await sql`UPDATE readings SET sealed = (SELECT sealed FROM readings WHERE id = ${other.subject.id})
      WHERE id = ${one.subject.id}`.execute(given().database.db.acrossTenants('a test'));
    assert.equal(await stores.readings.find(one.person, one.subject), undefined);
  });

  it('keeps a file’s bytes in sealed pieces, and gives them back in order', async () => {
    const { file } = await someFile();
    const bytes = randomBytes(2_500_123);
    async function* inOddPieces() {
      for (let at = 0; at < bytes.length; at += 77_777)
        yield await Promise.resolve(bytes.subarray(at, at + 77_777));
    }
    assert.equal(await stores.ownFiles.bytesOf(file), undefined);
    assert.deepEqual(await stores.ownFiles.keepBytes(file, inOddPieces()), { size: bytes.length });
    const kept = await stores.ownFiles.bytesOf(file);
    assert.ok(kept && (await buffer(kept)).equals(bytes));
    const stolen = await stores.ownFiles.bytesOf({ ...file, owner: somebody() });
    // PostgreSQL does not even show that there is something.
    if (given().database.engine.kind === 'postgres') assert.equal(stolen, undefined);
    else await assert.rejects(buffer(stolen ?? assert.fail()), /cannot be read/);
    await stores.personalData.erase(file.owner, new Date());
  });

  it('keeps nothing of a file that broke off', async () => {
    const { file } = await someFile();
    async function* breaking() {
      yield await Promise.resolve(randomBytes(1_500_000));
      throw new Error('cut');
    }
    await assert.rejects(stores.ownFiles.keepBytes(file, breaking()), /cut/);
    assert.equal(await stores.ownFiles.bytesOf(file), undefined);
  });

  it('of many exports at once is found by their person only', async () => {
    const { person, subject } = await someSubject();
    const unread = await someSubject(person);
    const others = await someSubject();
    const reading = someReading();
    await stores.readings.keep(person, subject, reading);
    await stores.readings.keep(others.person, others.subject, reading);
    const ids = [subject.id, unread.subject.id, others.subject.id];
    assert.deepEqual(await stores.readings.ofExports(person, ids), new Map([[subject.id, reading]]));
  });

  it('writes each version of a file once, and forgets its link', async () => {
    const { file } = await someFile();
    assert.equal((await stores.ownFiles.attachmentOf(file))?.downloadUrl, 'https://drive.example/secret');
    const next: OwnFile = { ...file, kind: 'xlsx', size: 4, keptUntil: daysLater(1), version: 2 };
    assert.equal(
      await stores.ownFiles.save({ ...next, state: { status: 'unread', why: 'encrypted' } }),
      'saved',
    );
    assert.equal(await stores.ownFiles.save(next), 'overtaken');
    const expected = { ...next, state: { status: 'unread', why: 'encrypted' } };
    assert.deepEqual(await stores.ownFiles.loadOwn(file.owner, file.id), expected);
    assert.equal(
      await stores.ownFiles.loadOwn(somebody({ tenantId: file.owner.tenantId }), file.id),
      undefined,
    );
    await stores.ownFiles.forgetAttachment(file.id);
    assert.equal(await stores.ownFiles.attachmentOf(file), undefined);
  });

  it('counts who took a piece of work and vanished', async () => {
    const work = { kind: 'readOwnFile', id: randomUUID() } as const;
    const { claim, releaseClaim: release, extendClaim: extend } = stores.fileWork;
    const late = () =>
      sql`UPDATE file_work_claims SET claimed_until = now() - interval '1 second'`.execute(
        given().database.db.acrossTenants('a test'),
      );
    assert.deepEqual(await claim(work, 'a', 15), { crashes: 0 });
    assert.equal(await claim(work, 'b', 15), undefined);
    assert.deepEqual([await extend(work, 'a', 15), await extend(work, 'b', 15)], [true, false]);
    await late();
    assert.deepEqual(await claim(work, 'b', 15), { crashes: 1 });
    await release(work, 'a');
    assert.equal(await claim(work, 'c', 15), undefined, 'who lost it cannot give it back');
    await release(work, 'b');
    assert.deepEqual(await claim(work, 'c', 15), { crashes: 0 });
    await release(work, 'c', 'broken');
    assert.deepEqual(await claim(work, 'd', 15), { crashes: 1 }, 'at once, and counted');
    await release(work, 'd', 'untouched');
    assert.deepEqual(await claim(work, 'e', 15), { crashes: 1 });
  });

  it('goes over to the newest key, all of it, once', async () => {
    const { db } = given().database;
    const { person, subject } = await someSubject();
    const { file } = await someFile(person);
    await stores.readings.keep(person, subject, someReading());
    await stores.ownFiles.keepBytes(file, new Blob(['Title\n']).stream());
    const name = someName();
    await stores.targetNames.give(person, name);
    await resealFiles({ db, vault: createVault([newest, older]), newestKeyId: 'newest', batch: 2 });
    const rotated = storesUnder(newest);
    assert.deepEqual(await rotated.readings.find(person, subject), someReading());
    assert.deepEqual(await rotated.targetNames.of(person), [name]);
    assert.ok(await rotated.ownFiles.attachmentOf(file));
    const bytes = await rotated.ownFiles.bytesOf(file);
    assert.equal(bytes && (await buffer(bytes)).toString(), 'Title\n');
    const again = await resealFiles({ db, vault: createVault([newest, older]), newestKeyId: 'newest' });
    assert.equal(again.resealed, 0);
  });

  it('holds no title, owner, name of a series or link in the clear', async () => {
    const { person, subject } = await someSubject();
    await someFile(person);
    await stores.readings.keep(person, subject, someReading());
    await stores.targetNames.give(person, someName());
    await stores.snapshots.keep(person, view, {
      subject,
      asOf: daysLater(1),
      snapshot: snapshotOf('Grow secretly'),
    });
    const all = await allStored(given().database.db);
    for (const secret of ['Grow', 'Sample Owner', 'drive.example', 'organisation/view', 'On Track', 'sorrel'])
      assert.ok(!all.includes(secret), secret);
  });

  it('goes with time: bytes after a day, all else with the export or after the days of retention', async () => {
    const { db } = given().database;
    const purge = (day: number) => createPurgeExpired(db, 90)(daysLater(day));
    const { person, subject, job } = await someSubject();
    await stores.exports.save({ ...job, since: daysLater(0), version: 2 });
    await stores.readings.keep(person, subject, someReading());
    await stores.snapshots.keep(person, view, { subject, asOf: daysLater(0), snapshot: snapshotOf('a') });
    const { file } = await someFile(person, { keptUntil: daysLater(1) });
    await stores.ownFiles.keepBytes(file, new Blob(['Title\n']).stream());
    const ownReading = { kind: 'ownFile', id: file.id } as const;
    await stores.readings.keep(person, ownReading, someReading());
    await stores.targetNames.give(person, someName());
    const none = { schedules: 0, sharedNames: 0 };
    const left = async () => ({
      ...(await stores.personalData.count(person)),
      bytes: (await stores.ownFiles.bytesOf(file)) !== undefined,
    });
    const kept = { exports: 1, openExports: 0, readings: 2, snapshots: 1, ownFiles: 1, names: 1 };
    const all = { ...kept, ...none, bytes: true };
    assert.deepEqual(await left(), all);
    await purge(0.5);
    assert.deepEqual(await left(), all);
    await purge(2);
    assert.deepEqual(await left(), { ...all, bytes: false });
    assert.equal((await stores.ownFiles.load(file.id))?.keptUntil, undefined);
    await purge(91);
    const gone = { exports: 0, openExports: 0, readings: 0, snapshots: 0, ownFiles: 0, names: 0 };
    assert.deepEqual(await left(), { ...gone, ...none, bytes: false });
  });
});
