/** One load run: the bot as a process of its own, simulators in this one, and figures of how late, how much, how heavy. */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../chaos/recovery.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { runMainProcess, type MainProcess } from '../support/app/main-process.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { testPort } from '../support/servers/test-port.ts';
import { createLoadPopulation, everybodyIn, type LoadPlan, type LoadPopulation } from './load-plan.ts';
import { looksIn, type Look } from './poll-lags.ts';
import { figure, postgresSeconds, slopePerMinute, usageOf, type Usage } from './process-watch.ts';
import { isRaw, startRawPoller, type RawPoller } from './raw-poller.ts';
import { seedExports } from './seed-exports.ts';
import { databaseFigures, forgetStatements, statementsAt, watchStatements } from './statements.ts';

export interface LoadResult {
  /** Looks at the jobs of everybody but the neighbour. */
  readonly looks: readonly Look[];
  readonly figures: Readonly<Record<string, number>>;
}

export const noLimits = {
  LIMIT_OPEN_PER_USER: '100000',
  LIMIT_DAILY_PER_USER: '100000',
  LIMIT_OPEN_PER_TENANT: '100000',
};
/** Milliseconds until the raw reference runs evenly. */
const settling = 10_000;
const sampleEvery = 5_000;

/** @param tell a line about how far it is */
export async function runLoad(plan: LoadPlan, tell: (line: string) => void): Promise<LoadResult> {
  const population = createLoadPopulation(plan);
  const [first, ...others] = everybodyIn(population);
  if (first === undefined) throw new Error('Nobody lives here');
  const database = plan.engine === 'postgres' ? await postgresDatabase('on') : undefined;
  if (plan.statements && database !== undefined) await watchStatements(database);
  const metricsPort = await testPort();
  const world = await startAppWorld({
    runsApp: false,
    people: [first, ...others],
    variables: { ...noLimits, LOG_LEVEL: 'warn', METRICS_PORT: String(metricsPort) },
    ...(database === undefined ? {} : { databaseUrl: database.url }),
  });
  let main: MainProcess | undefined;
  let raw: RawPoller | undefined;
  try {
    const firstDue = await seedExports(world, plan, population);
    tell('the exports are there');
    if (plan.every !== 60 && plan.every !== 300) askForPatience(world, plan.every);
    throttle(world, population);
    main = runMainProcess({ ...world.variables, ...nodeOptions(plan) });
    await untilReady(world.publicUrl);
    tell('the bot runs');
    await pause(plan.warmUp * 1000);
    raw = plan.raw ? startRawPoller(world.graph, { every: plan.every, exports: firstDue.size }) : undefined;
    if (raw !== undefined) await pause(settling);
    const run = { plan, world, population, firstDue, main, metricsPort, raw };
    if (plan.statements && database !== undefined) await forgetStatements(database.url);
    const bot = await measure(run, tell);
    if (plan.statements && database !== undefined)
      for (const { query, calls, milliseconds, rows } of (await statementsAt(database.url)).slice(0, 20))
        tell(
          `${calls.toFixed(0).padStart(7)} calls ${milliseconds.toFixed(0).padStart(7)} ms ${rows.toFixed(0).padStart(7)} rows ${query.replaceAll(/\s+/g, ' ').slice(0, 150)}`,
        );
    return bot;
  } finally {
    await raw?.stop();
    main?.kill('SIGTERM');
    await main?.ended;
    await world.stop();
    await database?.drop();
  }
}

const nodeOptions = ({ node }: LoadPlan): Readonly<Record<string, string>> =>
  node === undefined ? {} : { NODE_OPTIONS: `--disable-warning=ExperimentalWarning ${node}` };

