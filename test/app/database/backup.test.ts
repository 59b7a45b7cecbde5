// The embedded folder copied while the bot is stopped is a whole backup: what is restored from it goes on by itself.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { readyAtOnce, runs, useAppWorld } from '../../support/app/app-suite.ts';
import { oauthCardOf } from '../../support/teams/card-search.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;

describe('a backup of the embedded folder', () => {
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
    await stopApp();
    await cp(folder, safe, { recursive: true });
    await rm(folder, { recursive: true });

    await cp(safe, folder, { recursive: true });
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
});
