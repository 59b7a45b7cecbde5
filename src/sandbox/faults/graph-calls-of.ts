/** Picks the calls of the simulated Graph that are about a view, and changes an answer about its job. */
import { z } from 'zod';
import type { CallMatch, Answer } from '../loopback/script.ts';
import type { FaultView } from './fault-link.ts';

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
