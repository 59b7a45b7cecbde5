/** Says what the rules of the faults are made of: calls that take turns, calls about a view, answers about its job. */
import type { Call, CallMatch, Rule, Answer } from '../loopback/script.ts';
import * as z from 'zod';
import type { FaultView } from './fault-link.ts';

type Step = Omit<Rule, 'match' | 'times'>;

type Turns = Readonly<{
  match: CallMatch;
  /** Calls with the same key take turns together. */
  by: (call: Call) => string;
  steps: readonly Step[];
  /** After one call as usual, from the first step again; without it, as usual for ever. */
  again?: boolean;
}>;

export const inTurn = ({ match, by, steps, again = false }: Turns): readonly Rule[] => {
  const counts = new Map<string, number>();
  const places = new WeakMap<Call, number>();
  /** Asked by the rule of each step: a call counts once. */
  const placeOf = (call: Call): number => {
    const known = places.get(call);
    if (known !== undefined) return known;
    const count = counts.get(by(call)) ?? 0;
    counts.set(by(call), count + 1);
    const place = again ? count % (steps.length + 1) : count;
    places.set(call, place);
    return place;
  };
  const { where = () => true } = match;
  return steps.map((step, index) => ({
    ...step,
    match: { ...match, where: (call) => where(call) && placeOf(call) === index },
  }));
};

export const byUser = (call: Call): string => call.user ?? '';
export const byJob = (call: Call): string => call.about['job'] ?? '';
export const byPath = (call: Call): string => `${call.method} ${call.path}`;

export const creates = ({ explorerViewId: view }: FaultView): CallMatch => ({ op: 'create', view });
export const looks = ({ explorerViewId: view }: FaultView): CallMatch => ({ op: 'get', view });
export const fetches = ({ explorerViewId: view }: FaultView): CallMatch => ({ op: 'content', view });
/** A list names no view: the fault's organisation has only this one. */
export const lists = ({ goalsOrganizationId }: FaultView): CallMatch => ({
  op: 'list',
  where: ({ about }) => about['filter']?.includes(goalsOrganizationId) === true,
});

const job = z.looseObject({ id: z.string() });
const eitherShape = z.union([job, z.object({ value: job }).transform(({ value }) => value)]);

/** The job in an answer of the simulator, whichever of the two documented shapes it has; undefined in a refusal. */
export const jobIn = ({ body }: Answer): z.infer<typeof job> | undefined => eitherShape.safeParse(body).data;

/** The same answer about a job that says something else. */
export const withJob = (answer: Answer, change: Readonly<Record<string, unknown>>): Answer => {
  const found = jobIn(answer);
  return found === undefined ? answer : { ...answer, body: { ...found, ...change } };
};
