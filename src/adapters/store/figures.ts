/** Counts exports and sign-in prompts over all tenants, for operators. */
import { sql, type Kysely } from 'kysely';
import type { Figures } from '../../ports/metrics.ts';
import type { Tables } from './rows/table-types.ts';

export async function readFigures(db: Kysely<Tables>): Promise<Omit<Figures, 'queue'>> {
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
    .executeTakeFirstOrThrow();
  return {
    exports: exports.map(({ count, ...of }) => ({ ...of, count: Number(count) })),
    promptsOutstanding: Number(prompts),
    maxOverdue: Math.max(0, Number(overdue ?? 0)),
  };
}
