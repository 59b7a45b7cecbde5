/**
 * `npm run bench`: the bot beside the raw reference of the same run, within five minutes, and how far each ratio is from the last one
 * that was stored; `npm run bench -- WHAT [options]` runs one benchmark.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Ratio } from './tell-ratio.ts';

const here = import.meta.dirname;
const root = path.resolve(here, '..', '..');
const file = (name: string): string => path.join(here, name);

interface Bench {
  readonly about: string;
  readonly args: readonly string[];
  /** What a run of all adds; absent where it leaves this out. */
  readonly quick?: readonly string[];
}

const capacity = file('capacity.ts');
const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const chaos = [path.join(here, '..', 'chaos', 'main.ts'), '--faults', '--no-timed', '--exports', '300'];
const unharmed = ['--kills', '0', '--terms', '0', '--cuts', '0', '--restarts', '0'];
const someLooks = ['--exports', '1000', '--every', '10', '--warmUp', '35', '--seconds', '20', '--raw'];
const three = ['--rounds', '3', '--engines', 'postgres'];

const benches: Readonly<Record<string, Bench>> = {
  bot: { about: 'a start, a message, an export', args: [file('bot.ts')], quick: [] },
  looks: { about: 'a look at Graph, 100 a second', args: [capacity, ...someLooks], quick: [] },
  download: { about: 'a file through the whole bot', args: [file('download.ts')], quick: three },
  idle: { about: 'nothing at all, for a minute', args: [file('idle.ts')] },
  capacity: { about: '10,000 open exports for ten minutes', args: [capacity] },
  noisy: { about: 'looks beside a tenant that Graph throttles on each call', args: [file('noisy.ts')] },
  'at-once': { about: '1,000 exports that are due in the same second', args: [file('all-at-once.ts')] },
  schedules: { about: '10,000 schedules that are due at once', args: [file('schedules-due.ts')] },
  abuse: { about: 'how soon people are answered while others attack', args: [file('abuse.ts')] },
  prompts: { about: 'how soon people are asked to sign in', args: [file('first-prompts.ts')] },
  faults: { about: 'exports while nearly a quarter of Graph’s calls fail', args: [...chaos, ...unharmed] },
  files: {
    about: 'reading and making files of 1, 10 and 100 MB',
    args: [mocha, '--node-option', 'expose-gc', file('okr-files.bench.ts')],
  },
};

async function run({ args }: Bench, more: readonly string[]): Promise<readonly Ratio[]> {
  const ratios: Ratio[] = [];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args, ...more], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (ratio) => void ratios.push(ratio as Ratio));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.exitCode = 1;
  return ratios;
}

const stored = z.object({ date: z.string(), ratios: z.record(z.string(), z.number()) });
const storedFile = file('last-ratios.json');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function compare(ratios: readonly Ratio[]): void {
  const last = stored.parse(JSON.parse(readFileSync(storedFile, 'utf8')));
  say(`\nTimes the raw reference, and on ${last.date}:`);
  for (const { name, ratio } of ratios) {
    const before = last.ratios[name];
    const change = before === undefined ? '' : `${((ratio / before - 1) * 100).toFixed(0)} %`;
    say(
      `${name.padEnd(52)}${ratio.toFixed(2).padStart(8)}${(before?.toFixed(2) ?? 'new').padStart(8)}${change.padStart(8)}`,
    );
  }
}

function store(ratios: readonly Ratio[]): void {
  const rounded = ratios.map(({ name, ratio }) => [name, Number(ratio.toFixed(2))] as const);
  const kept = { date: new Date().toISOString().slice(0, 10), ratios: Object.fromEntries(rounded) };
  writeFileSync(storedFile, `${JSON.stringify(kept, null, 2)}\n`);
  say(`Stored in ${path.relative(root, storedFile)}.`);
}

const [what, ...options] = process.argv.slice(2);
const bench = what === undefined ? undefined : benches[what];
if (bench !== undefined) await run(bench, options);
else if (what === undefined || what === '--store') {
  const ratios: Ratio[] = [];
  for (const each of Object.values(benches))
    if (each.quick !== undefined) ratios.push(...(await run(each, each.quick)));
  compare(ratios);
  if (what === '--store') store(ratios);
} else {
  say('npm run bench, all of the first three beside the raw reference; --store keeps the ratios; or one of:');
  for (const [name, { about }] of Object.entries(benches))
    say(`  npm run bench -- ${name.padEnd(10)}${about}`);
  process.exitCode = 1;
}
