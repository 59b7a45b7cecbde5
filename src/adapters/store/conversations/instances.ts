/** Counts the bot's instances on one database, by the heartbeats that each writes. */
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

export interface Membership extends Instances {
  /** Resolves when the others can see this one. */
  readonly join: () => Promise<void>;
  /** Instead of waiting until its heartbeats are missed. */
  readonly leave: () => Promise<void>;
}

/** Milliseconds. */
const heartbeatEvery = 2_000;
/** Until then some of the others have not counted it yet. */
const isNewFor = 8_000;
const maxSignOff = 2_000;

export function createInstances({ db, id, log }: InstancesDeps): Membership {
  let others = 0;
  let joinedAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;
  const heartbeat = async (): Promise<void> => {
    const { rows } = await sql<{ others: number }>`
      WITH mine AS (
        INSERT INTO instances (id, seen_at) VALUES (${id}, now()) ON CONFLICT (id) DO UPDATE SET seen_at = now()
      )
      SELECT count(*)::int AS others FROM instances
      WHERE id <> ${id} AND seen_at > now() - interval '8 seconds'`.execute(db);
    others = rows[0]?.others ?? 0;
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
      await heartbeat();
      joinedAt ??= performance.now();
      timer = setInterval(() => {
        underWay ??= heartbeat()
          .catch((err: unknown) => log.warn({ err }, 'the other instances could not be counted'))
          .finally(() => {
            underWay = undefined;
          });
      }, heartbeatEvery);
    },
    leave: async () => {
      clearInterval(timer);
      // A database that hangs must not hold up the shutdown.
      const signedOff = (underWay ?? Promise.resolve()).then(() => signOff());
      await withTimeout(maxSignOff, signedOff);
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
