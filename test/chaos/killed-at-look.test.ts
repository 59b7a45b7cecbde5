// A process is killed while it looks at a job whose row is settled already: another looks at it soon, not at its next regular time.
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { openDatabase } from '../../src/adapters/store/engine/database.ts';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import type { Call } from '../../src/sandbox/loopback/script.ts';
import { createSuite, runs } from '../support/app/app-suite.ts';
import { startAppWorld } from '../support/app/app-world.ts';
import { noLog } from '../support/databases/databases.ts';
import { describeWithPostgres, postgresDatabase } from '../support/databases/postgres.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { startBalancer } from './balancer.ts';
import { startFleet } from './bot-fleet.ts';
import { createDice } from './dice.ts';

const [ada] = sandboxPeople;
const chat = personalChat(ada);

describeWithPostgres('a process that is killed at a look, PostgreSQL', () => {
  it('leaves it to another, whatever its row says', async () => {
    const made = await postgresDatabase();
    const world = await startAppWorld({ runsApp: false, databaseUrl: made.url });
    const fleet = await startFleet(2, world.variables);
    const balancer = await startBalancer(Number(new URL(world.publicUrl).port), fleet.ports, createDice(1));
    const database = await openDatabase({ kind: 'postgres', url: made.url }, { log: noLog });
    const suite = createSuite(() => world);
    try {
      await fleet.haveListening(2);
      await suite.signIn(ada);
      const view = suite.view(runs);
      await suite.say(chat, ada, view.url);
      await suite.card(chat, /◕ {2}Running/, view);
      const { id } = await suite.jobOf(view);
      const [looked, lookedAgain] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
      let looks = 0;
      const isHeldUp = ({ op, about }: Call): boolean => {
        if (op !== 'get' || about['job'] !== id) return false;
        looks += 1;
        (looks === 1 ? looked : lookedAgain).resolve(undefined);
        return looks === 1;
      };
      await sql`UPDATE exports SET look_every = 3600, wake_at = now() + interval '3 seconds'
        WHERE status = 'running'`.execute(database.db.acrossTenants('a test'));
      world.graph.script({ match: { where: isHeldUp }, respond: { status: 503 }, trouble: { kind: 'hang' } });
      await looked.promise;
      const { rows } = await sql`SELECT wake_at > now() + interval '50 minutes' AS "isSettled"
        FROM exports WHERE status = 'running'`.execute(database.db.acrossTenants('a test'));
      assert.deepEqual(rows, [{ isSettled: true }]);
      for (const slot of fleet.listening()) fleet.signal(slot, 'SIGKILL');
      await lookedAgain.promise;
    } finally {
      await fleet.stop();
      await balancer.stop();
      await database.close();
      await world.stop();
      await made.drop();
    }
    assert.deepEqual(fleet.faults, []);
  });
});