/** It says so in its log only when that tells more than warnings. */
export async function untilReady(publicUrl: string): Promise<void> {
  const isReady = (): Promise<boolean> =>
    fetch(`${publicUrl}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await pause(200);
}

const askForPatience = ({ graph }: AppWorld, seconds: number): unknown =>
  graph.script({
    match: { op: 'get' },
    respond: (_call, genuine) => ({
      ...genuine,
      headers: { ...genuine.headers, 'retry-after': String(seconds) },
    }),
  });

/** Graph has no time for the neighbour at all. */
function throttle({ graph }: AppWorld, { neighbour }: LoadPopulation): void {
  const throttled = new Set(neighbour?.people.map(({ oid }) => oid));
  graph.script({
    match: { where: ({ user }) => user !== undefined && throttled.has(user) },
    respond: { status: 429, body: { error: { code: 'TooManyRequests', message: 'Too many requests' } } },
  });
}

interface Run {
  readonly plan: LoadPlan;
  readonly world: AppWorld;
  readonly population: LoadPopulation;
  readonly firstDue: ReadonlyMap<string, number>;
  readonly main: MainProcess;
  readonly metricsPort: number;
  /** Looks at the same jobs as often, in the same seconds. */
  readonly raw: RawPoller | undefined;
}

async function measure(run: Run, tell: (line: string) => void): Promise<LoadResult> {
  const { plan, world, population, firstDue, main, metricsPort, raw } = run;
  const pid = main.pid ?? 0;
  const usages: Usage[] = [];
  const heaps: { readonly at: number; readonly value: number }[] = [];
  const url = world.variables['DATABASE_URL'];
  const before = {
    own: process.cpuUsage(),
    postgres: postgresSeconds(url),
    bot: usageOf(pid)?.cpuSeconds ?? Number.NaN,
    raw: usageOf(raw?.pid ?? 0)?.cpuSeconds ?? Number.NaN,
    ...(await databaseFigures(url)),
  };
  const from = Date.now();
  while (Date.now() - from < plan.seconds * 1000) {
    await pause(sampleEvery);
    const usage = usageOf(pid);
    if (usage === undefined) throw new Error(`The bot has ended: ${main.output().slice(-2000)}`);
    usages.push(usage);
    heaps.push({ at: usage.at, value: (await figure(metricsPort, 'nodejs_heap_size_used_bytes')) / 1e6 });
    if (usages.length % 12 === 0) tell(progress(usages));
  }
  const until = Date.now();
  const own = process.cpuUsage(before.own);
  const spent = {
    simulators: (own.user + own.system) / 1e6,
    postgres: postgresSeconds(url) - before.postgres,
  };
  const { rowsWritten, commits, megabytes } = await databaseFigures(url);
  const throttled = new Set(population.neighbour?.people.map(({ oid }) => oid));
  const between = plan.every * 1000;
  const [rawCalls, calls] = partition(
    world.graph.calls.filter(({ at }) => at < until),
    isRaw,
  );
  const within = calls.filter(({ at }) => at >= from);
  const looks = looksIn(calls, between, firstDue).filter(
    ({ at, user }) => at >= from && !throttled.has(user),
  );
  const updates = world.channel.calls.filter(({ at, op }) => op === 'put' && at >= from && at < until);
  const minutes = (until - from) / 60_000;
  const rawSpent = (usageOf(raw?.pid ?? 0)?.cpuSeconds ?? Number.NaN) - before.raw;
  const rawLooks = rawCalls.filter(({ at }) => at >= from).length;
  const bot = (usageOf(pid)?.cpuSeconds ?? Number.NaN) - before.bot;
  const each = (seconds: number): number => (seconds * 1000) / looks.length;
  return {
    looks,
    figures: {
      ...lagFigures(looks),
      'bot: ms a look': each(bot),
      'PostgreSQL: ms a look': each(spent.postgres),
      [lookCost]: each(bot + spent.postgres),
      ...(raw === undefined ? {} : { [rawCost]: (rawSpent * 1000) / rawLooks }),
      'rows that PostgreSQL wrote a look': (rowsWritten - before.rowsWritten) / looks.length,
      'statements or transactions a look': (commits - before.commits) / looks.length,
      'database (MB)': megabytes,
      'looks for each that was asked for':
        (within.filter(({ op, user = '' }) => op === 'get' && !throttled.has(user)).length * between) /
        (plan.exports * (until - from)),
      'looks a second': within.filter(({ op }) => op === 'get').length / minutes / 60,
      'List calls a second': within.filter(({ op }) => op === 'list').length / minutes / 60,
      'calls of the neighbour a second':
        within.filter(({ user = '' }) => throttled.has(user)).length / minutes / 60,
      'card updates a second': updates.length / minutes / 60,
      'bot: memory at the end (MB)': usages.at(-1)?.residentMegabytes ?? 0,
      'bot: memory slope (MB/min)': slopePerMinute(
        usages.map(({ at, residentMegabytes: value }) => ({ at, value })),
      ),
      'bot: heap slope (MB/min)': slopePerMinute(heaps),
      'bot: open handles, first': usages[0]?.handles ?? 0,
      'bot: open handles, last': usages.at(-1)?.handles ?? 0,
      'bot: processors busy': bot / (minutes * 60),
      'PostgreSQL: processors busy': spent.postgres / (minutes * 60),
      'simulators: processors busy': spent.simulators / (minutes * 60),
    },
  };
}

export const lookCost = 'bot and PostgreSQL: ms a look';
export const rawCost = 'raw reference: ms a look';

const partition = <T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] => [
  all.filter(is),
  all.filter((one) => !is(one)),
];

function lagFigures(looks: readonly Look[]): Readonly<Record<string, number>> {
  const lags = looks.map(({ lag }) => lag / 1000);
  return {
    'looks measured': lags.length,
    'lag p50 (s)': percentile(lags, 0.5),
    'lag p95 (s)': percentile(lags, 0.95),
    'lag p99 (s)': percentile(lags, 0.99),
    'lag worst (s)': percentile(lags, 1),
  };
}

const progress = (usages: readonly Usage[]): string => {
  const last = usages.at(-1);
  return `${String(usages.length * 5)} s: ${(last?.residentMegabytes ?? 0).toFixed(0)} MB, ${String(last?.handles ?? 0)} handles`;
};
