/** What a bot on PostgreSQL uses while nothing happens: its processor time, the database's, and statements. */
import { setTimeout as pause } from 'node:timers/promises';
import { startAppWorld } from '../support/app/app-world.ts';
import { runMainProcess } from '../support/app/main-process.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { untilReady } from './load-run.ts';
import { exactPostgresSeconds, exactSeconds, usageOf } from './process-watch.ts';
import { forgetStatements, statementsAt, watchStatements } from './statements.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Seconds, and options of the bot's own process, such as `--cpu-prof --cpu-prof-dir=/tmp/profile`. */
const [settling = '60', measured = '60', node] = process.argv.slice(2);
const seconds = Number(measured);

const database = await postgresDatabase('on');
await watchStatements(database);
const world = await startAppWorld({
  runsApp: false,
  variables: { LOG_LEVEL: 'warn' },
  databaseUrl: database.url,
});
const main = runMainProcess({
  ...world.variables,
  ...(node === undefined ? {} : { NODE_OPTIONS: node }),
});
await untilReady(world.publicUrl);
await pause(Number(settling) * 1000);
const secondsOfBot = (): number => exactSeconds(main.pid ?? 0);
const before = { bot: secondsOfBot(), postgres: exactPostgresSeconds(database.url) };
await forgetStatements(database.url);
await pause(seconds * 1000);
const statements = await statementsAt(database.url);
const perSecond = (spent: number): string => ((spent * 1000) / seconds).toFixed(2);
say(`bot: ${perSecond(secondsOfBot() - before.bot)} ms of processor time a second`);
say(
  `PostgreSQL: ${perSecond(exactPostgresSeconds(database.url) - before.postgres)} ms of processor time a second`,
);
say(`bot: ${(usageOf(main.pid ?? 0)?.residentMegabytes ?? Number.NaN).toFixed(0)} MB`);
const calls = statements.reduce((sum, one) => sum + one.calls, 0);
say(`${(calls / seconds).toFixed(2)} statements a second`);
for (const { query, calls: count } of statements.toSorted((a, b) => b.calls - a.calls).slice(0, 25))
  say(`${String(count).padStart(6)} × ${query.replaceAll(/\s+/g, ' ').slice(0, 110)}`);
main.kill('SIGTERM');
await main.ended;
await world.stop();
await database.drop();
