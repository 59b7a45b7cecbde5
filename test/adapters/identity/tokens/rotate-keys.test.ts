// Row 12: the command that rotates keys, under load, broken off and repeated, on both engines.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { rotateKeys } from '../../../../src/adapters/identity/tokens/rotate-keys.ts';
import {
  createSealer,
  createVault,
  type EncryptionKey,
} from '../../../../src/adapters/identity/tokens/encryption.ts';
import { createTokenPartitions } from '../../../../src/adapters/identity/tokens/token-partitions.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import type { Person } from '../../../../src/domain/exports/export-job.ts';
import { sandboxPeople } from '../../../../src/sandbox/chat/people.ts';
import { describeOnBothEngines, noLog } from '../../../support/databases/databases.ts';
import { someExport, somebody } from '../../../support/samples/sample-exports.ts';
import { idleQueue, idleTransact } from '../../../support/samples/sample-vault.ts';
import {
  ada,
  oidOf,
  signInSilently,
  startBench,
  type BenchTokens,
  type IdentityBench,
} from '../identity-bench.ts';

const newKey = (id: string) => ({ id, key: randomBytes(32) });

describeOnBothEngines('rotate-keys', (given) => {
  const [older, newest] = [newKey('older'), newKey('newest')];
  const partitionsUnder = (...keys: readonly (typeof older)[]) =>
    createTokenPartitions({
      db: given().database.db,
      transact: idleTransact(given().database.db),
      log: noLog,
      sealer: createSealer(keys),
    });
  const keyIds = async (): Promise<readonly string[]> => {
    const rows = await given()
      .database.db.acrossTenants('a test')
      .selectFrom('token_partitions')
      .select('key_id')
      .execute();
    return rows.map(({ key_id }) => key_id);
  };
  const someone = (): Person => ({ tenantId: randomUUID(), userId: randomUUID() });
  const keep = async (person: Person, cache: string, ...keys: readonly (typeof older)[]) => {
    const tokens = { homeAccountId: 'home.tenant', cache };
    assert.ok(await partitionsUnder(...keys).replace(person, { kind: 'nothing' }, tokens));
  };
  const cacheOf = async (person: Person): Promise<string> => {
    const held = await partitionsUnder(newest).load(person);
    return held.kind === 'tokens' ? held.tokens.cache : held.kind;
  };

  beforeEach(() => given().database.db.acrossTenants('a test').deleteFrom('token_partitions').execute());

  it('brings everybody under the newest key, once, whatever the batch', async () => {
    const people = Array.from({ length: 23 }, someone);
    for (const person of people) await keep(person, `cache of ${person.userId}`, older);
    await keep(someone(), 'new already', newest);
    const deps = { db: given().database.db, keys: [newest, older], batch: 5 };
    assert.deepEqual(await rotateKeys(deps), { resealed: 23, unreadable: 0 });
    for (const person of people) assert.equal(await cacheOf(person), `cache of ${person.userId}`);
    assert.deepEqual(await rotateKeys(deps), { resealed: 0, unreadable: 0 });
  });

  it('leaves what it cannot open, says how many, and goes on with the others', async () => {
    const [lost, changed, fine] = [someone(), someone(), someone()];
    await keep(lost, 'under a key that is gone', newKey('gone'));
    await keep(changed, 'with a changed byte', older);
    await keep(fine, 'fine', older);
    const { db } = given().database;
    await db
      .acrossTenants('a test')
      .updateTable('token_partitions')
      .set({ sealed: '01ff' })
      .where('user_id', '=', changed.userId)
      .execute();
    const rotated = await rotateKeys({ db, keys: [newest, older], batch: 1 });
    assert.deepEqual(rotated, { resealed: 1, unreadable: 2 });
    assert.equal(await cacheOf(fine), 'fine');
    assert.deepEqual((await keyIds()).toSorted(), ['gone', 'newest', 'older']);
  });

  it('goes on where it was broken off', async () => {
    for (let nth = 0; nth < 6; nth += 1) await keep(someone(), 'cache', older);
    const { db } = given().database;
    const first = await db
      .acrossTenants('a test')
      .selectFrom('token_partitions')
      .select('user_id')
      .limit(1)
      .executeTakeFirstOrThrow();
    const half = createSealer([newest, older]);
    const row = await db
      .acrossTenants('a test')
      .selectFrom('token_partitions')
      .selectAll()
      .where('user_id', '=', first.user_id)
      .executeTakeFirstOrThrow();
    const { keyId, bytes } = half.seal({ tenantId: row.tenant_id, userId: row.user_id }, 'cache');
    const sealed = Buffer.from(bytes).toString('hex');
    await db
      .acrossTenants('a test')
      .updateTable('token_partitions')
      .set({ key_id: keyId, sealed })
      .where('user_id', '=', row.user_id)
      .execute();
    assert.deepEqual(await rotateKeys({ db, keys: [newest, older] }), { resealed: 5, unreadable: 0 });
  });

  it('takes a row again that a bot without the newest key has just written', async () => {
    const person = someone();
    await keep(person, 'one', older);
    const { db } = given().database;
    const bot = partitionsUnder(older);
    const seen = await bot.load(person);
    let overtook = false;
    const overtaken = db.guardedBy({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (!overtook) {
          overtook = true;
          assert.ok(await bot.replace(person, seen, { homeAccountId: 'home.tenant', cache: 'two' }));
        }
        return result;
      },
    });
    assert.deepEqual(await rotateKeys({ db: overtaken, keys: [newest, older] }), {
      resealed: 1,
      unreadable: 0,
    });
    assert.equal(await cacheOf(person), 'two');
  });
});

