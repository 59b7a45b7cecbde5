/** Answers for how many instances of the bot work on one database: each tells that it lives, and counts those that do. */
import { sql, type Kysely } from 'kysely';
import { withTimeout } from '../../../blocks/with-timeout.ts';
import type { Instances, Log } from '../../../ports/runtime.ts';
import type { Tables } from '../rows/table-types.ts';

export interface InstancesDeps {
  readonly db: Kysely<Tables>;
  /** Of this process. */
  readonly id: string;
  readonly log: Pick<Log, 'warn'>;
}

/** What a lifecycle needs besides. */
export interface Membership extends Instances {
  /** Resolves when the others can see this one. Rejects when the database does not answer. */
  readonly join: () => Promise<void>;
  /** At once, instead of when its beats are missed. */
  readonly leave: () => Promise<void>;
}

/** Milliseconds; the others count a newcomer by their next beat, and one that was killed no more after four of them. */
const beatEvery = 2_000;
const livesFor = sql<Date>`now() - interval '8 seconds'`;
/** Until then some of the others may still take what they took without it. */
const isNewFor = 8_000;
const longestFarewell = 2_000;

export function createInstances({ db, id, log }: InstancesDeps): Membership {
  let others = 0;
  let joinedAt: number | undefined;
  let beating: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;
  const beat = async (): Promise<void> => {
    const { numUpdatedRows } = await db
      .updateTable('instances')
      .set({ seen_at: sql`now()` })
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n)
      await db
        .insertInto('instances')
        .values({ id, seen_at: sql`now()` })
        .execute();
    const { living } = await db
      .selectFrom('instances')
      .select(({ fn }) => fn.countAll().as('living'))
      .where('id', '<>', id)
      .where('seen_at', '>', livesFor)
      .executeTakeFirstOrThrow();
    others = Number(living);
  };
  const signOff = async (): Promise<void> => {
    if (joinedAt === undefined) return;
    await db
      .deleteFrom('instances')
      .where('id', '=', id)
      .execute()
      .catch((err: unknown) => log.warn({ err }, 'this instance could not be signed off'));
  };
  return {
    living: () => 1 + others,
    isNew: () => joinedAt === undefined || performance.now() - joinedAt < isNewFor,
    join: async () => {
      await beat();
      joinedAt ??= performance.now();
      beating = setInterval(() => {
        // What was counted last counts on.
        underWay ??= beat()
          .catch((err: unknown) => log.warn({ err }, 'the other instances could not be counted'))
          .finally(() => {
            underWay = undefined;
          });
      }, beatEvery);
    },
    leave: async () => {
      clearInterval(beating);
      // A database that hangs must not hold up the end: the others miss the beats soon anyway.
      const signedOff = (underWay ?? Promise.resolve()).then(() => signOff());
      await withTimeout(longestFarewell, signedOff);
    },
  };
}

/** The embedded database takes one process only. */
export const onlyInstance: Membership = {
  living: () => 1,
  isNew: () => false,
  join: () => Promise.resolve(),
  leave: () => Promise.resolve(),
};
