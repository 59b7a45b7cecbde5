/** `npm run chaos`: one chaos run from the command line, its table, and an exit code that says whether every promise was kept. */
import { readPlan } from './chaos-plan.ts';
import { runChaos } from './run-chaos.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const plan = readPlan(process.argv.slice(2));
say(JSON.stringify(plan));
const began = Date.now();
const { breaches, figures } = await runChaos(plan, say);
for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(52)}${String(value).padStart(8)}`);
say(`${'minutes'.padEnd(52)}${((Date.now() - began) / 60_000).toFixed(1).padStart(8)}`);
for (const breach of breaches.slice(0, 50)) say(`BROKEN: ${breach}`);
say(breaches.length === 0 ? 'Every promise was kept.' : `${String(breaches.length)} promises were broken.`);
process.exitCode = breaches.length === 0 ? 0 : 1;
