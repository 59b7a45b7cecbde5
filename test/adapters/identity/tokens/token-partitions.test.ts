/** Tokens at rest, on both engines: unreadable to others, bound to their person, replaced and forgotten as they should be. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createSealer } from '../../../../src/adapters/identity/tokens/encryption.ts';
import {
  createTokenPartitions,
  keepRenewed,
  keepSignedIn,
  type Held,
  type TokenPartitions,
  type Tokens,
} from '../../../../src/adapters/identity/tokens/token-partitions.ts';
import { openDatabase, type Database } from '../../../../src/adapters/store/engine/database.ts';
import { idleTransact } from '../../../support/samples/sample-vault.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';
import {
  ada,
  benno,
  nothingAlongside,
  bennoOfTeams,
  oidOf,
  sharedDatabase,
  signInSilently,
  useBench,
  storedText,
  type IdentityBench,
  type BenchTokens,
} from '../identity-bench.ts';

describe('tokens at rest', () => {
  let bench: IdentityBench;
  let tokens: BenchTokens;

  useBench((fresh) => {
    bench = fresh;
    tokens = fresh.instance();
  });

  it('holds no token in clear, in the store or in the log', async () => {
    await signInSilently(bench, tokens);
    bench.entra.revokeSessions(ada.userId);
    await signInSilently(bench, tokens, bennoOfTeams);
    const raw = await bench.db.acrossTenants('a test').selectFrom('token_partitions').selectAll().execute();
    assert.equal(raw.length, 2);
    assert.doesNotMatch(JSON.stringify(raw), /eyJ|refresh_?token/i);
    for (const { sealed } of raw) assert.match(sealed, /^[0-9a-f]+$/);
    await tokens.tokenFor(ada, { renew: true });
    assert.notEqual(bench.lines.length, 0);
    assert.doesNotMatch(JSON.stringify(bench.lines), /eyJ|secret|AADSTS|Sandfield/);
  });

  it('S3: a changed or swapped blob means a new sign-in for that person only', async () => {
    await signInSilently(bench, tokens);
    await signInSilently(bench, tokens, bennoOfTeams);
    const { sealed } = await bench.db
      .acrossTenants('a test')
      .selectFrom('token_partitions')
      .select('sealed')
      .where('user_id', '=', benno.userId)
      .executeTakeFirstOrThrow();
    await bench.db
      .acrossTenants('a test')
      .updateTable('token_partitions')
      .set({ sealed })
      .where('user_id', '=', ada.userId)
      .execute();
    const named = { ...ada, name: 'Ada Sandfield' };
    assert.deepEqual(await tokens.tokenFor(named), { kind: 'signInRequired', cause: 'signIn' });
    assert.equal(await tokens.holds(ada), false);
    assert.match(bench.lines[0]?.message ?? '', /do not open/);
    assert.doesNotMatch(JSON.stringify(bench.lines), /Sandfield/, 'a line names nobody');
    assert.equal(oidOf(await tokens.tokenFor(benno)), benno.userId);
    assert.deepEqual(await signInSilently(bench, tokens), { kind: 'signedIn' });
    assert.equal(oidOf(await tokens.tokenFor(ada)), ada.userId);
  });

  it('rotates keys without a sign-in, and seals with the newest from the next renewal on', async () => {
    await signInSilently(bench, tokens);
    const next = { id: 'second', key: randomBytes(32) };
    const rotated = bench.instance({ keys: [next, bench.key] });
    assert.equal(oidOf(await rotated.tokenFor(ada)), ada.userId);
    assert.equal(oidOf(await rotated.tokenFor(ada, { renew: true })), ada.userId);
    const onlyNext = bench.instance({ keys: [next] });
    assert.equal(oidOf(await onlyNext.tokenFor(ada)), ada.userId);
    assert.equal((await tokens.tokenFor(ada)).kind, 'signInRequired');
  });

  it('forgets on request, also while a renewal is on its way', async () => {
    await signInSilently(bench, tokens);
    const asked = bench.entra.nextCall({ op: 'token' });
    const answered = Promise.withResolvers<undefined>();
    bench.entra.script({ match: { op: 'token' }, times: 1, after: answered.promise });
    const renewal = tokens.tokenFor(ada, { renew: true });
    await asked;
    await bench.instance().forget(ada);
    answered.resolve(undefined);
    assert.deepEqual(await renewal, { kind: 'signInRequired', cause: 'signIn' });
    assert.equal(await storedText(bench), '[]');
    await tokens.forget(ada);
  });
});

const tokensNamed = (cache: string): Tokens => ({ homeAccountId: 'home.tenant', cache });
const cacheOf = (held: Held): string => (held.kind === 'tokens' ? held.tokens.cache : held.kind);

function keepsItsPromises(connect: () => Promise<Database['db']>): void {
  const log = { warn: () => undefined };
  const key = { id: 'first', key: randomBytes(32) };
  const next = { id: 'second', key: randomBytes(32) };
  let partitions: TokenPartitions;
  let rotated: TokenPartitions;

  const loadTokens = async (): Promise<Extract<Held, { kind: 'tokens' }>> => {
    const held = await partitions.load(ada);
    assert.equal(held.kind, 'tokens');
    return held;
  };

  beforeEach(async () => {
    const db = await connect();
    await db.acrossTenants('a test').deleteFrom('token_partitions').execute();
    const transact = idleTransact(db);
    partitions = createTokenPartitions({ db, transact, log, sealer: createSealer([key, next]) });
    rotated = createTokenPartitions({ db, transact, log, sealer: createSealer([next, key]) });
    assert.equal(await partitions.replace(ada, { kind: 'nothing' }, tokensNamed('one')), true);
  });

  it('replaces only the row that was seen', async () => {
    const seen = await loadTokens();
    assert.equal(seen.tokens.homeAccountId, 'home.tenant');
    assert.equal(await partitions.replace(ada, { kind: 'nothing' }, tokensNamed('late')), false);
    assert.equal(await partitions.replace(ada, seen, tokensNamed('two')), true);
    assert.equal(await partitions.replace(ada, seen, tokensNamed('late')), false);
    assert.equal(cacheOf(await partitions.load(ada)), 'two');
    assert.equal(cacheOf(await partitions.load(benno)), 'nothing');
  });

  it('removes what was seen, or whatever is there, and only of that person', async () => {
    const seen = await loadTokens();
    await partitions.replace(benno, { kind: 'nothing' }, tokensNamed('of Benno'));
    await partitions.replace(ada, seen, tokensNamed('two'));
    await partitions.remove(ada, seen);
    assert.equal(cacheOf(await partitions.load(ada)), 'two');
    await partitions.remove(ada);
    assert.equal(cacheOf(await partitions.load(ada)), 'nothing');
    assert.equal(cacheOf(await partitions.load(benno)), 'of Benno');
  });

  it('renewed tokens yield to newer ones, outlive a re-sealing, and never bring a forgotten person back', async () => {
    const seen = await loadTokens();
    assert.equal(await rotated.replace(ada, seen, seen.tokens), true);
    assert.equal(await keepRenewed(partitions, ada, seen, tokensNamed('two')), 'kept');
    assert.equal(await keepRenewed(partitions, ada, seen, tokensNamed('late')), 'superseded');
    assert.equal(cacheOf(await partitions.load(ada)), 'two');
    await partitions.remove(ada);
    assert.equal(await keepRenewed(partitions, ada, seen, tokensNamed('late')), 'forgotten');
    assert.equal(cacheOf(await partitions.load(ada)), 'nothing');
  });

  it('tokens of a sign-in replace whatever is there', async () => {
    const seen = await loadTokens();
    await partitions.replace(ada, seen, tokensNamed('two'));
    await keepSignedIn(partitions, ada, { seen, tokens: tokensNamed('signed in') }, nothingAlongside);
    assert.equal(cacheOf(await partitions.load(ada)), 'signed in');
    await partitions.remove(ada);
    await keepSignedIn(partitions, ada, { seen, tokens: tokensNamed('again') }, nothingAlongside);
    assert.equal(cacheOf(await partitions.load(ada)), 'again');
  });
}

describe('token partitions on the embedded database', () => {
  keepsItsPromises(async () => (await sharedDatabase()).db);
});

describeWithPostgres('token partitions on PostgreSQL', () => {
  let database: Database | undefined;
  let drop: () => Promise<void>;

  before(async () => {
    const created = await postgresDatabase();
    drop = created.drop;
    database = await openDatabase({ kind: 'postgres', url: created.url }, { log: { warn: () => undefined } });
  });
  after(async () => {
    await database?.close();
    await drop();
  });

  keepsItsPromises(() =>
    database === undefined ? Promise.reject(new Error('no database')) : Promise.resolve(database.db),
  );
});
