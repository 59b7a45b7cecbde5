/**
 * 10,000 schedules that are due in the same second: how late their runs begin, and how late Graph has their exports. Each must begin.
 * Arguments: load-plan.ts; `--exports` are schedules.
 */
import { asOwner } from '../support/databases/owner-of.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { openData } from '../../src/app/data.ts';
import { readConfig } from '../../src/config.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { queueSchedule } from '../../src/usecases/schedules/queue-schedule.ts';
import { percentile } from '../chaos/recovery.ts';
import { runMainProcess } from '../support/app/main-process.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { someSchedule } from '../support/samples/sample-schedules.ts';
import { collectingLog } from '../support/surroundings/quiet.ts';
import { botTeamsId, personalChat } from '../support/teams/teams-places.ts';
import { createLoadPopulation, everybodyIn, readLoadPlan } from './load-plan.ts';
import { noLimits, untilReady } from './load-run.ts';
import { seedExports } from './seed-exports.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const usual = ['--exports', '10000', '--exportsPerPerson', '10', '--seconds', '600'];
const plan = readLoadPlan([...usual, ...process.argv.slice(2)]);
const day = 24 * 3600_000;

type Data = Awaited<ReturnType<typeof openData>>;

async function openDataOf(world: AppWorld): Promise<Data> {
  const reading = readConfig(world.variables);
  if (reading.kind === 'mistakes') throw new Error(JSON.stringify(reading.mistakes));
  const chance = { newId: randomUUID };
  return openData(reading.config, { log: collectingLog(), clock: { now: () => new Date() }, chance });
}

/** The exports that were seeded become schedules of the same; they themselves go. */
async function makeSchedules(
  world: AppWorld,
  { stores, transact, database }: Data,
  people: readonly Person[],
  dueAt: Date,
): Promise<void> {
  const botChannelId = botTeamsId(world.variables['BOT_ID'] ?? '');
  for (const person of people) {
    const { id: conversationId, tenantId, kind } = personalChat(person);
    const conversation = {
      tenantId,
      conversationId,
      kind,
      serviceUrl: world.channel.serviceUrl(),
      botChannelId,
    };
    const exports = await stores.exports.recentOf({ tenantId: person.tid, userId: person.oid }, 1000);
    await transact(async (within) => {
      for (const { requester: owner, target } of exports) {
        const state = { kind: 'active', nextAt: dueAt } as const;
        const until = new Date(dueAt.getTime() + 60 * day);
        const schedule = someSchedule({ owner, target, conversation, state, until, zone: 'UTC' });
        await within.schedules.insert(schedule);
        await queueSchedule(within, schedule, new Date());
      }
    });
  }
  await sql`DELETE FROM exports`.execute(database.db.acrossTenants('a test'));
  await asOwner(database, (owner) => sql`VACUUM ANALYZE`.execute(owner));
}

interface Seen {
  readonly begun: string | null;
  readonly accepted: string | null;
}

/** Milliseconds since 1970 at which each run has begun, and Graph had its export. */
async function seen({ db }: Data['database']): Promise<readonly Seen[]> {
  const { rows } =
    await sql<Seen>`SELECT s.run ->> 'begunAt' AS begun, e.contact ->> 'followedSince' AS accepted
    FROM schedules s LEFT JOIN exports e ON e.id = s.run ->> 'exportId'`.execute(db.acrossTenants('a test'));
  return rows;
}

function tell(what: string, times: readonly (string | null)[], since: Date): void {
  const late = times
    .filter((at) => at !== null)
    .map((at) => (new Date(at).getTime() - since.getTime()) / 1000);
  const figures = [0.5, 0.99, 1].map((share) => percentile(late, share).toFixed(1));
  say(`${what}: ${late.length} of ${times.length}; median, p99, last after ${figures.join(', ')} s`);
}

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
const data = await openDataOf(world);
const dueAt = new Date(Math.ceil((Date.now() + 30_000 + plan.exports * 10) / 1000) * 1000);
await makeSchedules(world, data, [first, ...others], dueAt);
const main = runMainProcess(world.variables);
await untilReady(world.publicUrl);
/** A bot that is slow to start has them late from then on. */
const since = new Date(Math.max(dueAt.getTime(), Date.now()));
say(
  `the bot runs; ${plan.exports} schedules of ${plan.tenants} tenants are due in ${String(Math.round((dueAt.getTime() - Date.now()) / 1000))} s`,
);
let rows = await seen(data.database);
while (Date.now() < dueAt.getTime() + plan.seconds * 1000) {
  await pause(2_000);
  rows = await seen(data.database);
  if (rows.every(({ accepted }) => accepted !== null)) break;
}
tell(
  'runs that have begun',
  rows.map(({ begun }) => begun),
  since,
);
tell(
  'exports that Graph has',
  rows.map(({ accepted }) => accepted),
  since,
);
const { rows: doubled } = await sql<{ readonly count: number }>`SELECT count(*)::int - ${rows.length} AS count
  FROM exports`.execute(data.database.db.acrossTenants('a test'));
say(`exports too many: ${String(doubled[0]?.count)}`);
process.exitCode = rows.every(({ begun }) => begun !== null) ? 0 : 1;
main.kill('SIGTERM');
await main.ended;
await data.queue.stop(0);
await data.database.close();
await world.stop();
await database?.drop();
