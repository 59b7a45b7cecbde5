/** What a chaos run consists of, read from the command line. */
import { parseArgs } from 'node:util';
import * as z from 'zod';

export interface ChaosPlan {
  readonly engine: 'embedded' | 'postgres';
  readonly exports: number;
  /** PostgreSQL only: schedules and subscriptions that fall due meanwhile. */
  readonly schedules: number;
  readonly tenants: number;
  /** Killed instances are started again. */
  readonly revive: boolean;
  /** One instance after the other is harmed, each only when all of them work. */
  readonly rolling: boolean;
  /** SIGKILLs. */
  readonly kills: number;
  /** SIGTERMs. */
  readonly terms: number;
  /** PostgreSQL only: most connections ended at once. */
  readonly cuts: number;
  /** PostgreSQL only: restarts of the whole database server, in order or as after a crash. */
  readonly restarts: number;
  /** Decides who asks for what, and which harm is done when. */
  readonly seed: number;
  /** The simulated Graph's List shows no jobs, so that nothing can be adopted: the run must fail. */
  readonly sabotage: boolean;
  /** Graph has bad days: nearly a quarter of its calls end in a fault. */
  readonly faults: boolean;
  /** Asserts how soon open exports are looked at after a restart. */
  readonly timed: boolean;
}

const count = (otherwise: number) => z.coerce.number().int().min(0).max(100_000).default(otherwise);

const schema = z.object({
  engine: z.enum(['embedded', 'postgres']).default('postgres'),
  exports: count(500),
  schedules: count(150),
  tenants: count(50),
  revive: z.boolean().default(true),
  rolling: z.boolean().default(false),
  kills: count(100),
  terms: count(20),
  cuts: count(10),
  restarts: count(5),
  seed: count(1),
  sabotage: z.boolean().default(false),
  faults: z.boolean().default(false),
  timed: z.boolean().default(true),
});

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  engine: text,
  exports: text,
  schedules: text,
  tenants: text,
  seed: text,
  revive: flag,
  rolling: flag,
  kills: text,
  terms: text,
  cuts: text,
  restarts: text,
  sabotage: flag,
  faults: flag,
  timed: flag,
} as const;

/** Without arguments it is the full run on PostgreSQL. @throws Error on an argument that it does not know */
export function readPlan(args: readonly string[]): ChaosPlan {
  const { values } = parseArgs({ args: [...args], options, allowNegative: true });
  const plan = schema.parse(values);
  return plan.engine === 'postgres' ? plan : { ...plan, schedules: 0, cuts: 0, restarts: 0 };
}
