// How a tenant's entries are chained: in few statements, with one pseudonym a person, and nobody waits for whoever's fails.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createChainEntries } from '../../../../src/adapters/store/audit/chain-entries.ts';
import { openDatabase, type Database } from '../../../../src/adapters/store/engine/database.ts';
import { describeOnBothEngines, noLog } from '../../../support/databases/databases.ts';
import { asOwner } from '../../../support/databases/owner-of.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';
import { recordStatements } from '../../../support/databases/record-statements.ts';
import { sampleVault as vault } from '../../../support/samples/sample-vault.ts';
import { trailIn } from './audit-trail.ts';

describeWithPostgres('chaining on PostgreSQL', () => {
  let database: Database;
  before(async () => {
    database = await openDatabase({ kind: 'postgres', url: (await postgresDatabase()).url }, { log: noLog });
  });
  after(() => database.close());

  it('asks for five statements a tenant, whether its chain begins or goes on', async () => {
    const trail = trailIn(database);
    const [userId, another] = [randomUUID(), randomUUID()];
    for (const expected of [2, 4]) {
      await trail.record({ userId }, { userId: another });
      const stop = recordStatements();
      await trail.chain();
      const [whose, ...asked] = stop().map((text) => text.split(' ')[0]);
      assert.equal((await trail.verify()).chained, expected);
      assert.deepEqual([whose, asked], ['SELECT', ['begin', 'SELECT', 'SELECT', 'WITH', 'commit']]);
    }
  });
});

describeOnBothEngines('chaining', (given) => {
  const pseudonymsIn = async (trail: ReturnType<typeof trailIn>) =>
    (await trail.read()).map(({ pseudonym }) => pseudonym);

  it('gives a person one pseudonym, in one batch, in the next, and by several at a time', async () => {
    const { database, otherInstance } = given();
    const trail = trailIn(database);
    const other = trailIn(await otherInstance(), undefined, trail.tenantId);
    const userId = randomUUID();
    await trail.record(...Array.from({ length: 401 }, () => ({ userId })));
    await Promise.all([trail.chain(), other.chain()]);
    await trail.record({ userId });
    await other.chain();
    const pseudonyms = await pseudonymsIn(trail);
    assert.equal(pseudonyms.length, 402);
    assert.equal(new Set(pseudonyms).size, 1);
    assert.deepEqual((await trail.verify()).findings, []);
  });

  it('draws none for a person of whom nothing can be read', async () => {
    const trail = trailIn(given().database);
    const [userId, another] = [randomUUID(), randomUUID()];
    await trail.record({ userId }, { userId: another });
    await trail.tamper(
      `UPDATE audit_entries SET sealed = '00' WHERE tenant_id = TENANT AND user_id = '${userId}'`,
    );
    await trail.chain();
    const { db } = given().database;
    const people = await db
      .ofTenant(trail.tenantId)
      .selectFrom('audit_people')
      .select('user_id')
      .where('tenant_id', '=', trail.tenantId)
      .execute();
    assert.deepEqual(people, [{ user_id: another }]);
    assert.deepEqual((await trail.verify()).chained, 1);
  });

  it('leaves all of a tenant for the next round where the database refuses a part, which the operator hears of', async () => {
    const { database } = given();
    const [refused, sound] = [trailIn(database), trailIn(database)];
    for (const trail of [refused, sound]) await trail.record({ userId: randomUUID() });
    await refused.record({ userId: 'refused' });
    const constrain = (how: string) =>
      asOwner(database, (owner) => sql.raw(`ALTER TABLE audit_people ${how}`).execute(owner));
    await constrain(`ADD CONSTRAINT refusal CHECK (user_id <> 'refused')`);
    const errors: unknown[] = [];
    const log = {
      error: (fields: { readonly tenantId?: unknown; readonly err?: unknown }) => {
        if (fields.err !== undefined) errors.push(fields.tenantId);
      },
    };
    await createChainEntries({ db: database.db, vault, log })();
    await constrain('DROP CONSTRAINT refusal');
    assert.deepEqual(errors, [refused.tenantId]);
    const chained = async () => [(await refused.verify()).chained, (await sound.verify()).chained];
    assert.deepEqual(await chained(), [0, 1]);
    await refused.chain();
    assert.deepEqual(await chained(), [2, 1]);
    assert.deepEqual((await refused.verify()).findings, []);
  });
});
