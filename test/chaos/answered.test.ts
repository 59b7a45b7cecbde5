// What a person did is carried on although the process is killed as soon as it has answered them, on both engines.
import assert from 'node:assert/strict';
import { createSuite } from '../support/app/app-suite.ts';
import { startAppWorld } from '../support/app/app-world.ts';
import { describeWithPostgres, postgresDatabase } from '../support/databases/postgres.ts';
import { made, moments, other, untilHeard, type Here } from './answered-moments.ts';
import { startBalancer } from './balancer.ts';
import { startFleet, type BotFleet } from './bot-fleet.ts';
import { createDice } from './dice.ts';

const peopleAtOnce = 3;
const peopleOf = new Map(
  moments.map(({ name }) => [
    name,
    Array.from({ length: peopleAtOnce }, (_, nth) => made(`Person ${String(nth)} of ${name}`)),
  ]),
);

function suiteOn(
  database: () => Promise<{ readonly url: string; readonly drop: () => Promise<void> } | undefined>,
) {
  let here: Here | undefined;
  let fleet: BotFleet | undefined;
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    const place = await database();
    const world = await startAppWorld({
      runsApp: false,
      people: [other, ...[...peopleOf.values()].flat()],
      variables: { LOG_LEVEL: 'info' },
      ...(place === undefined ? {} : { databaseUrl: place.url }),
    });
    const started = await startFleet(1, world.variables);
    const balancer = await startBalancer(Number(new URL(world.publicUrl).port), started.ports, createDice(1));
    here = { world, suite: createSuite(() => world) };
    fleet = started;
    stop = async () => {
      await started.stop();
      await balancer.stop();
      await world.stop();
      await place?.drop();
    };
    await started.haveListening();
  });
  after(() => stop());
  it('S4 carries on all that people did', async () => {
    assert.ok(here !== undefined && fleet !== undefined);
    const [world, bot] = [here, fleet];
    const left: Promise<unknown>[] = [];
    for (const { name, prepare, carriedOn } of moments) {
      await bot.haveListening();
      const people = peopleOf.get(name) ?? [];
      const acts: (() => Promise<unknown>)[] = [];
      for (const person of people) acts.push(await prepare(world, person));
      await Promise.all(acts.map(untilHeard));
      bot.signal(0, 'SIGKILL');
      // The next kills fall into what is being carried on.
      left.push(...people.map((person) => carriedOn(world, person)));
    }
    const outcomes = await Promise.allSettled(left);
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : []));
    assert.deepEqual(lost, []);
    assert.deepEqual(bot.faults, []);
  });
}

describe('a process killed as soon as it has answered, embedded', () => {
  suiteOn(() => Promise.resolve(undefined));
});

describeWithPostgres('a process killed as soon as it has answered, PostgreSQL', () => {
  suiteOn(postgresDatabase);
});
