// PostgreSQL answers but takes nothing: it has become read-only, as a failover leaves it, or its disk is full.
import assert from 'node:assert/strict';
import pg from 'pg';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { testPort } from '../../support/servers/test-port.ts';
import { createSuite, readyAtOnce } from '../../support/app/app-suite.ts';
import { startAppWorld } from '../../support/app/app-world.ts';
import { describeWithPostgres, postgresDatabase } from '../../support/databases/postgres.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

interface Refusal {
  readonly why: string;
  /** Each in a transaction of its own. */
  readonly begin: readonly string[];
  readonly end: readonly string[];
}

/**
 * Connections that were there before would go on as they began: this waits until they have ended. One that is only beginning
 * stands in the locks alone.
 */
const reconnect = `SELECT pg_terminate_backend(pid, 5000) FROM (
  SELECT pid FROM pg_stat_activity WHERE datname = current_database()
  UNION SELECT locks.pid FROM pg_locks locks JOIN pg_database ON locks.objid = pg_database.oid
    WHERE locks.classid = 'pg_database'::regclass AND datname = current_database()
) AS before WHERE pid <> pg_backend_pid()`;
/** The setting is committed before the connections end: who comes back in between would not see it. */
const readOnly = (isOn: 'on' | 'off'): readonly string[] => [
  `DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = ${isOn}', current_database());
  END $$`,
  reconnect,
];

/** What PostgreSQL itself answers when a table cannot grow any more. */
const growing = ['exports', 'cards', 'inbound_activities', 'conversations', 'pgboss.job'];
const full = `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
END $$; ${growing.map((table) => `CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON ${table} EXECUTE FUNCTION no_room()`).join(';')}`;

const refusals: readonly Refusal[] = [
  {
    why: 'read-only',
    begin: readOnly('on'),
    end: readOnly('off'),
  },
  { why: 'full', begin: [full], end: ['DROP FUNCTION no_room CASCADE'] },
];

async function execute(url: string, statements: readonly string[]): Promise<void> {
  const options = '-c default_transaction_read_only=off';
  const client = new pg.Client({ connectionString: url, options });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

describeWithPostgres('a database that takes no writes', () => {
  for (const { why, begin, end } of refusals)
    it(`S1 because it is ${why} makes the bot say "try again in a minute" and "not ready", and start nothing until it does`, async () => {
      const [ada] = sandboxPeople;
      const chat = personalChat(ada);
      const database = await postgresDatabase();
      const metricsPort = String(await testPort());
      const world = await startAppWorld({
        databaseUrl: database.url,
        variables: { METRICS_PORT: metricsPort },
      });
      const suite = createSuite(() => world);
      const readiness = async (): Promise<number> => (await fetch(`${world.publicUrl}/readyz`)).status;
      const databaseUp = async (): Promise<string | undefined> => {
        const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
        return /^okr_export_database_up (\d)$/m.exec(text)?.[1];
      };
      try {
        await suite.signIn(ada);
        assert.deepEqual([await readiness(), await databaseUp()], [200, '1']);
        const view = suite.view(readyAtOnce);
        const asked = () =>
          world.graph.calls.filter(({ about }) => about['view'] === view.explorerViewId).length;
        await execute(database.url, begin);
        // While its answer is not out, Teams is asked to send the message again.
        const { status } = await world.channel.say(chat, ada, view.url);
        assert.ok([200, 503].includes(status), String(status));
        await suite.card(chat, /Try again in a minute/);
        assert.deepEqual([await readiness(), await databaseUp()], [503, '0']);
        assert.equal(asked(), 0);
        await execute(database.url, end);
        await suite.say(chat, ada, view.url);
        await suite.card(chat, /Your file is ready/, view);
        // A full disk is remembered for half a minute: see the test of `sql-errors`.
        if (why === 'read-only') assert.equal(await readiness(), 200);
        assert.equal(
          world.graph.jobs().filter((job) => job.explorerViewId === view.explorerViewId).length,
          1,
        );
      } finally {
        await world.stop();
        await database.drop();
      }
    });
});
