// The same app on PostgreSQL: one whole job, and two instances over one database that share the work.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { App } from '../../../src/app.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import type { AppSuite, View } from '../../support/app/app-suite.ts';
import {
  assertNothingSecretLogged,
  createSuite,
  downloadPageOf,
  exportIdOf,
  isNotice,
  readyAtOnce,
  runs,
} from '../../support/app/app-suite.ts';
import type { AppWorld } from '../../support/app/app-world.ts';
import { startAppWorld } from '../../support/app/app-world.ts';
import { cardOf, latest } from '../../support/teams/card-search.ts';
import { describeWithPostgres, postgresDatabase, postgresProgram } from '../../support/databases/postgres.ts';
import { channelThread, personalChat } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const chat = personalChat(ada);

describeWithPostgres('on PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof postgresDatabase>>;
  let world: AppWorld;
  let suite: AppSuite;
  before(async () => {
    database = await postgresDatabase();
    world = await startAppWorld({
      databaseUrl: database.url,
      variables: { LIMIT_OPEN_PER_USER: '50', LIMIT_DAILY_PER_USER: '50' },
    });
    suite = createSuite(() => world);
  });
  after(async () => {
    await world.stop();
    await database.drop();
  });
  afterEach(() => assertNothingSecretLogged(world.logged(), []));

  it('does the whole job, with a restart in the middle', async () => {
    await suite.signIn(ada);
    const thread = channelThread([ada, benno]);
    const view = suite.view(runs);
    await suite.say(thread, ada, view.url);
    const card = await suite.card(thread, /◕ {2}Running/, view);
    await world.restart();
    await suite.finish(thread, ada, card, await suite.jobOf(view));
    assert.equal((await suite.card(thread, /✓ {2}Ready/, view)).id, card.id);
    await suite.notice(thread, view, /<at>Ada Sandfield<\/at>, your export .*is ready/);
    const offered = await suite.press(thread, ada, { verb: 'download', exportId: exportIdOf(card) }, card.id);
    const page = downloadPageOf(offered);
    const file = await fetch(page, { method: 'POST' });
    assert.deepEqual(
      Buffer.from(await file.arrayBuffer()),
      world.graph.contentOf((await suite.jobOf(view)).id),
    );
    assert.equal((await fetch(page, { method: 'POST' })).status, 410);
  });

  it('shares the work between two instances: each export once, each card brought up to date, each notice once', async () => {
    const second: App = await world.join();
    const views = Array.from({ length: 8 }, () => suite.view(runs));
    for (const view of views) await suite.say(chat, ada, view.url);
    const cards = new Map<View, string>();
    for (const view of views) cards.set(view, (await suite.card(chat, /◕ {2}Running/, view)).id);
    world.skip(11);
    for (const view of views) world.graph.completeJob((await suite.jobOf(view)).id);
    for (const view of views) assert.equal((await suite.card(chat, /✓ {2}Ready/, view)).id, cards.get(view));
    await second.stop(5_000);
    for (const { explorerViewId } of views) {
      const creates = world.graph.calls.filter(
        ({ op, about }) => op === 'create' && about['view'] === explorerViewId,
      );
      assert.equal(creates.length, 1, explorerViewId);
      await suite.notice(chat, { explorerViewId });
      const notices = world.channel
        .messages(chat.id)
        .filter((one) => isNotice(cardOf(latest(one)), explorerViewId));
      assert.equal(notices.length, 1, explorerViewId);
    }
  });

  it('loses nothing when the instance that began stops in the middle: the other one ends it', async () => {
    const second: App = await world.join();
    const [running, ready] = [suite.view(runs), suite.view(readyAtOnce)];
    await suite.say(chat, ada, ready.url);
    const done = await suite.card(chat, /✓ {2}Ready/, ready);
    await suite.say(chat, ada, running.url);
    const card = await suite.card(chat, /◕ {2}Running/, running);
    await world.stopApp();
    world.graph.completeJob((await suite.jobOf(running)).id);
    assert.equal((await suite.card(chat, /✓ {2}Ready/, running)).id, card.id);
    await world.restart();
    await second.stop(5_000);
    const offered = await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(done) }, done.id);
    assert.equal((await fetch(downloadPageOf(offered), { method: 'POST' })).status, 200);
  });

  it('goes on from a dump that was made while it ran, and starts nothing twice', async () => {
    const view = suite.view(runs);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /◕ {2}Running/, view);
    const job = await suite.jobOf(view);
    const folder = await mkdtemp(path.join(tmpdir(), 'dump-'));
    const dump = path.join(folder, 'bot.dump');
    execFileSync(postgresProgram('pg_dump'), ['--format=custom', `--file=${dump}`, database.url]);
    await world.stopApp();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('DROP SCHEMA public, pgboss CASCADE; CREATE SCHEMA public');
    await client.end();
    const into = [
      '--no-owner',
      '--no-privileges',
      '--exit-on-error',
      '--single-transaction',
      `--dbname=${database.url}`,
    ];
    execFileSync(postgresProgram('pg_restore'), [...into, dump]);
    await rm(folder, { recursive: true });
    await world.restart();
    await suite.finish(chat, ada, card, job);
    assert.equal((await suite.card(chat, /✓ {2}Ready/, view)).id, card.id);
    const { explorerViewId } = view;
    assert.equal(world.graph.jobs().filter((one) => one.explorerViewId === explorerViewId).length, 1);
  });

  it('takes one wish once when it comes several times at the same moment', async () => {
    const view = suite.view(runs);
    const { activity } = await suite.say(chat, ada, view.url);
    await Promise.all([1, 2, 3].map((nth) => world.channel.deliver({ ...activity, id: `again-${nth}` })));
    await suite.jobOf(view);
    const card = await suite.card(chat, /◕ {2}Running/, view);
    await suite.finish(chat, ada, card, await suite.jobOf(view));
    await suite.card(chat, /✓ {2}Ready/, view);
    assert.equal(
      world.graph.jobs().filter(({ explorerViewId }) => explorerViewId === view.explorerViewId).length,
      1,
    );
  });
});
