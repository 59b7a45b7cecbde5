/**
 * 1,000 exports of ten tenants that have ended at Graph when all of them are due in the same second.
 * Each must get its card, and no limit of Teams may be broken. Arguments: load-plan.ts.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { cardOf, latest, wordsOf } from '../support/teams/card-search.ts';
import { runMainProcess } from '../support/app/main-process.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { createLoadPopulation, everybodyIn, readLoadPlan } from './load-plan.ts';
import { noLimits, untilReady } from './load-run.ts';
import { seedExports } from './seed-exports.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const plan = readLoadPlan([
  '--exports',
  '1000',
  '--tenants',
  '10',
  '--seconds',
  '600',
  '--warmUp',
  '30',
  ...process.argv.slice(2),
]);

const readyCards = ({ channel }: AppWorld): number =>
  channel.activities().filter((one) => /ready to download/.test(wordsOf(cardOf(latest(one))))).length;

/** The most that fall into any window of so many milliseconds. */
function mostWithin(times: readonly number[], milliseconds: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [to, time] of sorted.entries()) {
    while (time - (sorted[from] ?? time) >= milliseconds) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

const most = (groups: ReadonlyMap<unknown, readonly number[]>, milliseconds: number): number =>
  Math.max(...[...groups.values()].map((times) => mostWithin(times, milliseconds)));

const timesBy = (sends: AppWorld['channel']['calls'], key: (conversation: string) => unknown) =>
  new Map(
    [...Map.groupBy(sends, ({ about }) => key(about['conversation'] ?? ''))].map(
      ([group, calls]) => [group, calls.map(({ at }) => at)] as const,
    ),
  );

const population = createLoadPopulation(plan);
const [first, ...others] = everybodyIn(population);
if (first === undefined) throw new Error('Nobody lives here');
const database = plan.engine === 'postgres' ? await postgresDatabase('on') : undefined;
const world = await startAppWorld({
  runsApp: false,
  people: [first, ...others],
  variables: { ...noLimits, LOG_LEVEL: 'warn' },
  ...(database === undefined ? {} : { databaseUrl: database.url }),
});
await seedExports(world, plan, population, 'endedAtOnce');
const main = runMainProcess(world.variables);
await untilReady(world.publicUrl);
const since = Date.now();
while (readyCards(world) < plan.exports && Date.now() - since < plan.seconds * 1000) await pause(1_000);
const took = (Date.now() - since) / 1000;
// The messages that follow the cards.
await pause(plan.warmUp * 1000);
main.kill('SIGTERM');
await main.ended;
const sends = world.channel.calls.filter(({ op }) => op === 'post' || op === 'put');
const tenants = new Map([first, ...others].map((person) => [personalChat(person).id, person.tid]));
const [byChat, byTenant] = [timesBy(sends, String), timesBy(sends, (chat) => tenants.get(chat))];
say(
  `${readyCards(world)} of ${plan.exports} exports show that they are ready, the last after ${took.toFixed(0)} s`,
);
say(`${sends.length} messages and updates in ${byChat.size} chats of ${byTenant.size} tenants`);
say(`most in one chat: ${most(byChat, 1_000)} in a second, ${most(byChat, 30_000)} in 30 s`);
say(`most in one tenant: ${most(byTenant, 1_000)} in a second`);
process.exitCode = readyCards(world) === plan.exports ? 0 : 1;
await world.stop();
await database?.drop();
