// What becomes of the links of one message: up to five, each once, whatever way they were written, sent again or edited.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { isNotice, readyAtOnce, runs, useAppWorld } from '../../support/app/app-suite.ts';
import type { View } from '../../support/app/app-suite.ts';
import { cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import type { Place } from '../../support/teams/teams-places.ts';
import { groupChat, newMessageId } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
const org = `https://goals.microsoft.com/org_uuid/${randomUUID()}`;

describe('links in a message', () => {
  const suite = useAppWorld();
  let chat: Place;
  before(() => suite.signIn(ada));
  // One of its own for each test: Teams takes only so many messages a second in one conversation.
  beforeEach(() => {
    chat = groupChat([ada]);
  });

  const cardsOf = ({ explorerViewId }: View) =>
    suite
      .world()
      .channel.messages(chat.id)
      .filter((one) => {
        const card = cardOf(latest(one));
        return wordsOf(card).includes(explorerViewId.slice(0, 8)) && !isNotice(card);
      });
  const jobsOf = ({ explorerViewId }: View) =>
    suite
      .world()
      .graph.jobs()
      .filter((job) => job.explorerViewId === explorerViewId);
  /** Everything said before has been answered when this is. */
  const fence = async (): Promise<void> => {
    const before = suite.world().channel.messages(chat.id).length;
    await suite.say(chat, ada, 'help');
    await suite.world().channel.until(() =>
      suite
        .world()
        .channel.messages(chat.id)
        .slice(before)
        .some((one) => /how it works/.test(wordsOf(cardOf(latest(one))))),
    );
  };

  it('takes five and names the sixth, and takes the same one twice as one', async () => {
    const views = Array.from({ length: 6 }, () => suite.view(readyAtOnce));
    const [first, , , , , sixth] = views;
    assert.ok(first && sixth);
    await suite.say(chat, ada, [first, ...views].map(({ url }) => url).join('\n'));
    for (const view of views.slice(0, 5)) await suite.card(chat, /✓ {2}Ready/, view);
    const leftOut = await suite.card(chat, /left out one link/);
    assert.match(wordsOf(cardOf(latest(leftOut))), new RegExp(sixth.explorerViewId.slice(0, 8)));
    await fence();
    assert.equal(jobsOf(sixth).length, 0);
    assert.equal(jobsOf(first).length, 1);
    assert.equal(cardsOf(first).length, 1);
  });

  it('takes a link that is both in the text and an href as one', async () => {
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, {
      text: view.url,
      html: `<p><a href="${view.url.replace('&', '&amp;')}">${view.url.slice(0, 40)}…</a> and ${view.url}</p>`,
    });
    await suite.card(chat, /✓ {2}Ready/, view);
    await fence();
    assert.equal(cardsOf(view).length, 1);
    assert.equal(jobsOf(view).length, 1);
  });

  const wrong: readonly (readonly [what: string, url: string, answer: RegExp])[] = [
    ['no view', `${org}/objective-explorer`, /names no saved view/],
    ['another page', `${org}/dashboard?viewId=${randomUUID()}`, /another page of Viva Goals/],
    ['a malformed view', `${org}/objective-explorer?viewId=12345`, /names the view is incomplete/],
    [
      'a malformed organisation',
      'https://goals.microsoft.com/org_uuid/abc/objective-explorer?viewId=1',
      /names the organisation is incomplete/,
    ],
    [
      'http',
      `${org.replace('https', 'http')}/objective-explorer?viewId=${randomUUID()}`,
      /must start with https/,
    ],
    [
      'two views',
      `${org}/objective-explorer?viewId=${randomUUID()}&viewId=${randomUUID()}`,
      /more than one view/,
    ],
    [
      'a port',
      `${org.replace('.com/', '.com:8443/')}/objective-explorer?viewId=${randomUUID()}`,
      /user name or a port/,
    ],
  ];
  for (const [what, url, answer] of wrong)
    it(`says how to get the right link for one with ${what}`, async () => {
      const jobs = suite.world().graph.jobs().length;
      await suite.say(chat, ada, `can you take ${url} ?`);
      const shown = await suite.card(chat, answer);
      assert.match(wordsOf(cardOf(latest(shown))), /not a saved view/);
      assert.equal(suite.world().graph.jobs().length, jobs);
    });

  it('ignores a second delivery of the same activity', async () => {
    const view = suite.view(runs);
    const { activity } = await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Running/, view);
    assert.equal((await suite.world().channel.deliver(activity)).status, 200);
    await fence();
    assert.deepEqual(
      cardsOf(view).map(({ id }) => id),
      [card.id],
    );
    assert.equal(jobsOf(view).length, 1);
  });

  it('moves the card down for the same message under a new id, and exports nothing twice', async () => {
    const view = suite.view(runs);
    const { activity } = await suite.say(chat, ada, view.url);
    const old = await suite.card(chat, /Running/, view);
    await suite.world().channel.deliver({ ...activity, id: newMessageId() });
    await suite.card(chat, /card moved further down/, view);
    const fresh = await suite.card(chat, /Running/, view);
    assert.notEqual(fresh.id, old.id);
    await suite.finish(chat, ada, fresh, await suite.jobOf(view));
    assert.equal((await suite.card(chat, /✓ {2}Ready/, view)).id, fresh.id);
    assert.equal(jobsOf(view).length, 1);
    assert.match(wordsOf(cardOf(latest(suite.world().channel.activity(old.id)))), /moved further down/);
  });

  it('starts on an edit only when the message had no link before', async () => {
    const { channel } = suite.world();
    const [first, second, third] = [
      suite.view(readyAtOnce),
      suite.view(readyAtOnce),
      suite.view(readyAtOnce),
    ];
    const bare = await suite.say(chat, ada, 'the link follows in a moment');
    await suite.card(chat, /didn’t understand/);
    await channel.edit(chat, ada, bare.activity.id, `here it is: ${first.url}`);
    await suite.card(chat, /✓ {2}Ready/, first);
    await channel.edit(chat, ada, bare.activity.id, `rather this one: ${second.url}`);
    const linked = await suite.say(chat, ada, second.url);
    await suite.card(chat, /✓ {2}Ready/, second);
    await channel.edit(chat, ada, linked.activity.id, third.url);
    await fence();
    assert.equal(jobsOf(first).length, 1);
    assert.equal(jobsOf(second).length, 1, 'the second edit started nothing');
    assert.equal(jobsOf(third).length, 0);
  });

  it('says nothing about an edit without a link, or a deleted message', async () => {
    const { channel } = suite.world();
    const view = suite.view(readyAtOnce);
    const { activity } = await suite.say(chat, ada, view.url);
    await suite.card(chat, /✓ {2}Ready/, view);
    const before = channel.messages(chat.id).length;
    assert.equal((await channel.edit(chat, ada, activity.id, 'never mind, all of you')).status, 200);
    assert.equal((await channel.remove(chat, ada, activity.id)).status, 200);
    await fence();
    assert.equal(channel.messages(chat.id).length, before + 1, 'only the answer to "help"');
  });

  it('reads an edit that Teams sends without channelData', async () => {
    const { channel } = suite.world();
    const { activity } = await suite.say(chat, ada, 'hold on, I am looking for it');
    const { channelData: _left, ...rest } = activity;
    const view = suite.view(readyAtOnce);
    const edit = { ...rest, type: 'messageUpdate', id: activity.id, text: view.url, attachments: [] };
    assert.equal((await channel.deliver(edit)).status, 200);
    await suite.card(chat, /✓ {2}Ready/, view);
  });
});
