/** Reads the notes of tasks, which Graph gives one by one only: of those that have some, up to a bound. */
import { inBatches, type InBatchesDeps } from './in-batches.ts';
import { taskDetailsSchema, type Part, type PlanTask, type TaskDetails } from './planner-bodies.ts';
import { urlPart } from '../../domain/url-part.ts';

export interface TaskNotes {
  /** By the ids of these tasks. */
  readonly of: (tasks: readonly PlanTask[]) => Promise<ReadonlyMap<string, string>>;
}

/** In one reading: fifty calls, and at most one more for each page of tasks. */
const mostNotes = 1_000;

/** @param missing told when notes were left out, or may not be read */
export function createTaskNotes(deps: InBatchesDeps, accessToken: string, missing: () => void): TaskNotes {
  let left = mostNotes;
  const details = {
    name: 'notes',
    pathOf: (id: string) => `/planner/tasks/${urlPart(id)}/details`,
    schema: taskDetailsSchema,
    withheld: missing,
  };
  return {
    of: async (tasks) => {
      const wanted = tasks.flatMap(({ id, hasDescription }) => (hasDescription === true ? id : []));
      const asked = wanted.slice(0, left);
      left -= asked.length;
      if (asked.length < wanted.length) missing();
      const notes = new Map<string, string>();
      const asking = {
        ...details,
        settle: ({ id, status, item }: Part<TaskDetails>) => {
          if (status === 200 && item !== undefined) notes.set(id, item.description ?? '');
          else missing();
        },
      };
      await inBatches(deps, accessToken, asking, asked);
      return notes;
    },
  };
}
