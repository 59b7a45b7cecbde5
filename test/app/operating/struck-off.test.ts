// A tenant that is struck off ALLOWED_TENANTS rests: nothing of it is looked at, run or posted, and all goes on once it is back.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople, type Person } from '../../../src/sandbox/chat/people.ts';
import { createSuite, exportIdOf, readyAtOnce, runs } from '../../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { inDatabase } from '../../support/app/time-travel.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
const zoe: Person = { ...ada, oid: randomUUID(), tid: randomUUID(), name: 'Zoe Elsewhere' };
const [adas, zoes] = [personalChat(ada), personalChat(zoe)];
const oneDay = 25 * 3600;

describe('a tenant that is struck off the list', () => {
  let world: AppWorld;
  const suite = createSuite(() => world);
  before(async () => {
    world = await startAppWorld({ people: [ada, zoe] });
  });
  after(() => world.stop());

  it('is left alone while others go on, and goes on where it was once it is back', async () => {
    const { channel, graph } = world;
    for (const person of [ada, zoe]) await suite.signIn(person);
    const [running, scheduled, zoesRunning, zoesScheduled] = [runs, readyAtOnce, runs, readyAtOnce].map(
      (fate) => suite.view(fate),
    );
    assert.ok(running && scheduled && zoesRunning && zoesScheduled);
    await suite.say(adas, ada, running.url);
    const adasCard = await suite.card(adas, /◕ {2}Running/, running);
    await suite.say(zoes, zoe, zoesRunning.url);
    await suite.card(zoes, /◕ {2}Running/, zoesRunning);
    for (const [chat, person, { url }] of [
      [adas, ada, scheduled],
      [zoes, zoe, zoesScheduled],
    ] as const) {
      await suite.say(chat, person, `schedule ${url} every day 9:00`);
      await suite.card(chat, /Next run/);
    }
    const adasJob = await suite.jobOf(running);
    await world.stopApp();
    const seen = () => ({
      asked: graph.calls.filter(({ about }) =>
        [about['job'], about['view']].some((one) =>
          [adasJob.id, running.explorerViewId, scheduled.explorerViewId].includes(String(one)),
        ),
      ).length,
      posted: channel.messages(adas.id).map(({ id, versions }) => `${id} ${versions.length}`),
    });
    const before = seen();
    for (const { id } of [adasJob, await suite.jobOf(zoesRunning)]) graph.completeJob(id);

    const { PORT = '' } = world.variables;
    const withoutHer = await world.join({ PORT, ALLOWED_TENANTS: zoe.tid });
    world.skip(oneDay);
    await withoutHer.bringForward(oneDay);
    await suite.card(zoes, /✓ {2}Ready/, zoesRunning);
    await suite.jobOf(zoesScheduled);
    await withoutHer.stop(5_000);
    assert.deepEqual(seen(), before);

    const begun = await inDatabase(world, (db) =>
      db
        .acrossTenants('a test')
        .selectFrom('exports')
        .select('id')
        .where('tenant_id', '=', ada.tid)
        .execute(),
    );
    assert.equal(begun.length, 2, 'her schedule has begun no export');
    await suite.card(adas, /✓ {2}Ready/, running);
    await suite.jobOf(scheduled);
    const shown = await suite.press(adas, ada, { verb: 'show', exportId: exportIdOf(adasCard) }, adasCard.id);
    assert.match(shown.words, /Ready/);
  });
});
