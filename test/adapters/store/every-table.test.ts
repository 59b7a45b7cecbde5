// What is kept of people, table by table: gone in its time, gone when its person says so, and nobody else's with it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { createPurgeAudit } from '../../../src/adapters/store/audit/purge-audit.ts';
import { createPurgeExpired } from '../../../src/adapters/store/deletion.ts';
import { createStores } from '../../../src/adapters/store/stores.ts';
import { describeOnBothEngines } from '../../support/databases/databases.ts';
import { ownerOf, type Owner } from '../../support/databases/owner-of.ts';
import { daysPass, fillEveryTable, tablesOf, tablesWith } from '../../support/databases/every-table.ts';
import { somebody } from '../../support/samples/sample-exports.ts';
import { idleQueue, idleTransact, sampleVault } from '../../support/samples/sample-vault.ts';

/** Nobody's: the end of a chain, and addresses until the bot is removed there. */
const stay = ['audit_chains', 'conversations'];
const ofTheTrail = ['audit_entries', 'audit_people'];

const page = readFileSync(
  path.resolve(import.meta.dirname, '..', '..', '..', 'docs', 'security', 'surface.md'),
  'utf8',
);
const [, kept = ''] = page.split('## What is kept');
/** As the page has it: the table, and until when it is kept. */
const saidOf = new Map(
  [...kept.matchAll(/^\| `(\w+)` .*\| ([^|]+?) +\|$/gm)].map(([, table = '', until = '']) => [table, until]),
);

describeOnBothEngines('every table', (given) => {
  const db = () => given().database.db;
  let owner: Owner;
  before(() => {
    owner = ownerOf(given().database);
  });
  after(() => owner.close());
  const purge = async (): Promise<void> => {
    await createPurgeExpired(db(), 90)(new Date());
    await createPurgeAudit({ db: db(), vault: sampleVault, retentionDays: 365 })(new Date());
  };
  const person = somebody();

  before(async () => {
    await fillEveryTable(db(), person);
  });

  it('is filled by this suite, or a new one would be forgotten here', async () => {
    const tables = await tablesOf(owner.db);
    assert.deepEqual(
      await tablesWith(owner.db),
      tables.filter((table) => table !== 'instances'),
    );
    assert.deepEqual([...saidOf.keys()].toSorted(), tables, 'the page has them all, and no others');
  });

  it('keeps what is of today, a day, the retention time or as long as the audit trail, as the page says', async () => {
    await purge();
    const untilDay = [...saidOf]
      .filter(([, until]) => /^(?:a day|24 hours)/.test(until))
      .map(([table]) => table);
    const filled = (await tablesOf(owner.db)).filter((table) => table !== 'instances');
    // The bytes of a file have a time of their own, which is over.
    assert.deepEqual(
      await tablesWith(owner.db),
      filled.filter((table) => table !== 'own_file_parts'),
    );
    await daysPass(owner.db, 3);
    await purge();
    const ofADay = new Set(untilDay);
    assert.deepEqual(
      await tablesWith(owner.db),
      filled.filter((table) => !ofADay.has(table)),
    );
    await daysPass(owner.db, 90);
    await purge();
    assert.deepEqual(await tablesWith(owner.db), [...ofTheTrail, ...stay].toSorted());
    await daysPass(owner.db, 300);
    await purge();
    assert.deepEqual(await tablesWith(owner.db), stay);
  });

  it('has what is sealed where the page says so, and nowhere else', async () => {
    const { rows } = await sql<{ name: string }>`SELECT DISTINCT table_name AS name
      FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE 'sealed%'
      ORDER BY 1`.execute(owner.db);
    const said = [...kept.matchAll(/^\| `(\w+)` .*\|[^|]*\bsealed\b[^|]*\|[^|]*\|$/gm)];
    assert.deepEqual(
      said.map(([, table]) => table).toSorted(),
      rows.map(({ name }) => name),
    );
  });

  it('holds nothing of a person who has had their data deleted, and all that is of others', async () => {
    const [leaver, colleague] = [somebody(), somebody()];
    for (const one of [leaver, colleague]) await fillEveryTable(db(), one);
    const { rows } = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'user_id' AND table_name NOT IN ('audit_entries', 'audit_chains')
      ORDER BY 1`.execute(owner.db);
    const ofPeople = rows.map(({ name }) => name);
    const before = await tablesWith(owner.db, leaver.userId);
    assert.deepEqual(before, ofPeople);
    await createStores(db(), idleQueue, sampleVault).personalData.erase(leaver, new Date(0));
    await idleTransact(db())(({ audit }) => audit.forget(leaver));
    // Tokens are the sign-in's to forget.
    assert.deepEqual(await tablesWith(owner.db, leaver.userId), ['token_partitions']);
    assert.deepEqual(await tablesWith(owner.db, colleague.userId), ofPeople);
  });
});
