/** One chaos run: the bot as processes between simulators that nobody hurts, people who keep asking, and harm until the end. */
import { setTimeout as pause } from 'node:timers/promises';
import { present } from '../../src/domain/present.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { startBalancer } from './balancer.ts';
import { startFleet } from './bot-fleet.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import { createClients, type Clients } from './clients.ts';
import { conclude } from './conclude.ts';
import { createDice, type Dice } from './dice.ts';
import { scriptFaults } from './graph-faults.ts';
import { doHarm, planHarms, type Harm, type HarmDeps } from './harm.ts';
import { isFinal, shownExports } from './shown-exports.ts';
import { countUnsettled } from './schedules/kept-schedules.ts';
import { planSchedules, type PlannedSchedules } from './schedules/planned-schedules.ts';
import { lastDueOf, seedSchedules, type SeededSchedule } from './schedules/seed-schedules.ts';
import type { Verdict } from './verdict.ts';
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
  const planned = planSchedules(plan, dice, population);
  prepare(world, [population, planned], plan);
  const faults = plan.faults ? scriptFaults(world.graph, dice) : undefined;
  const instances = instancesOn[plan.engine];
  const seeded = await seedSchedules(world, planned.schedules);
  const fleet = await startFleet(instances, world.variables, { revive: plan.revive });
  const balancer = await startBalancer(Number(new URL(world.publicUrl).port), fleet.ports, dice);
  const clients = createClients(world, dice, ownersOf(planned));
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
    const { lastDueAt, countLeft } = watchSchedules(seeded, database?.url);
    const settledAfter = await settle(world, population, { plan, countLeft }, tell);
    clearInterval(looking);
    await fleet.stop();
    return await conclude({
      plan,
      world,
      population,
      planned,
      seeded,
      lastDueAt,
      fleet,
      clients,
      harms,
      settledAfter,
      faults,
    });
  } finally {
    clearInterval(looking);
    await fleet.stop();
    await balancer.stop();
    await world.stop();
    await database?.drop();
  }
}

/** Answers take a while, as they do on the internet: that is the time in which harm can fall. */
function prepare(
  { graph, planner, channel }: AppWorld,
  asked: readonly Pick<Population, 'plans' | 'scenarios'>[],
  plan: ChaosPlan,
): void {
  for (const one of asked.flatMap(({ plans }) => plans)) planner.register(one);
  for (const scenario of asked.flatMap(({ scenarios }) => scenarios)) graph.register(scenario);
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

/** Wherever their schedules are posted, they are asked to sign in where they alone read it. */
const ownersOf = ({ schedules }: PlannedSchedules) =>
  schedules.map(({ person }) => ({ person, place: personalChat(person) }));

function watchSchedules(seeded: readonly SeededSchedule[], url: string | undefined) {
  const dues = seeded.map((one) => lastDueOf(one).getTime());
  const lastDueAt = new Date(Math.max(0, ...dues));
  const countLeft = (): Promise<number> =>
    url === undefined ? Promise.resolve(0) : countUnsettled(url, lastDueAt);
  return { lastDueAt, countLeft };
}

/** Until every wish has a card that says how it ended, and the last messages are out; seconds. */
async function settle(
  world: AppWorld,
  { wishes }: Population,
  { plan: { timed }, countLeft }: { readonly plan: ChaosPlan; readonly countLeft: () => Promise<number> },
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
    const runsLeft = await countLeft();
    if (left + runsLeft === 0 || Date.now() - since > longest) {
      tell(
        `${String(left)} exports and ${String(runsLeft)} steps of schedules are left after ${String(Math.round((Date.now() - since) / 1000))} s without harm`,
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
