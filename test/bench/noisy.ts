/** How late looks are beside a tenant of 5,000 exports that Graph throttles on each call, and without it. */
import { loadavg } from 'node:os';
import { readLoadPlan } from './load-plan.ts';
import { runLoad, type LoadResult } from './load-run.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const usual = { exports: '2000', tenants: '20', neighbour: '5000', seconds: '240' };
const mostMoved = 1.2;

const given = process.argv.slice(2);
const named = Object.entries(usual).flatMap(([name, value]) => [`--${name}`, value]);
const plan = readLoadPlan([...named, ...given]);

async function run(neighbour: number): Promise<LoadResult['figures']> {
  say(`${new Date().toISOString()} with a neighbour of ${neighbour}, load ${loadavg()[0]?.toFixed(1) ?? ''}`);
  const { figures } = await runLoad({ ...plan, neighbour }, say);
  for (const [name, value] of Object.entries(figures))
    say(`${name.padEnd(40)}${value.toFixed(2).padStart(12)}`);
  return figures;
}

say(JSON.stringify(plan));
const alone = await run(0);
const beside = await run(plan.neighbour);
const moved = (beside['lag p99 (s)'] ?? Infinity) / (alone['lag p99 (s)'] ?? 0);
say(`The lag p99 of the others is ${moved.toFixed(2)} times what it is without the neighbour.`);
process.exitCode = moved <= mostMoved ? 0 : 1;
