/** Who waits for which exports in a load run: made up, the same for the same plan but for the ids. */
import { randomUUID } from 'node:crypto';
import type { Person } from '../../src/sandbox/chat/people.ts';
import type { LoadPlan } from './load-plan.ts';

export interface Crowd {
  readonly tenantId: string;
  readonly organizationId: string;
  readonly people: readonly Person[];
}

export interface LoadPopulation {
  readonly crowds: readonly Crowd[];
  /** The tenant that is throttled. */
  readonly neighbour: Crowd | undefined;
}

export function createLoadPopulation(plan: LoadPlan): LoadPopulation {
  const people = Math.ceil(plan.exports / plan.exportsPerPerson / plan.tenants);
  return {
    crowds: Array.from({ length: plan.tenants }, (_, nth) => crowd(`tenant-${nth}`, people)),
    neighbour:
      plan.neighbour === 0
        ? undefined
        : crowd('neighbour', Math.ceil(plan.neighbour / plan.exportsPerPerson)),
  };
}

export const everybodyIn = ({ crowds, neighbour }: LoadPopulation): readonly Person[] =>
  [...crowds, ...(neighbour === undefined ? [] : [neighbour])].flatMap(({ people }) => people);

function crowd(name: string, size: number): Crowd {
  const tenantId = randomUUID();
  const people = Array.from({ length: size }, (_, nth) => ({
    oid: randomUUID(),
    tid: tenantId,
    name: `Person ${nth} of ${name}`,
    userPrincipalName: `person-${nth}@${name}.example`,
  }));
  return { tenantId, organizationId: randomUUID(), people };
}
