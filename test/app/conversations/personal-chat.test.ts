// The whole job in a personal chat: paste, one silent sign-in, one card, the file; and again without being asked.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { explorerUrlOf } from '../../../src/sandbox/graph/scenarios.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { actionsOf, cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
const chat = personalChat(ada);
const someView = () => ({ goalsOrganizationId: randomUUID(), explorerViewId: randomUUID() });

describe('in a personal chat', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world.stop());

  const jobOf = async (view: { readonly explorerViewId: string }): Promise<string> => {
    const found = await world.graph.until(() =>
      world.graph.jobs().find((job) => job.explorerViewId === view.explorerViewId),
    );
    return found.id;
  };
  const cardSaying = (words: RegExp, view: { readonly explorerViewId: string }) =>
    world.channel.nextCard((card) => {
      const text = wordsOf(card);
      return words.test(text) && text.includes(view.explorerViewId.slice(0, 8));
    });

  it('exports after one silent sign-in, follows on one card, and hands over exactly what Graph has', async () => {
    const { channel, graph } = world;
    const view = someView();
    assert.equal((await channel.say(chat, ada, explorerUrlOf(view))).status, 200);
    const prompt = await channel.nextOAuthCard();
    assert.equal((await channel.silentSso(chat, ada, prompt)).status, 200);
    const id = await jobOf(view);
    graph.setStatus(id, 'running');
    const card = await cardSaying(/Running|In line/, view);
    graph.completeJob(id);
    await channel.clickExecute(chat, ada, card.id, 'refresh');
    const ready = await cardSaying(/Your file is ready/, view);
    assert.equal(ready.id, card.id, 'the same card for its whole life');
    // By the store: no run of messages. Beside the card one question to sign in, which is gone, and one notice at most.
    const posted = channel.activities().filter(({ conversationId }) => conversationId === chat.id);
    assert.ok(posted.length <= 3, `${String(posted.length)} messages`);
    const offered = await channel.clickExecute(chat, ada, card.id, 'download');
    const page = actionsOf(offered.body).find(({ url }) => url?.includes('/d/') === true)?.url ?? '';
    assert.ok(page.startsWith(`${world.publicUrl}/d/`), page);
    assert.equal((await fetch(page)).status, 200);
    assert.equal((await fetch(page, { method: 'HEAD' })).status, 200);
    const file = await fetch(page, { method: 'POST' });
    assert.equal(file.status, 200);
    assert.match(file.headers.get('content-disposition') ?? '', /^attachment; filename=.*\.csv/);
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), graph.contentOf(id));
    assert.equal((await fetch(page, { method: 'POST' })).status, 410, 'each format once');
    assert.match(wordsOf(cardOf(latest(await cardSaying(/KB/, view)))), /KB/);
  });

  it('asks nobody to sign in again for the next export, nor after a restart', async () => {
    const { channel, graph } = world;
    const prompts = () =>
      channel.messages(chat.id).filter((one) => /sign in/i.test(JSON.stringify(one.versions[0])));
    const before = prompts().length;
    const first = someView();
    await channel.say(chat, ada, explorerUrlOf(first));
    const id = await jobOf(first);
    await world.restart();
    graph.completeJob(id);
    await cardSaying(/Your file is ready/, first);
    const second = someView();
    await channel.say(chat, ada, explorerUrlOf(second));
    graph.completeJob(await jobOf(second));
    await cardSaying(/Your file is ready/, second);
    assert.equal(prompts().length, before);
    assert.equal(graph.jobs().filter((job) => job.explorerViewId === first.explorerViewId).length, 1);
  });

  it('shows that it is typing, as the first sign, while Graph keeps it waiting', async () => {
    const { channel, graph } = world;
    const view = someView();
    await channel.say(chat, ada, explorerUrlOf(view));
    graph.completeJob(await jobOf(view));
    await cardSaying(/average progress/, view);
    const answer = Promise.withResolvers<undefined>();
    graph.script({ match: { op: 'list', user: ada.oid }, after: answer.promise });
    const from = channel.calls.length;
    const signs = () =>
      channel.calls
        .slice(from)
        .filter(({ op, about }) => op === 'post' && about['conversation'] === chat.id)
        .map(({ body }) => /"type":"(\w+)"/.exec(body.toString())?.[1]);
    const said = channel.say(chat, ada, 'list');
    await channel.until(() => signs()[0]);
    answer.resolve(undefined);
    assert.equal((await said).status, 200);
    await channel.until(() => signs()[1]);
    assert.deepEqual(signs(), ['typing', 'message']);
  });

  it('logs no token, code, state, link or file content', () => {
    const text = world.logged();
    assert.ok(text.length > 0);
    assert.doesNotMatch(
      text,
      /eyJ|\/d\/[\w-]{20}|code=[\w.-]{10}|state=[\w-]{10}|Objective,|goals\.microsoft\.com/,
    );
  });
});
