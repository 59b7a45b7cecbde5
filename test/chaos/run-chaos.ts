/** One chaos run: the bot as processes between simulators that nobody hurts, people who keep asking, and harm until the end. */
import { setTimeout as pause } from 'node:timers/promises';
import { present } from '../../src/domain/present.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { startBalancer } from './balancer.ts';
import { startFleet, type BotFleet } from './bot-fleet.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import { createClients, type Clients } from './clients.ts';
import { createDice, type Dice } from './dice.ts';
import { scriptFaults, type GraphFaults } from './graph-faults.ts';
import { doHarm, planHarms, type Harm, type HarmDeps } from './harm.ts';
import { readKept } from './kept-exports.ts';
import { percentile, recoveries } from './recovery.ts';
import { isFinal, shownExports } from './shown-exports.ts';
import { judge, type Verdict } from './verdict.ts';
import { createPopulation, type Population } from './wishes.ts';

const noLimits = {
  LIMIT_OPEN_PER_USER: '100000',
  LIMIT_DAILY_PER_USER: '100000',
  LIMIT_OPEN_PER_TENANT: '100000',
};
const instancesOn = { embedded: 1, postgres: 2 } as const;
/** Milliseconds; what is not timed may run on a machine that is busy with other things. */
const longestSettling = { timed: 120_000, untimed: 400_000 };
const lookEvery = 500;
const allowedRecovery = 30_000;

/** @param tell a line about how far it is */
export async function runChaos(plan: ChaosPlan, tell: (line: string) => void): Promise<Verdict> {
  const dice = createDice(plan.seed);
  const population = createPopulation(plan, dice);
  const database = plan.engine === 'postgres' ? await postgresDatabase() : undefined;
  const world = await startAppWorld({
    runsApp: false,
    people: population.people,
    variables: { ...noLimits, LOG_LEVEL: 'info' },
    ...(database === undefined ? {} : { databaseUrl: database.url }),
  });
  prepare(world, population, plan);
  const faults = plan.faults ? scriptFaults(world.graph, dice) : undefined;
  const instances = instancesOn[plan.engine];
  const fleet = await startFleet(instances, world.variables, { revive: plan.revive });
  const balancer = await startBalancer(Number(new URL(world.publicUrl).port), fleet.ports, dice);
  const clients = createClients(world, dice);
  const looking = setInterval(clients.look, lookEvery);
  try {
    await fleet.haveListening(instances);
    const deps = {
      world,
      fleet,
      clients,
      dice,
      ...present({ postgres: database }),
      ...(plan.rolling ? { instances } : {}),
      atStartsOnly: plan.sabotage,
    };
    const harms = await harmWhileAsked(deps, plan, population, tell);
    const settledAfter = await settle(world, population, plan, tell);
    clearInterval(looking);
    await fleet.stop();
    return await conclude({ plan, world, population, fleet, clients, harms, settledAfter, faults });
  } finally {
    clearInterval(looking);
    await fleet.stop();
    await balancer.stop();
    await world.stop();
    await database?.drop();
  }
}

/** Answers take a while, as they do on the internet: that is the time in which harm can fall. */
function prepare({ graph, planner, channel }: AppWorld, asked: Population, plan: ChaosPlan): void {
  for (const one of asked.plans) planner.register(one);
  for (const scenario of asked.scenarios) graph.register(scenario);
  graph.script({ match: { op: 'create' }, delayMs: 150 });
  channel.script({ match: { op: 'post' }, delayMs: 60 });
  channel.script({ match: { op: 'put' }, delayMs: 30 });
  if (plan.sabotage) graph.script({ match: { op: 'list' }, respond: { status: 200, body: { value: [] } } });
}

/** The wishes are spread over the harms, so that something is under way whenever harm is done. */
async function harmWhileAsked(
  deps: HarmDeps,
  plan: ChaosPlan,
  { wishes }: Population,
  tell: (line: string) => void,
): Promise<readonly Harm[]> {
  const kinds = planHarms(plan, deps.dice);
  const harms: Harm[] = [];
  const asking: Promise<void>[] = [];
  let next = 0;
  const askUntil = (end: number): void => {
    for (; next < end; next += 1) {
      const wish = wishes[next];
      if (wish !== undefined) asking.push(askLater(deps.clients, wish, deps.dice));
    }
  };
  for (const [index, kind] of kinds.entries()) {
    askUntil(Math.floor((wishes.length * (index + 1)) / (kinds.length + 1)));
    harms.push(await doHarm(deps, kind));
    if (index % 10 === 9)
      tell(`${String(index + 1)} of ${String(kinds.length)} harms, ${String(next)} exports asked for`);
  }
  askUntil(wishes.length);
  await Promise.all(asking);
  return harms;
}

async function askLater(clients: Clients, wish: Population['wishes'][number], dice: Dice): Promise<void> {
  await pause(dice.between(0, 2500));
  await clients.ask(wish);
}

