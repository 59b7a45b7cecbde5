/** What a load run consists of, read from the command line, and who waits for which exports in it. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { Person } from '../../src/sandbox/chat/people.ts';

export interface LoadPlan {
  readonly engine: 'embedded' | 'postgres';
  /** Open exports, spread evenly over the people. */
  readonly exports: number;
  readonly tenants: number;
  readonly exportsPerPerson: number;
  /** Seconds that are measured, and before that until everything runs evenly. */
  readonly seconds: number;
  readonly warmUp: number;
  /** Open exports of one more tenant, each call of which Graph answers with 429. */
  readonly neighbour: number;
  /** Seconds between two looks: 60 and 300 by the bot's own rule, which goes by how long a job has been followed, others by Graph's order. */
  readonly every: number;
  /** Measures the raw reference beside it. */
  readonly raw: boolean;
  /** Lists the statements that PostgreSQL spent most on. */
  readonly statements: boolean;
  /** Options of the bot's own process, such as `--cpu-prof --cpu-prof-dir=/tmp/profile`. */
  readonly node: string | undefined;
}

const count = (otherwise: number) => z.coerce.number().int().min(0).max(1_000_000).default(otherwise);

const schema = z.object({
  engine: z.enum(['embedded', 'postgres']).default('postgres'),
  exports: count(10_000),
  tenants: count(50),
  exportsPerPerson: count(5),
  seconds: count(600),
  warmUp: count(120),
  neighbour: count(0),
  raw: z.boolean().default(false),
  every: count(60),
  statements: z.boolean().default(false),
  node: z.string().optional(),
});

const text = { type: 'string' } as const;
const options = {
  engine: text,
  exports: text,
  tenants: text,
  exportsPerPerson: text,
  seconds: text,
  warmUp: text,
  neighbour: text,
  raw: { type: 'boolean' },
  every: text,
  node: text,
  statements: { type: 'boolean' },
} as const;

/** @throws Error on an argument that it does not know */
export function readLoadPlan(args: readonly string[]): LoadPlan {
  const { values } = parseArgs({ args: [...args], options });
  const { node, ...plan } = schema.parse(values);
  return { ...plan, node };
}

interface Crowd {
  readonly tenantId: string;
  readonly organizationId: string;
  readonly people: readonly Person[];
}

export interface LoadPopulation {
  readonly crowds: readonly Crowd[];
  /** The tenant that is throttled. */
  readonly neighbour: Crowd | undefined;
}

/** Made up; the same for the same plan but for the ids. */
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
