/** Lets pg-boss look for jobs whose worker has died, while there are jobs; its own timer asks an idle database three times a second. */
import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Log } from '../../ports/runtime.ts';
import type { ScopedDb } from '../store/engine/database.ts';

export interface SupervisionDeps {
  readonly boss: Pick<PgBoss, 'supervise'>;
  readonly db: ScopedDb;
  readonly log: Pick<Log, 'warn'>;
}

/** With heartbeats (15 s), the retry (1 s) and an idle worker's pause (5 s) a killed process's jobs come back within 30 s. */
const everyMilliseconds = 6_000;
/** Passes; what is done is deleted then, and counts are taken anew. */
const evenWhenIdle = 10;

/** @returns ends it, and waits for the pass that is under way */
export function superviseWhileBusy({ boss, db, log }: SupervisionDeps): () => Promise<void> {
  let wasBusy = false;
  let passes = 0;
  let underWay: Promise<void> | undefined;
  const pass = async (): Promise<void> => {
    const isBusy = await hasJobs(db);
    // Once more when all are done: counts are taken in a pass.
    if (isBusy || wasBusy || passes % evenWhenIdle === 0) await boss.supervise();
    wasBusy = isBusy;
    passes += 1;
  };
  const timer = setInterval(() => {
    underWay ??= pass()
      .catch((err: unknown) => log.warn({ err }, 'the queue could not be looked after'))
      .finally(() => {
        underWay = undefined;
      });
  }, everyMilliseconds);
  return async function stop() {
    clearInterval(timer);
    await underWay;
  };
}

/** Being worked on or due; what waits for its day needs nobody. */
async function hasJobs(db: ScopedDb): Promise<boolean> {
  const { rows } = await sql<{ readonly some: boolean }>`
    SELECT EXISTS (
      SELECT FROM pgboss.job WHERE state = 'active' OR state < 'active' AND start_after <= now()) AS some`.execute(
    db.acrossTenants('what is queued'),
  );
  return rows[0]?.some === true;
}
