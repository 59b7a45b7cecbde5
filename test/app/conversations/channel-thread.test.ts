// A channel thread: the link in an href only, a sign-in by button, a card for everybody and details for the requester alone.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { assertPublicOnly } from '../../support/app/public-eye.ts';
import type { View } from '../../support/app/app-suite.ts';
import {
  downloadPageOf,
  exportIdOf,
  readyAtOnce,
  runsInPeace,
  titlesOf,
  useAppWorld,
} from '../../support/app/app-suite.ts';
import { latest, cardOf, oauthCardOf, wordsOf } from '../../support/teams/card-search.ts';
import type { KeptActivity } from '../../support/teams/connector-api.ts';
import { channelThread, teamsIdOf } from '../../support/teams/teams-places.ts';

const [ada, benno, cleo] = sandboxPeople;
assert.ok(benno && cleo);

const verbs = ['view', 'refresh', 'download', 'stop', 'retry', 'resume', 'exportAgain'] as const;

describe('in a channel thread', () => {
  const suite = useAppWorld();
  const thread = channelThread([ada, benno, cleo]);
  let view: View;
  let card: KeptActivity;

  const nonceIn = (html: string): string => /data-nonce="([\w-]+)"/.exec(html)?.[1] ?? '';
  const wrapped = (url: string): string =>
    `https://eur02.safelinks.protection.outlook.com/ap/t-59584e83/?url=${encodeURIComponent(url)}&amp;data=05%7C02%7C&amp;reserved=0`;

  it('reads a link that is only an href, through SafeLinks, and answers in the thread', async () => {
    view = suite.view(runsInPeace);
    await suite.say(thread, ada, {
      text: 'would you export Team goals for the steering group',
      html: `<p>would you export <a href="${wrapped(view.url)}" title="x">Team goals</a> for the steering group</p>`,
    });
    const prompt = await suite.prompt(thread);
    assert.match(prompt.conversationId, /^19:.*;messageid=\d+$/);
    assert.match(JSON.stringify(latest(prompt)), /Ada Sandfield/);
    assert.deepEqual(suite.world().channel.messages(thread.id), [prompt], 'one message asks');
  });

  it('asks with a button only, because Teams knows no silent sign-in there', async () => {
    const { channel } = suite.world();
    const prompt = await suite.prompt(thread);
    assert.equal(oauthCardOf(latest(prompt))?.tokenExchangeResource, undefined);
    const visit = await channel.signInByButton(prompt, ada);
    assert.equal(visit.status, 200);
    const nonce = nonceIn(visit.html);
    assert.equal((await channel.verifyState(thread, benno, nonce)).status, 404, 'not for somebody else');
    assert.equal((await channel.verifyState(thread, ada, nonce)).status, 200);
    assert.equal((await channel.verifyState(thread, ada, nonce)).status, 404, 'once');
    await channel.until(() => channel.activity(prompt.id).deleted);
    assert.equal((await suite.jobOf(view)).oid, ada.oid);
    card = await suite.card(thread, /Running/, view);
    assert.deepEqual(channel.messages(thread.id), [channel.activity(card.id)], 'one card');
    assert.match(wordsOf(cardOf(latest(card))), /Ada Sandfield/);
  });

  it('shows the requester the details, for their eyes only', async () => {
    const shown = await suite.press(thread, ada, { verb: 'view', exportId: exportIdOf(card) }, card.id);
    assert.match(shown.words, /Only you see these details/);
    assert.match(shown.words, /Since[^]*so far/);
    assert.deepEqual(titlesOf(shown.card), ['Refresh', 'Stop watching']);
  });

  it('tells another member nothing whatever they press, and offers them the export', async () => {
    const { channel, graph } = suite.world();
    const job = await suite.jobOf(view);
    const versions = channel.activity(card.id).versions.length;
    const calls = graph.calls.length;
    for (const verb of verbs) {
      const shown = await suite.press(thread, benno, { verb, exportId: exportIdOf(card) }, card.id);
      assert.match(shown.words, /Not an export of yours/, verb);
      assert.ok(titlesOf(shown.card).includes('Export it for me'), verb);
      assert.ok(!JSON.stringify(shown.card).includes(job.id), verb);
      assert.doesNotMatch(shown.words, /Ada|Running|Since/, verb);
    }
    assert.equal(channel.activity(card.id).versions.length, versions);
    assert.equal(graph.calls.length, calls, 'nothing was asked of Graph, with anybody’s rights');
  });

  it('exports it for the other member with their own rights: joined by 409, said on their own card', async () => {
    const { channel, graph } = suite.world();
    const offer = await suite.press(thread, benno, { verb: 'view', exportId: exportIdOf(card) }, card.id);
    const started = await channel.clickExecute(thread, benno, card.id, 'Export it for me', offer.card);
    assert.match(JSON.stringify(started.body), /Started/);
    const prompt = await suite.prompt(thread);
    await channel.signInByButton(prompt, benno);
    const bennos = await channel.nextCard(
      (shown, one) =>
        one.id !== card.id && /Benno Quarz/.test(wordsOf(shown)) && /Running/.test(wordsOf(shown)),
    );
    const own = await suite.press(thread, benno, { verb: 'view', exportId: exportIdOf(bennos) }, bennos.id);
    assert.match(own.words, /Already being made/);
    const job = await suite.jobOf(view);
    assert.equal(
      graph.jobs().filter(({ explorerViewId }) => explorerViewId === view.explorerViewId).length,
      1,
    );
    assert.ok(
      graph.calls.some(
        (call) => call.op === 'get' && call.user === benno.oid && call.about['job'] === job.id,
      ),
    );
    await suite.finish(thread, benno, bennos, job);
    await channel.nextCard((shown, one) => one.id === bennos.id && /✓ {2}Ready/.test(wordsOf(shown)));
  });

  it('mentions whoever asked when it is ready, and nobody else', async () => {
    suite.world().skip(11);
    await suite.press(thread, ada, { verb: 'refresh', exportId: exportIdOf(card) }, card.id);
    for (const person of [ada, benno]) {
      const notice = latest(await suite.notice(thread, view, new RegExp(`<at>${person.name}</at>`)));
      const { msteams } = cardOf(notice) as { msteams?: unknown };
      const text = `<at>${person.name}</at>`;
      assert.deepEqual(msteams, {
        entities: [{ type: 'mention', text, mentioned: { id: teamsIdOf(person), name: person.name } }],
      });
      assert.deepEqual((notice as { channelData?: unknown }).channelData, { notification: { alert: true } });
    }
  });

  it('hands the file to the requester alone: the link is in their answer and in no message', async () => {
    const { channel, graph } = suite.world();
    const job = await suite.jobOf(view);
    await suite.card(thread, /✓ {2}Ready/, view);
    const own = await suite.press(thread, ada, { verb: 'view', exportId: exportIdOf(card) }, card.id);
    const offered = await channel.clickExecute(thread, ada, card.id, 'Download', own.card);
    const value = (offered.body as { value: unknown }).value;
    const file = await fetch(downloadPageOf({ words: '', card: value }), { method: 'POST' });
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), graph.contentOf(job.id));
    const after = await suite.press(thread, ada, { verb: 'view', exportId: exportIdOf(card) }, card.id);
    assert.match(after.words, /CSV, .*KB/, 'the requester sees the size now');
  });

  it('has shown everybody who, which view and the phase, and nothing else, all the time', async () => {
    const { channel } = suite.world();
    const shown = channel.messages(thread.id);
    assertPublicOnly(shown, [(await suite.jobOf(view)).id]);
    const posts = channel.calls.filter(({ op }) => op === 'post');
    assert.ok(
      posts.every((call) => call.about['conversation'] === thread.id),
      'all replies are in the thread',
    );
  });

  it('asks nobody again: the next link in a new thread starts at once', async () => {
    const next = channelThread([ada, benno]);
    const second = suite.view(readyAtOnce);
    await suite.say(next, ada, second.url);
    await suite.card(next, /✓ {2}Ready/, second);
    assert.ok(
      suite
        .world()
        .channel.messages(next.id)
        .every((one) => oauthCardOf(latest(one)) === undefined),
    );
    assertPublicOnly(suite.world().channel.messages(next.id), []);
  });
});
