/** Counts the bot's instances on one database, by the heartbeats that each writes, and brings back what the dead were looking at. */
import { sql, type Kysely } from 'kysely';
import { withTimeout } from '../../../blocks/with-timeout.ts';
import type { Instances, Log } from '../../../ports/runtime.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

export interface InstancesDeps {
  readonly db: ScopedDb;
  /** Of this process. */
  readonly id: string;
  readonly log: Pick<Log, 'warn'>;
  /** What it was at when it died comes again. One of this id was not heard of for a while and goes on. */
  readonly bringBack: (lost: LostInstance) => Promise<void>;
}

export interface LostInstance {
  readonly id: string;
  /** Seconds since 1970, by the database's clock. */
  readonly seenAt: number;
}

export interface Membership extends Instances {
  /** Resolves when the others can see this one. */
  readonly join: () => Promise<void>;
  /** Instead of waiting until its heartbeats are missed. */
  readonly leave: () => Promise<void>;
}

const ofInstances = (db: ScopedDb): Kysely<Tables> => db.acrossTenants('processes are nobody’s');

/** Milliseconds. */
const heartbeatEvery = 2_000;
/** Until then some of the others have not counted it yet. */
const isNewFor = 8_000;
const maxSignOff = 2_000;

export function createInstances({ db, id, log, bringBack }: InstancesDeps): Membership {
  let others = 0;
  let joinedAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;
  const heartbeat = async (): Promise<void> => {
    const { rows } = await sql<LostInstance & { isLost: boolean }>`
      WITH mine AS (
        INSERT INTO instances (id, seen_at) VALUES (${id}, now()) ON CONFLICT (id) DO UPDATE SET seen_at = now()
      )
      SELECT id, extract(epoch FROM seen_at)::float8 AS "seenAt", seen_at <= now() - interval '8 seconds' AS "isLost"
      FROM instances`.execute(ofInstances(db));
    others = rows.filter((one) => one.id !== id && !one.isLost).length;
    // Its own heartbeats may have failed as well: then nobody knows what became of its last looks.
    for (const one of rows.filter(({ isLost }) => isLost)) await bringBack(one);
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
      if (joinedAt === undefined) return;
      const signedOff = (underWay ?? Promise.resolve()).then(() => signOff({ db, id, log }));
      await withTimeout(maxSignOff, signedOff);
    },
  };
}

/** The embedded database takes one process only: whoever has not signed off is dead. */
export function createOnlyInstance({ db, id, log, bringBack }: InstancesDeps): Membership {
  return {
    living: () => 1,
    isNew: () => false,
    join: async () => {
      const { rows } = await sql<LostInstance>`SELECT id, extract(epoch FROM seen_at)::float8 AS "seenAt"
        FROM instances`.execute(ofInstances(db));
      for (const one of rows) await bringBack(one);
      await sql`INSERT INTO instances (id, seen_at) VALUES (${id}, now())`.execute(ofInstances(db));
    },
    leave: () => withTimeout(maxSignOff, signOff({ db, id, log })),
  };
}

async function signOff({ db, id, log }: Omit<InstancesDeps, 'bringBack'>): Promise<void> {
  await ofInstances(db)
    .deleteFrom('instances')
    .where('id', '=', id)
    .execute()
    .catch((err: unknown) => log.warn({ err }, 'this instance could not be signed off'));
}
