// A release and the one before it work on one database while instances are replaced: a migration takes nothing away from that one.
import assert from 'node:assert/strict';
import { sql, type Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../../../../src/adapters/store/migrations/migrations.ts';
import type { Database } from '../../../../src/adapters/store/engine/database.ts';
import { ownerOf } from '../../../support/databases/owner-of.ts';
import { embeddedDatabase } from '../../../support/databases/databases.ts';

/** Of before the rule (1 December 2026): whoever upgrades across one of them stops all instances first. */
const beforeTheRule: readonly string[] = [
  '0004-what-files-say',
  '0009-formats-of-links',
  '0012-targets-of-sources',
  '0015-cards-of-files',
];

/** Of pg-boss's own tables (30 November 2026), which it changes when it starts: another one may be no release for one after the other. */
const queueSchema = 46;

interface Column {
  readonly type: string;
  readonly isNullable: boolean;
  /** A row may be written without it. */
  readonly isOptional: boolean;
}

interface Schema {
  readonly columns: ReadonlyMap<string, Column>;
  /** What refuses or changes what is written: unique indexes, constraints, triggers; by their table. */
  readonly rules: ReadonlyMap<string, string>;
}

async function readSchema(db: Kysely<unknown>): Promise<Schema> {
  const columns = await sql<{ name: string; type: string; is_nullable: string; has_value: boolean }>`SELECT
      table_name || '.' || column_name AS name, data_type AS type, is_nullable,
      column_default IS NOT NULL OR is_identity = 'YES' AS has_value
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'kysely%'`.execute(
    db,
  );
  const rules = await sql<{ name: string; rule: string }>`
    SELECT c.relname || ': ' || i.relname AS name, pg_get_indexdef(x.indexrelid) AS rule
    FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indisunique AND c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT c.relname || ': ' || k.conname, pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype IN ('c', 'f', 'x') AND c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT c.relname || ': ' || t.tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace`.execute(db);
  return {
    columns: new Map(
      columns.rows.map(({ name, type, is_nullable: nullable, has_value: hasValue }) => [
        name,
        { type, isNullable: nullable === 'YES', isOptional: nullable === 'YES' || hasValue },
      ]),
    ),
    rules: new Map(rules.rows.map(({ name, rule }) => [name, rule])),
  };
}

const tableOf = (name: string): string => name.split(/[.:]/)[0] ?? '';

/** What the release before would stumble over. */
function takenAway(before: Schema, after: Schema): readonly string[] {
  const tables = new Set([...before.columns.keys()].map(tableOf));
  const changed = [...before.columns].flatMap(([name, column]) => {
    const now = after.columns.get(name);
    if (now === undefined) return [`${name} is gone`];
    if (now.type !== column.type) return [`${name} is ${now.type} now`];
    if (column.isOptional && !now.isOptional) return [`${name} has to be written now`];
    return column.isNullable || !now.isNullable ? [] : [`${name} may be empty now`];
  });
  const demanded = [...after.columns].flatMap(([name, { isOptional }]) =>
    tables.has(tableOf(name)) && !before.columns.has(name) && !isOptional
      ? [`${name} has to be written`]
      : [],
  );
  const lost = [...before.rules].flatMap(([name, rule]) =>
    after.rules.get(name) === rule ? [] : [`${name} is gone or another`],
  );
  const added = [...after.rules.keys()].flatMap((name) =>
    tables.has(tableOf(name)) && !before.rules.has(name) ? [`${name} is new`] : [],
  );
  return [...changed, ...demanded, ...lost, ...added];
}

describe('a migration', () => {
  let database: Database;
  let db: Kysely<unknown>;
  before(async () => {
    database = await embeddedDatabase();
    db = ownerOf(database).db as unknown as Kysely<unknown>;
  });
  after(() => database.close());

  it('takes nothing away from the release before, and demands nothing of it', async () => {
    await sql`DROP SCHEMA public CASCADE`.execute(db);
    await sql`CREATE SCHEMA public`.execute(db);
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
    const broken: string[] = [];
    let before = await readSchema(db);
    for (const name of Object.keys(migrations)) {
      const { error, results } = await migrator.migrateUp();
      assert.deepEqual([error, results?.[0]?.migrationName], [undefined, name]);
      const after = await readSchema(db);
      const taken = takenAway(before, after);
      if (taken.length > 0) broken.push(name);
      if (!beforeTheRule.includes(name)) assert.deepEqual(taken, [], name);
      before = after;
    }
    assert.deepEqual(broken, beforeTheRule);
  });

  it('would be seen to take something away', async () => {
    const steps = [
      'CREATE TABLE kept (id text PRIMARY KEY, a text, b text NOT NULL DEFAULT 1, c text)',
      'ALTER TABLE kept DROP COLUMN a',
      'ALTER TABLE kept RENAME COLUMN c TO d',
      'ALTER TABLE kept ALTER COLUMN b DROP DEFAULT',
      'ALTER TABLE kept ADD COLUMN e text',
      'ALTER TABLE kept ALTER COLUMN e TYPE integer USING NULL',
      'ALTER TABLE kept ADD COLUMN f text NOT NULL',
      'CREATE UNIQUE INDEX only_once ON kept (d)',
      'DROP INDEX only_once',
      'ALTER TABLE kept ALTER COLUMN f DROP NOT NULL',
      'CREATE TABLE added (id text PRIMARY KEY, a text NOT NULL)',
    ];
    const seen: string[][] = [];
    for (const step of steps) {
      const before = await readSchema(db);
      await sql.raw(step).execute(db);
      seen.push([...takenAway(before, await readSchema(db))]);
    }
    await sql`DROP TABLE kept, added`.execute(db);
    assert.deepEqual(seen, [
      [],
      ['kept.a is gone'],
      ['kept.c is gone'],
      ['kept.b has to be written now'],
      [],
      ['kept.e is integer now'],
      ['kept.f has to be written'],
      ['kept: only_once is new'],
      ['kept: only_once is gone or another'],
      ['kept.f may be empty now'],
      [],
    ]);
  });

  it('of the queue’s own library is none that is new', async () => {
    const { rows } = await sql<{ version: number }>`SELECT version FROM pgboss.version`.execute(db);
    assert.equal(rows[0]?.version, queueSchema);
  });
});
