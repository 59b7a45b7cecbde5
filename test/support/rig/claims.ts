/** Lets claims in a database run out: after some time, or because those who held them have died. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../../src/adapters/store/engine/database.ts';
import { scheduleWake } from '../../../src/adapters/store/exports/export-wakes.ts';
import { takeDue } from '../../../src/adapters/store/exports/take-due.ts';
import type { TakenExport } from '../../../src/ports/export-jobs.ts';

/** What is left alone for a while goes by the database's clock. */
export async function passInDatabase({ db }: Database, milliseconds: number): Promise<void> {
  await sql`UPDATE cards SET claimed_until = claimed_until - ${milliseconds}::float8 * interval '1 millisecond'
    WHERE claimed_by IS NULL AND claimed_until IS NOT NULL`.execute(db.acrossTenants('a test'));
}

export async function expireClaims({ db }: Database): Promise<void> {
  const over = sql<Date>`now() - interval '1 second'`;
  for (const table of ['exports', 'cards', 'file_work_claims'] as const)
    await db
      .acrossTenants('a test')
      .updateTable(table)
      .set({ claimed_until: over, claimed_by: 'somebody who has died' })
      .where('claimed_by', 'is not', null)
      .execute();
}

/** The export, as the queue's worker is given it; undefined where somebody has claimed it. */
export async function takeExport(
  { db }: Database,
  exportId: string,
  now: Date,
): Promise<TakenExport | undefined> {
  await db.acrossTenants('a test').updateTable('exports').set({ wake_at: null }).execute();
  await scheduleWake(db.acrossTenants('a test'), exportId, 0);
  const [taken] = await takeDue(db.acrossTenants('a test'), {
    holder: randomUUID(),
    max: 1,
    exceptTenants: [],
    now,
  });
  return taken;
}
