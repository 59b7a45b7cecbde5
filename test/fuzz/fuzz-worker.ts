/** Runs what is fuzzed in a process of its own, one after the other, and tells how each went. */
import { inspect } from 'node:util';
import { fuzzTargets } from './targets/targets.ts';

export interface FuzzOrder {
  readonly names: readonly string[];
  /** Of this process, over all targets. */
  readonly inputs: number;
  readonly seed: number;
}

export interface Fuzzed {
  readonly name: string;
  readonly inputs: number;
  readonly seconds: number;
  /** Megabytes of heap more than after the first tenth, both after a collection. */
  readonly grown: number;
  /** The counter-example, or what broke. */
  readonly failure?: string;
}

/** Megabytes; a heap that has warmed up may grow by a few. */
const mayGrow = 32;

const heapAfterCollection = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

async function fuzz(name: string, { names, inputs: all, seed }: FuzzOrder): Promise<Fuzzed> {
  const target = fuzzTargets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`Nothing of that name: ${name}`);
  const whole = fuzzTargets.reduce((sum, one) => sum + (names.includes(one.name) ? one.share : 0), 0);
  const inputs = Math.max(10, Math.round((target.share / whole) * all));
  const began = performance.now();
  let failure: string | undefined;
  let warm = heapAfterCollection();
  try {
    await target.run({ inputs: Math.ceil(inputs / 10), seed });
    warm = heapAfterCollection();
    await target.run({ inputs: Math.ceil(inputs * 0.9), seed: seed + 1_000 });
  } catch (error) {
    failure = inspect(error);
  }
  const grown = heapAfterCollection() - warm;
  if (grown > mayGrow) failure ??= `memory grew by ${grown.toFixed(0)} MB`;
  const seconds = (performance.now() - began) / 1000;
  return failure === undefined ? { name, inputs, seconds, grown } : { name, inputs, seconds, grown, failure };
}

/** One line for each target, and one for all. */
export function tableOf(all: readonly Fuzzed[]): readonly string[] {
  const names = [...new Set(all.map(({ name }) => name))];
  const lines = names.map((name) => {
    const of = all.filter((one) => one.name === name);
    return line(name, of);
  });
  const failures = all.flatMap(({ name, failure }) =>
    failure === undefined ? [] : [`\n${name}: ${failure}`],
  );
  return [...lines, line('all', all), ...failures];
}

function line(name: string, of: readonly Fuzzed[]): string {
  const sum = (value: (one: Fuzzed) => number): number => of.reduce((total, one) => total + value(one), 0);
  const failed = of.filter(({ failure }) => failure !== undefined).length;
  return [
    name.padEnd(30),
    `${String(sum(({ inputs }) => inputs))} inputs`.padStart(18),
    `${sum(({ seconds }) => seconds).toFixed(0)} s`.padStart(8),
    `${Math.max(...of.map(({ grown }) => grown)).toFixed(1)} MB more`.padStart(14),
    failed === 0 ? '' : '  FAILED',
  ].join('');
}

if (process.send !== undefined)
  process.once('message', (order: FuzzOrder) => {
    void (async () => {
      for (const name of order.names) process.send?.(await fuzz(name, order));
      process.disconnect();
    })();
  });
