import assert from 'node:assert/strict';
import { createStores } from '../../../src/adapters/store/stores.ts';
import type { Stores, Transact } from '../../../src/ports/runtime.ts';
import { openDatabase } from '../../../src/adapters/store/engine/database.ts';
import { describeOnBothEngines, noLog } from '../../support/databases/databases.ts';
import { createSignal } from '../../support/surroundings/signal.ts';
import { describeWithPostgres, postgresDatabase } from '../../support/databases/postgres.ts';
import { someExport } from '../../support/samples/sample-exports.ts';
import { idleQueue, idleTransact, sampleVault } from '../../support/samples/sample-vault.ts';

describeOnBothEngines('transactions', (given) => {
  let stores: Stores;
  let transact: Transact;
  before(() => {
    stores = createStores(given().database.db, idleQueue, sampleVault);
    transact = idleTransact(given().database.db);
  });

  it('commit all or nothing', async () => {
    const [kept, lost] = [someExport(), someExport()];
    assert.equal(await transact(({ exports }) => exports.insert(kept)), 'inserted');
    const failing = transact(async ({ exports }) => {
      await exports.insert(lost);
      throw new Error('out of order');
    });
    await assert.rejects(failing, /out of order/);
    assert.ok(await stores.exports.load(kept.id));
    assert.equal(await stores.exports.load(lost.id), undefined);
  });

  it('see only themselves until they commit, and wait for a locked export', async () => {
    const job = someExport();
    await stores.exports.insert(job);
    const raise = async ({ exports }: Stores): Promise<void> => {
      const locked = await exports.lock(job.id);
      assert.ok(locked);
      await exports.save({ ...locked, version: locked.version + 1 });
    };
    await Promise.all(Array.from({ length: 10 }, () => transact(raise)));
    assert.equal((await stores.exports.load(job.id))?.version, job.version + 10);
  });

  for (const code of ['40001', '40P01']) {
    it(`are repeated after ${code}, up to three times`, async () => {
      const failure = Object.assign(new Error('try again'), { code });
      let calls = 0;
      const failUntil = (last: number) => (): Promise<number> => {
        calls += 1;
        return calls < last ? Promise.reject(failure) : Promise.resolve(calls);
      };
      assert.equal(await transact(failUntil(4)), 4);
      calls = 0;
      await assert.rejects(transact(failUntil(5)), failure);
      assert.equal(calls, 4);
    });
  }

  it('are not repeated after anything else', async () => {
    let calls = 0;
    const failing = transact(() => {
      calls += 1;
      return Promise.reject(Object.assign(new Error('no'), { code: '23505' }));
    });
    await assert.rejects(failing);
    assert.equal(calls, 1);
  });

  it('refuse the stores of the database itself, which would wait for ever when embedded', async () => {
    const wrong = transact(() => stores.exports.load('x'));
    await assert.rejects(wrong, /use the stores that it was given/);
    assert.equal(await stores.exports.load('x'), undefined);
  });
});

// Embedded there is one connection, so there is no deadlock to be had.
describeWithPostgres('a deadlock', () => {
  it('is resolved by trying again', async () => {
    const { url, drop } = await postgresDatabase();
    const database = await openDatabase({ kind: 'postgres', url }, { log: noLog });
    const transact = idleTransact(database.db);
    const [a, b] = [someExport(), someExport()];
    for (const job of [a, b]) await transact(({ exports }) => exports.insert(job));
    const met = [createSignal(), createSignal()] as const;
    let tries = 0;
    const lockBoth =
      (first: string, second: string, mine: 0 | 1) =>
      async ({ exports }: Stores): Promise<void> => {
        tries += 1;
        await exports.lock(first);
        met[mine].raise();
        await met[mine === 0 ? 1 : 0].raised;
        await exports.lock(second);
      };
    await Promise.all([transact(lockBoth(a.id, b.id, 0)), transact(lockBoth(b.id, a.id, 1))]);
    // PostgreSQL may end both of them.
    assert.ok(tries >= 3, `${String(tries)} tries`);
    await database.close();
    await drop();
  });
});
