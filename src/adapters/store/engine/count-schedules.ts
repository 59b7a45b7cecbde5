/** Counts the schedules of a database that was only looked at: how many stand how, and how many are overdue. */
import * as z from 'zod';

export interface SchedulesCounted {
  /** Active, with a next run. */
  readonly waiting: number;
  /** Of those, whose run should have begun five minutes ago: a bot that works begins it within seconds. */
  readonly overdue: number;
  readonly paused: readonly { readonly why: string; readonly count: number }[];
  /** Active or paused, of tenants that are not served: they rest until their tenant is. */
  readonly resting: number;
}

export type Query = (text: string, values?: unknown[]) => Promise<readonly unknown[]>;

const row = z.object({
  state: z.enum(['active', 'paused', 'resting']),
  why: z.string().nullable(),
  count: z.coerce.number(),
  overdue: z.coerce.number(),
});

/** Undefined in a database that is older than schedules. @param tenants that the bot serves */
export async function countSchedules(
  query: Query,
  tenants: ReadonlySet<string>,
): Promise<SchedulesCounted | undefined> {
  const [known] = await query(`SELECT to_regclass('schedules') IS NOT NULL AS known`);
  if (!z.object({ known: z.boolean() }).parse(known).known) return undefined;
  const rows = await query(
    `SELECT CASE WHEN served THEN state ELSE 'resting' END AS state, CASE WHEN served THEN why END AS why,
      count(*) AS count, count(*) FILTER (WHERE next_at < now() - interval '5 minutes') AS overdue
    FROM (SELECT *, tenant_id = ANY($1::text[]) AS served FROM schedules
      WHERE (state = 'active' AND next_at IS NOT NULL) OR state = 'paused') AS counted
    GROUP BY 1, 2 ORDER BY count(*) DESC, 2`,
    [[...tenants]],
  );
  const counted = z.array(row).parse(rows);
  const one = (wanted: 'active' | 'resting') => counted.find(({ state }) => state === wanted);
  return {
    waiting: one('active')?.count ?? 0,
    overdue: one('active')?.overdue ?? 0,
    paused: counted
      .filter(({ state }) => state === 'paused')
      .map(({ why, count }) => ({ why: why ?? '', count })),
    resting: one('resting')?.count ?? 0,
  };
}
