/** Finds the names of people by their ids, twenty in one call; each is asked for once in a reading. */
import type { Log } from '../../ports/runtime.ts';
import { patiently } from './patience.ts';
import { assigneesOf } from './plan-rows.ts';
import type { PersonAnswer, PlanTask } from './planner-bodies.ts';
import { mostInABatch, type PlannerCalls, type Trouble } from './planner-calls.ts';

export interface PeopleNames {
  readonly known: ReadonlyMap<string, string>;
  /** Learns who is named on these tasks. */
  readonly learn: (tasks: readonly PlanTask[]) => Promise<void>;
}

interface PeopleNamesDeps {
  readonly calls: Pick<PlannerCalls, 'people'>;
  readonly log: Log;
}

/** Who has left the organisation. */
const formerMember = 'former member';

/** @param withheld told when Graph names nobody to this person: their ids stay, shortened */
export function createPeopleNames(
  { calls, log }: PeopleNamesDeps,
  accessToken: string,
  withheld: () => void,
): PeopleNames {
  const known = new Map<string, string>();
  const asked = new Set<string>();
  const askFor = async (ids: readonly string[]): Promise<void> => {
    let left = ids;
    await patiently(log, async () => {
      const answer = await calls.people(accessToken, left);
      if (isWithheld(answer)) {
        withheld();
        return done;
      }
      if (answer.kind !== 'people') return answer;
      for (const person of answer.people) settle(person);
      const busy = answer.people.filter(isBusy);
      left = busy.map(({ id }) => id);
      return left.length === 0 ? done : tryLater(busy);
    });
  };
  const settle = ({ id, status, name }: PersonAnswer): void => {
    if (status === 200 && name !== undefined) known.set(id, name);
    else if (status === 404) known.set(id, formerMember);
    else if (status === 403) withheld();
  };
  return {
    known,
    learn: async (tasks) => {
      const unknown = [...new Set(tasks.flatMap(assigneesOf))].filter((id) => !asked.has(id));
      for (const id of unknown) asked.add(id);
      for (let from = 0; from < unknown.length; from += mostInABatch)
        await askFor(unknown.slice(from, from + mostInABatch));
    },
  };
}

const done = { kind: 'done' } as const;

const isWithheld = ({ kind }: { readonly kind: string }): boolean =>
  kind === 'refused' || kind === 'consentMissing';

/** One part of a batch may be throttled though the others are not. */
const isBusy = ({ status }: PersonAnswer): boolean => status === 429 || status >= 500;

const tryLater = (busy: readonly PersonAnswer[]): Trouble => ({
  kind: 'unavailable',
  trouble: 'busy',
  notSent: true,
  retryAfter: Math.max(1, ...busy.map(({ retryAfter = 1 }) => retryAfter)),
});
