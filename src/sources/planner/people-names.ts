/** Finds the names of people by their ids; each is asked for once in a reading. */
import { inBatches, type InBatchesDeps } from './in-batches.ts';
import { assigneesOf } from './plan-rows.ts';
import { personSchema, type Part, type PlanTask } from './planner-bodies.ts';
import { urlPart } from '../../domain/url-part.ts';

export interface PeopleNames {
  readonly known: ReadonlyMap<string, string>;
  /** Learns who is named on these tasks. */
  readonly learn: (tasks: readonly PlanTask[]) => Promise<void>;
}

/** Who has left the organisation. */
const formerMember = 'former member';

/** @param withheld told when Graph names nobody to this person: their ids stay, shortened */
export function createPeopleNames(
  deps: InBatchesDeps,
  accessToken: string,
  withheld: () => void,
): PeopleNames {
  const known = new Map<string, string>();
  const asked = new Set<string>();
  const settle = ({ id, status, item }: Part<{ displayName: string }>): void => {
    if (status === 200 && item !== undefined) known.set(id, item.displayName);
    else if (status === 404) known.set(id, formerMember);
    else if (status === 403) withheld();
  };
  const people = {
    name: 'people',
    pathOf: (id: string) => `/users/${urlPart(id)}?$select=id,displayName`,
    schema: personSchema,
    settle,
    withheld,
  };
  return {
    known,
    learn: async (tasks) => {
      const unknown = [...new Set(tasks.flatMap(assigneesOf))].filter((id) => !asked.has(id));
      for (const id of unknown) asked.add(id);
      await inBatches(deps, accessToken, people, unknown);
    },
  };
}
