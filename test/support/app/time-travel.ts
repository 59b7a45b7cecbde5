/** Lets time pass for a whole app: its clock goes forward, and all that its embedded database keeps for later comes nearer. */
import { sql } from 'kysely';
import { openDatabase, type Database } from '../../../src/adapters/store/engine/database.ts';
import type { AppWorld } from './app-world.ts';
import { noLog } from '../databases/databases.ts';

/** Stops the app, looks into its embedded database, and starts it again. */
export async function inDatabase<T>(world: AppWorld, look: (db: Database['db']) => Promise<T>): Promise<T> {
  const folder = world.variables['DATA_DIR'];
  if (folder === undefined) throw new Error('The world runs on PostgreSQL');
  await world.stopApp();
  const database = await openDatabase({ kind: 'embedded', folder }, { log: noLog });
  try {
    return await look(database.db);
  } finally {
    await database.close();
    await world.restart();
  }
}

/** What the database's own clock decides, and what the queue wakes. */
const laterThings = [
  'pgboss.job.start_after',
  'exports.claimed_until',
  'exports.wake_at',
  'cards.claimed_until',
  'download_links.expires_at',
  'sign_in_attempts.expires_at',
  'sign_in_nonces.expires_at',
  'sso_exchanges.expires_at',
];

/** As if the app had been switched off for so long. */
export async function passTime(world: AppWorld, seconds: number): Promise<void> {
  await inDatabase(world, async (db) => {
    world.skip(seconds);
    for (const name of laterThings) {
      const [column = '', ...table] = name.split('.').reverse();
      const [what, where] = [sql.id(...table.reverse()), sql.id(column)];
      await sql`UPDATE ${what} SET ${where} = ${where} - make_interval(secs => ${seconds})`.execute(
        db.acrossTenants('a test'),
      );
    }
  });
}
