/**
 * Open exports that are looked at every minute, and one table of figures. The bot is a process of its own, the simulators are in
 * this one. Arguments: load-plan.ts.
 */
import { loadavg } from 'node:os';
import { readLoadPlan } from './load-plan.ts';
import { lookCost, rawCost, runLoad } from './load-run.ts';
import { tellRatio } from './tell-ratio.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const plan = readLoadPlan(process.argv.slice(2));
say(
  `${new Date().toISOString()} ${JSON.stringify(plan)} load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
const { figures } = await runLoad(plan, say);
for (const [name, value] of Object.entries(figures))
  say(`${name.padEnd(40)}${value.toFixed(2).padStart(12)}`);
if (plan.raw) tellRatio('a look, bot and PostgreSQL (ms)', figures[lookCost] ?? NaN, figures[rawCost] ?? NaN);
say(
  `load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
