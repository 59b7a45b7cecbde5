// A group chat: heard when mentioned, signed in silently, a card for everybody and the details for the requester alone.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import {
  downloadPageOf,
  exportIdOf,
  readyAtOnce,
  runs,
  titlesOf,
  useAppWorld,
} from '../../support/app/app-suite.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../../support/teams/card-search.ts';
import { assertPublicOnly } from '../../support/app/public-eye.ts';
import { groupChat, teamsIdOf } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);

describe('in a group chat', () => {
  const suite = useAppWorld();
  const group = groupChat([ada, benno]);

  it('exports after one silent sign-in, in public without details', async () => {
    const { channel } = suite.world();
    const view = suite.view(readyAtOnce);
    await suite.say(group, ada, view.url);
    const prompt = await suite.prompt(group);
    assert.ok(oauthCardOf(latest(prompt))?.tokenExchangeResource, 'Teams may try silently');
    suite.world().skip(11);
    assert.equal((await channel.silentSso(group, ada, prompt)).status, 200);
    assert.equal((await channel.silentSso(group, ada, prompt)).status, 200, 'a second client of hers');
    const card = await suite.card(group, /✓ {2}Ready/, view);
    const notice = cardOf(latest(await suite.notice(group, view)));
    assert.match(wordsOf(notice), /^✓ {2}<at>Ada Sandfield<\/at>, your export/);
    assert.deepEqual(titlesOf(notice), ['Show my details'], 'no Download where others read along');
    const own = await channel.clickExecute(group, ada, card.id, 'Show my details');
    const offered = await channel.clickExecute(group, ada, card.id, 'download', own.body);
    const page = downloadPageOf({ words: '', card: offered.body });
    assert.equal((await fetch(page)).status, 200);
    const job = await suite.jobOf(view);
    const file = await fetch(page, { method: 'POST' });
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), suite.world().graph.contentOf(job.id));
    assertPublicOnly(channel.messages(group.id), [job.id]);
  });

  it('lets Teams ask for the requester’s view by itself, and only for theirs', async () => {
    const view = suite.view(runs);
    await suite.say(group, ada, `please ${view.url}`);
    const card = await suite.card(group, /Running/, view);
    const shown = cardOf(latest(card)) as {
      refresh?: { userIds: readonly string[]; action: { data: object } };
    };
    assert.deepEqual(shown.refresh?.userIds, [teamsIdOf(ada)]);
    const value = { action: { type: 'Action.Execute', ...shown.refresh.action }, trigger: 'automatic' };
    const answer = await suite.world().channel.invoke(group, ada, 'adaptiveCard/action', value, card.id);
    assert.match(wordsOf((answer.body as { value: unknown }).value), /Only you see these details/);
  });

  it('offers another member the same export, signed in silently in the same chat', async () => {
    const { channel } = suite.world();
    const view = suite.view(runs);
    await suite.say(group, ada, view.url);
    const card = await suite.card(group, /Running/, view);
    const data = { exportId: exportIdOf(card) };
    const refused = await suite.press(group, benno, { ...data, verb: 'download' }, card.id);
    assert.deepEqual(titlesOf(refused.card), ['Export it for me', 'My exports']);
    const started = await channel.clickExecute(group, benno, card.id, 'exportForMe', refused.card);
    assert.match(JSON.stringify(started.body), /Started/);
    await channel.silentSso(group, benno, await suite.prompt(group));
    const bennos = await suite.card(group, /Benno Quarz[^]*Running|Running[^]*Benno Quarz/, view);
    const own = await suite.press(group, benno, { verb: 'view', exportId: exportIdOf(bennos) }, bennos.id);
    assert.match(own.words, /Already being made/);
    await suite.finish(group, benno, bennos, await suite.jobOf(view));
    await suite.notice(group, view, /<at>Benno Quarz<\/at>.*is ready/);
    assertPublicOnly(channel.messages(group.id), [(await suite.jobOf(view)).id]);
  });

  it('hears a mention anywhere in the message, and more than one', async () => {
    const view = suite.view(readyAtOnce);
    const { channel } = suite.world();
    const sent = await channel.say(group, ada, { text: `${view.url} <at>OKR Export</at> please` });
    assert.equal(sent.status, 200);
    await suite.card(group, /✓ {2}Ready/, view);
  });
});
