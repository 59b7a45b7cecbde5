/** Gives a worker the exports that are due, and is told how each goes. */
import { randomUUID } from 'node:crypto';
import { createProcessAge, deathsAfter } from '../../blocks/warm-up.ts';
import type { TakenExport } from '../../ports/export-jobs.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ScopedDb } from '../store/engine/database.ts';
import { giveBackTaken, keepTaken, settleTaken, untilNextWake } from '../store/exports/export-wakes.ts';
import { holderOf, takeDue } from '../store/exports/take-due.ts';
import type { WorkSource } from './worker.ts';

export interface WakesDeps {
  readonly db: ScopedDb;
  readonly clock: Clock;
  readonly instanceId: string;
  readonly tenants?: readonly string[];
}

/** A first death is blamed on nothing. */
const unsuspectedDeaths = 1;

export function createWakes({ db: scoped, clock, instanceId, tenants }: WakesDeps): WorkSource<TakenExport> {
  const db = scoped.acrossTenants('whatever is due');
  const processAge = createProcessAge();
  return {
    fetch: (max, exceptTenants) => {
      const holder = holderOf(instanceId, randomUUID());
      const mostDeaths = unsuspectedDeaths + deathsAfter(processAge());
      return takeDue(db, { holder, max, exceptTenants, tenants, now: clock.now(), mostDeaths });
    },
    complete: (taken) => settleTaken(db, taken, clock.now()),
    fail: (taken) => giveBackTaken(db, taken),
    touch: (taken) => keepTaken(db, taken),
    groupOf: ({ tenantId }) => tenantId,
    untilNext: () => untilNextWake(db, tenants),
  };
}
