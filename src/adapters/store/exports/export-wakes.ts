/** Keeps when exports are due next, and those that a worker has in hand with it until they are. */
import { sql, type Kysely } from 'kysely';
import { createBatches } from '../../../blocks/batches.ts';
import type { QuietLook, TakenExport } from '../../../ports/export-jobs.ts';
import { secondsFromNow, unclaimed } from '../rows/lease.ts';
import { storableJson } from '../rows/column-values.ts';
import type { Tables } from '../rows/table-types.ts';
import { paceOf } from './stored-export.ts';
import { isServed, leaseSeconds } from './take-due.ts';

/** Replaces when the export was to be woken, whoever has it in hand. */
export async function scheduleWake(db: Kysely<Tables>, exportId: string, seconds: number): Promise<void> {
  await db
    .updateTable('exports')
    .set({ wake_at: secondsFromNow(seconds), woken_by: null })
    .where('id', '=', exportId)
    .execute();
}

/** All that waits is due so many seconds earlier; what somebody has in hand is left to them. */
export async function bringWakesForward(db: Kysely<Tables>, seconds: number): Promise<void> {
  await db
    .updateTable('exports')
    .set({ wake_at: sql<Date>`wake_at - ${seconds}::double precision * interval '1 second'` })
    .where('wake_at', 'is not', null)
    .where(unclaimed)
    .execute();
}

/** The worker is alive: what it was given is not given to another. A look that is settled already has its next wake. */
export const keepTaken = (db: Kysely<Tables>, taken: readonly TakenExport[]): Promise<void> =>
  updateTaken(
    db,
    taken,
    sql`wake_at = ${secondsFromNow(leaseSeconds)}`,
    sql`AND (claims_kept > 0 OR claimed_by IS NULL)`,
  );

/**
 * The worker is done: what was not scheduled meanwhile is woken when it is due. As a span from now, so that the database's clock
 * decides even when this machine's is wrong.
 */
export const settleTaken = (db: Kysely<Tables>, taken: readonly TakenExport[], now: Date): Promise<void> =>
  updateTaken(
    db,
    taken,
    sql`woken_by = NULL, wake_at = now() + (due_at - ${now.toISOString()}::timestamptz)`,
  );

export const giveBackTaken = (db: Kysely<Tables>, taken: readonly TakenExport[]): Promise<void> =>
  updateTaken(db, taken, sql`woken_by = NULL, wake_at = ${secondsFromNow(1)}`);

async function updateTaken(
  db: Kysely<Tables>,
  taken: readonly TakenExport[],
  change: ReturnType<typeof sql>,
  where = sql``,
): Promise<void> {
  const held = JSON.stringify(taken.map(({ exportId: id, holder }) => ({ id, holder })));
  await sql`UPDATE exports SET ${change}
    FROM jsonb_to_recordset(${held}::jsonb) AS taken (id text, holder text)
    WHERE exports.id = taken.id AND woken_by = taken.holder ${where}`.execute(db);
}

/** Milliseconds. Looks that were begun together end within about as many. */
const gatherFor = 20;

/** Those that a look found as they were; one statement for as many as end at about the same time. */
export const createSettleLook = (db: Kysely<Tables>) =>
  createBatches<QuietLook, boolean>({
    ask: (looks) => settleLooks(db, looks),
    gatherFor,
    keyOf: ({ before: { id } }) => id,
  });

async function settleLooks(db: Kysely<Tables>, looks: readonly QuietLook[]): Promise<readonly boolean[]> {
  const rows = looks.map(({ before, after, holder, now }) => ({
    id: before.id,
    holder,
    version: before.version,
    due_before: before.due?.at,
    due_at: after.due?.at,
    contact: after.contact,
    ...paceOf(after),
    now,
  }));
  const settled = await sql<{ id: string }>`UPDATE exports SET due_at = look.due_at, contact = look.contact,
      followed_since = look.followed_since, look_every = look.look_every,
      wake_at = now() + (look.due_at - look.now), woken_by = NULL,
      claimed_by = NULL, claimed_until = NULL, claims_kept = 0
    FROM jsonb_to_recordset(${storableJson(rows)}::jsonb) AS look
      (id text, holder text, version integer, due_before timestamptz, due_at timestamptz, contact jsonb,
      followed_since timestamptz, look_every double precision, now timestamptz)
    WHERE exports.id = look.id AND exports.version = look.version AND exports.due_at = look.due_before
      AND woken_by = look.holder AND claimed_by = look.holder
    RETURNING exports.id`.execute(db);
  const ids = new Set(settled.rows.map(({ id }) => id));
  return looks.map(({ before }) => ids.has(before.id));
}

/** Milliseconds; those that somebody has in hand count with the end of their lease, or with their next look. */
export async function untilNextWake(
  db: Kysely<Tables>,
  tenants?: readonly string[],
): Promise<number | undefined> {
  const row = await db
    .selectFrom('exports')
    .select(sql<number | null>`(extract(epoch FROM min(wake_at) - now()) * 1000)::float8`.as('left'))
    .where('wake_at', 'is not', null)
    .where(isServed(tenants))
    .executeTakeFirst();
  return row?.left ?? undefined;
}

interface WakeCounts {
  readonly queued: number;
  readonly ready: number;
  readonly active: number;
}

/** `active` is in hand; of a look that was settled as it began nobody knows when it has ended, it counts for 5 s. */
export async function countWakes(db: Kysely<Tables>): Promise<WakeCounts> {
  const isActive = sql`(woken_by IS NOT NULL AND
    (claims_kept > 0 OR claimed_by IS NULL OR (claimed_until > now() AND wake_at > now())))`;
  const { rows } = await sql<WakeCounts>`SELECT
      count(*) FILTER (WHERE NOT ${isActive})::int AS queued,
      count(*) FILTER (WHERE NOT ${isActive} AND wake_at <= now())::int AS ready,
      count(*) FILTER (WHERE ${isActive})::int AS active
    FROM exports WHERE wake_at IS NOT NULL`.execute(db);
  return rows[0] ?? { queued: 0, ready: 0, active: 0 };
}