describe('rotate-keys under load', () => {
  let bench: IdentityBench;
  before(async () => {
    bench = await startBench({ detectReuse: true });
  });
  after(() => bench.stop());

  it('brings no sign-in prompt to anybody while their tokens are being renewed', async () => {
    const next = newKey('next');
    const keys = [next, bench.key];
    const old = bench.instance();
    for (const person of sandboxPeople) await signInSilently(bench, old, person);
    const bots: readonly BenchTokens[] = [bench.instance({ keys }), bench.instance({ keys })];
    let rotating = true;
    const renew = async (bot: BenchTokens, somebody: (typeof sandboxPeople)[number]): Promise<number> => {
      const person = { tenantId: somebody.tid, userId: somebody.oid };
      let renewals = 0;
      do {
        assert.equal(oidOf(await bot.tokenFor(person, { renew: true })), somebody.oid);
        renewals += 1;
      } while (rotating || renewals < 5);
      return renewals;
    };
    const load = sandboxPeople.map((somebody, nth) => renew(bots[nth % 2] ?? old, somebody));
    for (let nth = 0; nth < 10; nth += 1)
      await rotateKeys({ db: bench.db, keys: nth % 2 === 0 ? keys : keys.toReversed() });
    await rotateKeys({ db: bench.db, keys });
    rotating = false;
    await Promise.all(load);
    const onlyNext = bench.instance({ keys: [next] });
    for (const somebody of sandboxPeople) {
      const person = { tenantId: somebody.tid, userId: somebody.oid };
      assert.equal(oidOf(await onlyNext.tokenFor(person)), somebody.oid);
    }
  });

  it('is not the end of any export when a key is lost: its person signs in again', async () => {
    const lost = bench.instance();
    await signInSilently(bench, lost);
    const requester = somebody(ada);
    const job = someExport({ requester });
    const storesUnder = (key: EncryptionKey) => createStores(bench.db, idleQueue, createVault([key]));
    await storesUnder(bench.key).exports.insert(job);
    const other = newKey('other');
    assert.equal((await bench.instance({ keys: [other] }).tokenFor(ada)).kind, 'signInRequired');
    assert.deepEqual(await storesUnder(other).exports.loadOwn(requester, job.id), job);
    assert.deepEqual(
      (await storesUnder(other).exports.openOf(requester)).map(({ id }) => id),
      [job.id],
    );
    assert.equal(oidOf(await signInAgain(other)), ada.userId);
  });

  const signInAgain = async (key: EncryptionKey) => {
    const tokens = bench.instance({ keys: [key] });
    await signInSilently(bench, tokens);
    return tokens.tokenFor(ada);
  };
});
