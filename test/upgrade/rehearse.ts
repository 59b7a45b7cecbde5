/** Rolls from an older release over both to today's, on one PostgreSQL and under load. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { createSuite } from '../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { productionArgs, runMainProcess, type MainProcess } from '../support/app/main-process.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { testPort } from '../support/servers/test-port.ts';
import { startLoad } from './load.ts';
import { errorsIn, type Rehearsed } from './verdict.ts';

export interface RehearsalPlan {
  /** Where the older release and its bundle are. */
  readonly olderFolder: string;
  /** Of each of the three phases. */
  readonly seconds: number;
}

const tenants = Array.from({ length: 5 }, () => randomUUID());

function somebody(nth: number): Person {
  const tid = tenants[nth % tenants.length] ?? randomUUID();
  return { oid: randomUUID(), tid, name: `Person ${nth}`, userPrincipalName: `person-${nth}@example.com` };
}

const people: readonly [Person, ...Person[]] = [
  somebody(0),
  ...Array.from({ length: 19 }, (_, nth) => somebody(nth + 1)),
];
const variables = {
  LIMIT_OPEN_PER_USER: '1000',
  LIMIT_DAILY_PER_USER: '1000',
  LIMIT_OPEN_PER_TENANT: '10000',
  LOG_LEVEL: 'info',
};

export async function rehearse(plan: RehearsalPlan, say: (line: string) => void): Promise<Rehearsed> {
  const database = await postgresDatabase('on');
  let target: () => string | undefined = () => undefined;
  const world = await startAppWorld({
    runsApp: false,
    people,
    databaseUrl: database.url,
    deliverTo: () => target(),
    variables,
  });
  const running: MainProcess[] = [];
  try {
    return await roll(plan, world, running, say, (to) => {
      target = to;
    });
  } finally {
    for (const one of running) one.kill('SIGTERM');
    for (const one of running) await one.ended;
    await world.stop();
    await database.drop();
  }
}

async function roll(
  { olderFolder, seconds }: RehearsalPlan,
  world: AppWorld,
  running: MainProcess[],
  say: (line: string) => void,
  deliverTo: (to: () => string | undefined) => void,
): Promise<Rehearsed> {
  const suite = createSuite(() => world);
  const start = async (given: Readonly<Record<string, string>>, cwd?: string): Promise<MainProcess> => {
    const place = cwd === undefined ? undefined : { cwd, args: productionArgs() };
    const started = runMainProcess({ ...world.variables, ...given }, place);
    running.push(started);
    await started.listening;
    return started;
  };
  const older = await start({}, olderFolder);
  say('the older release listens');
  await Promise.all(people.map((person) => suite.signIn(person)));
  say(`${people.length} people are signed in`);
  const load = startLoad(world, suite, people);
  await pause(seconds * 1_000);
  const before = load.pasted();
  const port = String(await testPort());
  const newer = await start({ PORT: port });
  say('today’s release listens, too');
  const address = `http://127.0.0.1:${port}`;
  let turn = 0;
  deliverTo(() => (++turn % 2 === 0 ? address : undefined));
  await pause(seconds * 1_000);
  deliverTo(() => address);
  older.kill('SIGTERM');
  const { code: exitCode } = await older.ended;
  say(`the older release has ended with ${String(exitCode)}`);
  const both = load.pasted() - before;
  await pause(seconds * 1_000);
  await load.end();
  const links = await load.seen(120_000);
  say(`${links.length} links were pasted`);
  const again = runMainProcess(world.variables, { cwd: olderFolder, args: productionArgs() });
  running.push(again);
  const { code } = await Promise.race([again.ended, again.listening.then(() => ({ code: 0 }))]);
  return {
    links,
    phases: [before, both, links.length - before - both],
    exitCode,
    again: code,
    errors: [...errorsIn(older.output()), ...errorsIn(newer.output())],
  };
}
