/** Counts the schedules of a database that was only looked at: how many stand how, and how many are overdue. */
import * as z from 'zod';

export interface SchedulesCounted {
  /** Active, with a next run. */
  readonly waiting: number;
  /** Of those, whose run should have begun five minutes ago: a bot that works begins it within seconds. */
  readonly overdue: number;
  readonly paused: readonly { readonly why: string; readonly count: number }[];
}

type Query = (text: string) => Promise<readonly unknown[]>;

const row = z.object({
  state: z.string(),
  why: z.string().nullable(),
  count: z.coerce.number(),
  overdue: z.coerce.number(),
});

/** Undefined in a database that is older than schedules. */
export async function countSchedules(query: Query): Promise<SchedulesCounted | undefined> {
  const [known] = await query(`SELECT to_regclass('schedules') IS NOT NULL AS known`);
  if (!z.object({ known: z.boolean() }).parse(known).known) return undefined;
  const rows = await query(`SELECT state, why, count(*) AS count,
      count(*) FILTER (WHERE next_at < now() - interval '5 minutes') AS overdue
    FROM schedules WHERE (state = 'active' AND next_at IS NOT NULL) OR state = 'paused'
    GROUP BY state, why ORDER BY count(*) DESC, why`);
  const counted = z.array(row).parse(rows);
  const active = counted.find(({ state }) => state === 'active');
  return {
    waiting: active?.count ?? 0,
    overdue: active?.overdue ?? 0,
    paused: counted
      .filter(({ state }) => state === 'paused')
      .map(({ why, count }) => ({ why: why ?? '', count })),
  };
}
