// A copy of the embedded folder that `npm run backup` has made is whole: what is restored from it goes on by itself.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backUpData, restoreData } from '../../../src/app/data.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { readyAtOnce, runs, useAppWorld } from '../../support/app/app-suite.ts';
import { oauthCardOf } from '../../support/teams/card-search.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;

describe('a backup', () => {
  const suite = useAppWorld();
  const chat = personalChat(ada);
  let safe: string;
  before(async () => {
    safe = await mkdtemp(path.join(tmpdir(), 'backup-'));
  });
  after(() => rm(safe, { recursive: true, force: true }));

  it('brings back exports, cards and sign-ins after the folder is lost', async () => {
    const { variables, stopApp, restart, channel, graph } = suite.world();
    const folder = variables['DATA_DIR'] ?? assert.fail('the app has a folder');
    await suite.signIn(ada);
    const view = suite.view(runs);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Running/, view);
    const where = { kind: 'embedded', folder } as const;
    await assert.rejects(backUpData(where, safe), /is in use by process/);
    assert.deepEqual(await readdir(safe), []);
    await stopApp();
    await backUpData(where, safe);
    await assert.rejects(backUpData(where, safe), /is not empty/);
    await assert.rejects(restoreData(where, safe), /There is a database in .* already/);
    await rm(folder, { recursive: true });
    await assert.rejects(restoreData(where, folder), /There is no backup in/);
    await restoreData(where, safe);
    await restart();
    const job = await suite.jobOf(view);
    await suite.finish(chat, ada, card, job);
    assert.equal((await suite.card(chat, /Your file is ready/, view)).id, card.id);
    const later = suite.view(readyAtOnce);
    await suite.say(chat, ada, later.url);
    await suite.card(chat, /Your file is ready/, later);
    const prompts = channel
      .activities()
      .filter((one) => one.conversationId === chat.id)
      .filter((one) => one.versions.some((version) => oauthCardOf(version) !== undefined));
    assert.equal(prompts.length, 1, 'nobody signs in again');
    assert.equal(
      graph.jobs().filter(({ explorerViewId }) => explorerViewId === view.explorerViewId).length,
      1,
    );
  });

  it('of PostgreSQL is another command, which is said', async () => {
    const where = { kind: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' } as const;
    for (const order of [backUpData, restoreData]) await assert.rejects(order(where, safe), /pg_dump/);
  });
});