/** Until every wish has a card that says how it ended, and the last messages are out; seconds. */
async function settle(
  world: AppWorld,
  { wishes }: Population,
  { timed }: ChaosPlan,
  tell: (line: string) => void,
): Promise<number> {
  const since = Date.now();
  const longest = timed ? longestSettling.timed : longestSettling.untimed;
  for (;;) {
    const ended = new Set(
      shownExports(world.channel.activities())
        .filter(({ phases }) => isFinal(phases.at(-1)))
        .map(({ viewId, activity }) => `${activity.conversationId} ${viewId}`),
    );
    const left = wishes.filter(({ place, viewId }) => !ended.has(`${place.id} ${viewId}`)).length;
    if (left === 0 || Date.now() - since > longest) {
      tell(
        `${String(left)} exports are left after ${String(Math.round((Date.now() - since) / 1000))} s without harm`,
      );
      break;
    }
    await pause(lookEvery);
  }
  const seconds = (Date.now() - since) / 1000;
  // Nobody can tell that nothing more will come: a stale update or a second message has this long to show itself.
  await pause(3_000);
  return seconds;
}

interface Past {
  readonly plan: ChaosPlan;
  readonly world: AppWorld;
  readonly population: Population;
  readonly fleet: BotFleet;
  readonly clients: Clients;
  readonly harms: readonly Harm[];
  readonly settledAfter: number;
  readonly faults: GraphFaults | undefined;
}

async function conclude(past: Past): Promise<Verdict> {
  const { plan, world, population, fleet, clients } = past;
  const harms = past.harms.map((harm) => untilItsEnd(harm, fleet));
  const { timesAskedAnew } = clients;
  const jobs = world.graph.jobs();
  const verdict = judge({
    ...population,
    jobs,
    harms,
    timesAskedAnew,
    activities: world.channel.activities(),
    graphCalls: world.graph.calls,
    kept: await readKept(world.variables),
  });
  const endings = new Map(population.scenarios.map(({ explorerViewId, fate }) => [explorerViewId, fate]));
  const followed = jobs.map(({ id, oid, createdAt, explorerViewId }) => {
    const fate = endings.get(explorerViewId);
    return {
      jobId: id,
      userId: oid,
      startedAt: createdAt,
      endsAt: createdAt + (fate?.kind === 'runs' ? fate.endsAfterMs : 0),
    };
  });
  const polls = world.graph.calls.filter(({ op }) => op === 'get');
  const { undisturbed, all } = recoveries(fleet.events, polls, followed);
  const slowest = percentile(undisturbed, 0.99);
  const retries = past.faults === undefined ? undefined : retriesAmong(world.graph.calls.length, past.faults);
  const isLate = plan.timed && slowest > allowedRecovery;
  const { doubled, hits } = doubledCards(verdict);
  const isDoubledTooOften = plan.timed && doubled > hits;
  return {
    breaches: [
      ...verdict.breaches,
      ...fleet.faults,
      ...(retries?.breaches ?? []),
      ...(isLate ? [`restart → next poll: p99 is ${String(slowest)} ms`] : []),
      ...(isDoubledTooOften
        ? [`${String(doubled)} first cards doubled by ${String(hits)} kills that hit one`]
        : []),
    ],
    figures: {
      ...verdict.figures,
      ...retries?.figures,
      'messages sent again because nobody answered': clients.timesSentAgain(),
      ...countByKind(harms),
      'starts that found no database': fleet.failedStarts(),
      'restart → next poll, looks counted': undisturbed.length,
      'restart → next poll, median (ms)': percentile(undisturbed, 0.5),
      'restart → next poll, p99 (ms)': slowest,
      'the same with further kills in between, looks': all.length,
      'the same with further kills in between, p99 (ms)': percentile(all, 0.99),
      'seconds from the last harm to the last card': Math.round(past.settledAfter),
    },
  };
}

const doubledCards = ({ figures }: Verdict): { readonly doubled: number; readonly hits: number } => ({
  doubled: figures['first cards doubled by a kill'] ?? 0,
  hits: figures['SIGKILLs and SIGTERMs that hit a first card'] ?? 0,
});

/** A process goes on for a moment after its signal, and for longer after a SIGTERM. */
function untilItsEnd(harm: Harm, { events }: BotFleet): Harm {
  const end = events.find(({ kind, slot, at }) => kind === 'ended' && slot === harm.slot && at >= harm.from);
  return end === undefined ? harm : { ...harm, to: Math.max(harm.to, end.at) };
}

const mostCallsForAnAnswer = 1.5;

function retriesAmong(calls: number, faults: GraphFaults): Verdict {
  const each = calls / (calls - faults.count());
  return {
    breaches: each <= mostCallsForAnAnswer ? [] : [`${each.toFixed(2)} calls of Graph for each answer`],
    figures: {
      'calls of Graph': calls,
      'calls of Graph that ended in a fault': faults.count(),
      'calls of Graph for 100 answers': Math.round(each * 100),
    },
  };
}

const countByKind = (harms: readonly Harm[]): Readonly<Record<string, number>> => {
  const of = (wanted: Harm['kind']): number => harms.filter(({ kind }) => kind === wanted).length;
  return {
    SIGKILLs: of('kill'),
    SIGTERMs: of('term'),
    'connections cut': of('cut'),
    'database restarts': of('restart'),
  };
};
