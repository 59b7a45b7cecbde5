/**
 * `npm run fuzz [-- --inputs 1000000 --seed 1 --only NAME]`: odd inputs for all that reads what others wrote, in as many processes as
 * there are cores. Fails when an input is not answered as it should be, when a promise breaks unheard, and when memory grows.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { fuzzTargets } from './targets/targets.ts';
import { tableOf, type Fuzzed, type FuzzOrder } from './fuzz-worker.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    only: { type: 'string' },
    processes: { type: 'string', default: String(availableParallelism()) },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Each process takes every target, with its own seed and its part of the inputs. */
async function work(order: FuzzOrder): Promise<readonly Fuzzed[]> {
  const child = fork(new URL('./fuzz-worker.ts', import.meta.url), {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  });
  const done: Fuzzed[] = [];
  child.on('message', (message) => void done.push(message as Fuzzed));
  child.send(order);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) {
    process.exitCode = 1;
    say(`A process ended with ${String(code)} after: ${done.at(-1)?.name ?? 'nothing'}.`);
  }
  return done;
}

const [inputs, seed, processes] = [Number(values.inputs), Number(values.seed), Number(values.processes)];
const names = fuzzTargets
  .map(({ name }) => name)
  .filter((name) => values.only === undefined || name === values.only);
if (names.length === 0)
  throw new Error(`Nothing of that name: ${fuzzTargets.map(({ name }) => name).join(', ')}`);
say(`${String(inputs)} inputs, seed ${String(seed)}, ${String(processes)} processes`);
const orders = Array.from({ length: processes }, (_, nth) => ({
  names,
  inputs: inputs / processes,
  seed: seed + nth,
}));
const all = (await Promise.all(orders.map(work))).flat();
for (const line of tableOf(all)) say(line);
if (all.length < names.length * processes || all.some(({ failure }) => failure !== undefined))
  process.exitCode = 1;
