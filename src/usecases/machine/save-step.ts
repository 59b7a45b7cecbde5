/** Writes a step of an export over what was known of it, together with what follows from it. */
import type { AuditEntry } from '../../domain/audit/audit-entry.ts';
import type { Effect } from '../../domain/exports/export-event.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { ExportJobs } from '../../ports/export-jobs.ts';
import type { Stores, Transact } from '../../ports/runtime.ts';

/** What is to be written. */
export interface Plan {
  readonly job: ExportJob;
  readonly effects: readonly Effect[];
  readonly save: { readonly doneBy?: string; readonly wakeIn?: number; readonly audit?: AuditEntry };
  readonly wake?: Date;
  readonly isQueuedForDue: boolean;
  readonly fileWork: readonly Date[];
}

type SavingStores = Pick<Stores, 'exports' | 'queue'>;
type Saved = Awaited<ReturnType<ExportJobs['save']>>;

export async function saveKnown(stores: SavingStores, known: ExportJob, plan: Plan): Promise<Saved> {
  const saved = await stores.exports.save(plan.job, { over: known, ...plan.save });
  if (saved === 'saved') await queueNext(stores, plan);
  return saved;
}

/** Undoes what was written beside a save that came to nothing. */
class NotSaved extends Error {
  readonly outcome: Saved;

  constructor(outcome: Saved) {
    super(`An export was not saved: ${outcome}`);
    this.outcome = outcome;
  }
}

/** All is asked of the database at once. */
export async function saveTogether(
  transact: Transact,
  known: ExportJob,
  plan: Plan,
  alongside?: (stores: Stores) => Promise<void>,
): Promise<Saved> {
  try {
    return await transact(async (stores) => {
      const [saved] = await Promise.all([
        stores.exports.save(plan.job, { over: known, ...plan.save }),
        queueNext(stores, plan),
        alongside?.(stores),
      ]);
      if (saved !== 'saved') throw new NotSaved(saved);
      return saved;
    });
  } catch (error) {
    if (error instanceof NotSaved) return error.outcome;
    throw error;
  }
}

export async function queueNext(
  { queue }: Pick<Stores, 'queue'>,
  { job: { id }, wake, fileWork }: Plan,
): Promise<void> {
  if (wake !== undefined) queue.noteWake(id, wake);
  for (const at of fileWork) await queue.scheduleFileWork({ kind: 'readExport', id }, at);
}
