/** Mutex between instances: a refresh token that rotates may be used by one of them at a time. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { ScopedDb, ScopedQueries } from '../../store/engine/database.ts';

/** Undefined when there is nothing to renew, or somebody else was at it all the time. */
export type RenewalMutex = <T>(person: Person, work: () => Promise<T>) => Promise<T | undefined>;

/** Longer than one question to Entra ID may take; whoever has it longer has died. */
const leaseSeconds = 15;
const patienceMilliseconds = 20_000;
const lookMilliseconds = 40;

export const createRenewalMutex = (scoped: ScopedDb): RenewalMutex =>
  async function runExclusive(person, work) {
    const holder = randomUUID();
    const db = scoped.ofPerson(person);
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      const lease = await claim(db, person, holder);
      if (lease === 'mine') break;
      if (lease === 'nothing' || Date.now() >= deadline) return undefined;
      await pause(lookMilliseconds * (0.5 + Math.random()));
    }
    try {
      return await work();
    } finally {
      await release(db, person, holder);
    }
  };

const rowOf = (person: Person) => ({ tenant_id: person.tenantId, user_id: person.userId });

async function claim(
  db: ScopedQueries,
  person: Person,
  holder: string,
): Promise<'mine' | 'taken' | 'nothing'> {
  const { numUpdatedRows } = await db
    .updateTable('token_partitions')
    .set((set) => {
      const none = set.lit(0);
      const lease = set.fn<Date>('make_interval', [
        none,
        none,
        none,
        none,
        none,
        none,
        set.lit(leaseSeconds),
      ]);
      return { turn_of: holder, turn_until: set(set.fn<Date>('now'), '+', lease) };
    })
    .where((where) => where.and(rowOf(person)))
    .where((where) =>
      where.or([where('turn_until', 'is', null), where('turn_until', '<=', where.fn<Date>('now'))]),
    )
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return 'mine';
  const there = db.selectFrom('token_partitions').select('user_id');
  const row = await there.where((where) => where.and(rowOf(person))).executeTakeFirst();
  return row === undefined ? 'nothing' : 'taken';
}

async function release(db: ScopedQueries, person: Person, holder: string): Promise<void> {
  await db
    .updateTable('token_partitions')
    .set({ turn_of: null, turn_until: null })
    .where((where) => where.and({ ...rowOf(person), turn_of: holder }))
    .execute();
}
