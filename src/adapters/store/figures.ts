/** Counts exports, schedules and sign-in prompts over all tenants, for operators. */
import { sql } from 'kysely';
import type { Figures } from '../../ports/metrics.ts';
import { isServed } from './exports/take-due.ts';
import type { ScopedDb } from './engine/scoped-db.ts';

const lastRun = sql<string>`coalesce(run ->> 'outcome', 'none')`;

/** @param tenants that the bot serves: nobody else's work is overdue */
export async function readFigures(
  scoped: ScopedDb,
  tenants?: readonly string[],
): Promise<Omit<Figures, 'queue' | 'takesWrites'>> {
  const db = scoped.acrossTenants('operators count');
  const exports = await db
    .selectFrom('exports')
    .select(({ fn }) => ['source', 'status', fn.countAll().as('count')])
    .where((on) => on.or([on('is_open', '=', true), on('status', '=', 'parked')]))
    .groupBy(['source', 'status'])
    .execute();
  const { prompts } = await db
    .selectFrom('sign_in_requests')
    .select(({ fn }) => fn.countAll().as('prompts'))
    .executeTakeFirstOrThrow();
  const { overdue } = await db
    .selectFrom('exports')
    .select(sql<string | number | null>`extract(epoch from now() - min(wake_at))`.as('overdue'))
    .where('is_open', '=', true)
    .where('wake_at', 'is not', null)
    .where(isServed(tenants))
    .executeTakeFirstOrThrow();
  const schedules = await db
    .selectFrom('schedules')
    .select(({ fn }) => ['state', lastRun.as('lastRun'), fn.countAll().as('count')])
    .where('state', '<>', 'ended')
    .groupBy(['state', lastRun])
    .execute();
  const { late } = await db
    .selectFrom('schedules')
    .select(sql<string | number | null>`extract(epoch from now() - min(next_at))`.as('late'))
    .where('next_at', 'is not', null)
    .where(isServed(tenants))
    .executeTakeFirstOrThrow();
  return {
    schedules: schedules.map(({ count, ...of }) => ({ ...of, count: Number(count) })),
    maxScheduleOverdue: Math.max(0, Number(late ?? 0)),
    exports: exports.map(({ count, ...of }) => ({ ...of, count: Number(count) })),
    promptsOutstanding: Number(prompts),
    maxOverdue: Math.max(0, Number(overdue ?? 0)),
  };
}
