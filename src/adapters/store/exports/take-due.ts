/**
 * Gives each export that is due to one worker. A look at Graph is settled as it is taken, as if it found nothing new: then nothing
 * more is written. What else is taken, or takes long, is held until it is given back, and goes to another if its worker dies.
 */
import { sql, type Kysely } from 'kysely';
import { cadence } from '../../../domain/exports/look-again.ts';
import type { TakenExport } from '../../../ports/export-jobs.ts';
import { storableJson } from '../rows/column-values.ts';
import { unclaimed } from '../rows/lease.ts';
import type { Tables } from '../rows/table-types.ts';
import { exportColumns, exportOf } from './stored-export.ts';

/** For a worker that is not heard of; three heartbeats. */
export const leaseSeconds = 15;
/** For so long after its taking a look that is settled already may be what a dead instance was at. */
export const lookSeconds = 5;
/** A look that takes longer is held as anything else, so that its worker is missed. */
const heldAfterSeconds = 2.5;

interface Taking {
  readonly holder: string;
  readonly max: number;
  readonly exceptTenants: readonly string[];
  /** Those that the bot serves, all unless given. */
  readonly tenants?: readonly string[] | undefined;
  readonly now: Date;
  /** What more processes have died with in hand is left alone: to take it and give it back would look like one more. Any unless given. */
  readonly mostDeaths?: number;
}

/** What is kept of others rests until they are served again. */
export const isServed = (tenants: readonly string[] | undefined) =>
  tenants === undefined ? sql<boolean>`TRUE` : sql<boolean>`tenant_id = ANY(${tenants}::text[])`;

/** Each claim of an instance has a name of its own. */
export const holderOf = (instanceId: string, claimId: string): string => `${instanceId} ${claimId}`;
export const instanceOfHolder = sql<string>`split_part(exports.claimed_by, ' ', 1)`;

/** A look that is settled already keeps nobody out: what it finds is saved over what it knew, or not at all. */
export const isFree = sql<boolean>`(claims_kept = 0 OR ${unclaimed})`;

/** Not where an instance may have died in the look before and nobody has noticed: taken as a claim, that one counts. */
const wasEnded = (instance: string) => sql`(claimed_by IS NULL OR ${instanceOfHolder} = ${instance}
  OR NOT EXISTS (SELECT FROM instances WHERE instances.id = ${instanceOfHolder}
    AND seen_at <= claimed_until - ${lookSeconds - heldAfterSeconds}::float8 * interval '1 second'))`;

const everySeconds = cadence.map(({ every }) => every);
const untilAges = cadence.slice(0, -1).map(({ untilAge }) => untilAge);

/** Seconds from this look to the next. Null where that is not known before, and where a process may have died of it. */
const paceAt = (now: Date, instance: string) => sql<number | null>`CASE
  WHEN due_step = 'poll' AND status IN ('waiting', 'running') AND claims_kept = 0 AND ${wasEnded(instance)}
  THEN coalesce(look_every, (${everySeconds}::float8[])[1 + width_bucket(
    extract(epoch FROM ${now.toISOString()}::timestamptz - followed_since)::float8, ${untilAges}::float8[])]) END`;

/** Takes those that are due, the longest overdue first. Whoever holds a claim is left alone. */
export async function takeDue(db: Kysely<Tables>, taking: Taking): Promise<readonly TakenExport[]> {
  const { holder, max, exceptTenants, tenants, now, mostDeaths } = taking;
  const [instance = ''] = holder.split(' ');
  const { rows } = await sql<Taken>`WITH due AS MATERIALIZED (
      SELECT id AS due_id, due_at AS was_due_at, ${paceAt(now, instance)} AS pace FROM exports
      WHERE wake_at <= now() AND ${isFree} AND tenant_id <> ALL(${exceptTenants}::text[])
        AND ${isServed(tenants)} AND ${mostDeaths === undefined ? sql`TRUE` : sql`claims_kept <= ${mostDeaths}`}
      ORDER BY wake_at LIMIT ${max} FOR UPDATE SKIP LOCKED
    )
    UPDATE exports SET claimed_by = ${holder}, woken_by = ${holder},
      claimed_until = now() + CASE WHEN pace IS NULL THEN ${leaseSeconds}::float8 ELSE ${lookSeconds}::float8 END
        * interval '1 second',
      claims_kept = CASE WHEN pace IS NULL THEN claims_kept + 1 ELSE 0 END,
      wake_at = now() + coalesce(pace, ${leaseSeconds}::float8) * interval '1 second',
      due_at = CASE WHEN pace IS NULL THEN due_at
        ELSE ${now.toISOString()}::timestamptz + pace * interval '1 second' END,
      contact = CASE WHEN pace IS NULL THEN contact ELSE contact || ${storableJson({ lookedAt: now })}::jsonb END
    FROM due WHERE id = due_id AND id = ANY(ARRAY(SELECT due_id FROM due))
    RETURNING ${sql.join(exportColumns.map((column) => sql.ref(column)))}, claims_kept, pace, was_due_at,
      ${isShown} AS is_shown`.execute(db);
  return rows.map((row) => takenOf(row, holder));
}

type Row = Parameters<typeof exportOf>[0];

interface Taken extends Row {
  readonly claims_kept: number;
  readonly is_shown: boolean;
  readonly pace: number | null;
  readonly was_due_at: Date | null;
}

function takenOf(row: Taken, holder: string): TakenExport {
  const { id: exportId, tenant_id: tenantId, is_shown: isShown, pace, was_due_at: dueSince } = row;
  const taken = { exportId, tenantId, holder };
  if (pace === null || dueSince === null)
    return { ...taken, found: () => ({ job: exportOf(row), isShown, crashes: row.claims_kept - 1 }) };
  return {
    ...taken,
    heldAfterSeconds: Math.min(heldAfterSeconds, pace / 2),
    found: () => ({ job: exportOf(row), isShown, crashes: 0, settledAhead: { dueSince } }),
  };
}

/** Its cards show its version, and no notice stands beside them. */
export const isShown = sql<boolean>`NOT EXISTS (
    SELECT FROM cards WHERE cards.export_id = exports.id
      AND (mode = 'live' AND shown_version < exports.version OR mode = 'moved' AND shown_version = 0))
  AND NOT EXISTS (SELECT FROM standing_notices WHERE standing_notices.export_id = exports.id)`;
