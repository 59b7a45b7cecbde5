// Row 5: whatever is pressed a hundred times at once has one effect.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import {
  downloadPageOf,
  exportIdOf,
  readyAtOnce,
  runs,
  useAppWorld,
  type View,
} from '../support/app-suite.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../support/card-search.ts';
import type { KeptActivity } from '../support/connector-api.ts';
import { groupChat, personalChat } from '../support/teams-places.ts';

const [ada, benno, cleo] = sandboxPeople;
assert.ok(benno && cleo);
const hundred = <T>(task: (nth: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: 100 }, (_, nth) => task(nth)));

describe('a hundred at once', () => {
  const suite = useAppWorld({ variables: { LIMIT_OPEN_PER_USER: '50', LIMIT_DAILY_PER_USER: '200' } });
  const chat = personalChat(ada);
  const creates = (view: View): number =>
    suite
      .world()
      .graph.calls.filter(({ op, about }) => op === 'create' && about['view'] === view.explorerViewId).length;
  const exported = async (view: View, words: RegExp): Promise<KeptActivity> => {
    await suite.say(chat, ada, view.url);
    return suite.card(chat, words, view);
  };
  const pressed = (verb: string, card: KeptActivity) =>
    hundred(() => suite.press(chat, ada, { verb, exportId: exportIdOf(card) }, card.id));

  before(() => suite.signIn(ada));

  it('of the same link: one Graph job, one card that lives, the others point to it', async () => {
    const { channel } = suite.world();
    const view = suite.view(runs);
    await hundred(() => suite.say(chat, ada, view.url));
    await suite.card(chat, /Running/, view);
    const words = () => channel.messages(chat.id).map((one) => wordsOf(cardOf(latest(one))));
    const ofView = () => words().filter((one) => one.includes(view.explorerViewId.slice(0, 8)));
    await channel.until(() => ofView().filter((one) => !/further down|moved/i.test(one)).length === 1);
    assert.equal(creates(view), 1);
  });

  it('of the same message that Teams sends again: one answer', async () => {
    const { channel } = suite.world();
    const { activity } = await suite.say(chat, ada, 'help');
    await suite.card(chat, /Here is how it works/);
    const before = channel.messages(chat.id).length;
    await hundred(() => channel.deliver(activity));
    await suite.say(chat, ada, 'what is this');
    await suite.card(chat, /didn’t understand/);
    assert.equal(channel.messages(chat.id).length, before + 1);
  });

  it('Stop, then Resume, then Refresh: one job, which goes on', async () => {
    const view = suite.view(runs);
    const card = await exported(view, /Running/);
    await pressed('stop', card);
    assert.match(wordsOf(cardOf(latest(await suite.card(chat, /Stopped/, view)))), /Stopped/);
    await pressed('resume', card);
    await suite.card(chat, /Running/, view);
    const looks = (): number => suite.world().graph.calls.filter(({ op }) => op === 'get').length;
    const before = looks();
    suite.world().skip(11);
    await pressed('refresh', card);
    assert.ok(looks() - before <= 2, `${String(looks() - before)} looks`);
    assert.equal(creates(view), 1);
  });

  it('Try again: one new run', async () => {
    const view = suite.view({ kind: 'runs', startsAfterMs: 0, endsAfterMs: 0, ends: 'failed' });
    const card = await exported(view, /Graph reported|failed/i);
    await pressed('retry', card);
    await suite.world().graph.until(() => (creates(view) > 1 ? true : undefined));
    await suite.say(chat, ada, 'list');
    assert.equal(creates(view), 2);
  });

  it('Export again: one more export', async () => {
    const view = suite.view(readyAtOnce);
    const card = await exported(view, /Your file is ready/);
    // Still open while the other 99 come.
    suite
      .world()
      .graph.script({ match: { op: 'create' }, times: 1, after: new Promise((go) => setTimeout(go, 3000)) });
    await pressed('exportAgain', card);
    await suite.world().graph.until(() => (creates(view) > 1 ? true : undefined));
    assert.equal(creates(view), 2);
  });

  it('Export it for me by somebody else: one export of theirs', async () => {
    const group = groupChat([ada, benno, cleo]);
    await suite.signIn(benno);
    const view = suite.view(runs);
    await suite.say(group, ada, view.url);
    const shared = await suite.card(group, /Running/, view);
    const posted = Promise.withResolvers<undefined>();
    suite.world().channel.script({ match: { op: 'post' }, times: 1, after: posted.promise });
    const exportId = exportIdOf(shared);
    await hundred(() => suite.press(group, benno, { verb: 'exportForMe', exportId }));
    posted.resolve(undefined);
    await suite.card(group, /Benno[^]*Running|Running[^]*Benno/, view);
    const cards = suite.world().channel.messages(group.id);
    assert.equal(cards.length, 2, 'the first person’s card and the second’s');
    const list = await suite.press(group, benno, { verb: 'list' });
    assert.equal(list.words.split(view.explorerViewId.slice(0, 8)).length - 1, 1);
  });

  it('of the same silent sign-in: one exchange, one outcome', async () => {
    const { channel, entra } = suite.world();
    await suite.say(personalChat(cleo), cleo, suite.view(readyAtOnce).url);
    const prompt = await suite.prompt(personalChat(cleo));
    const exchanges = () => entra.calls.filter(({ about }) => about['grant'] === 'obo').length;
    const before = exchanges();
    const answers = await hundred(() => channel.silentSso(personalChat(cleo), cleo, prompt));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    assert.equal(exchanges() - before, 1);
  });

  it('of the same end of a sign-in: one redeems the code, one tells Teams', async () => {
    const { channel, entra } = suite.world();
    await suite.say(chat, ada, 'sign out');
    await suite.say(chat, ada, suite.view(readyAtOnce).url);
    const prompt = await suite.prompt(chat, channel.messages(chat.id).slice(0, -1));
    const [button] = oauthCardOf(latest(prompt))?.buttons ?? [];
    const begun = await fetch(button?.value ?? '', { redirect: 'manual' });
    const signedIn = await fetch(begun.headers.get('location') ?? '', {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ user: ada.oid }) },
    });
    const end = signedIn.headers.get('location') ?? '';
    const before = entra.calls.filter(({ about }) => about['grant'] === 'code').length;
    const pages = await hundred(async () => {
      const page = await fetch(end);
      return { status: page.status, html: await page.text() };
    });
    assert.equal(entra.calls.filter(({ about }) => about['grant'] === 'code').length - before, 1);
    const good = pages.filter(({ status }) => status === 200);
    assert.equal(good.length, 1);
    const nonce = /data-nonce="([\w-]+)"/.exec(good[0]?.html ?? '')?.[1] ?? randomUUID();
    const told = await hundred(() => channel.verifyState(chat, ada, nonce));
    assert.equal(told.filter(({ status }) => status === 200).length, 1);
  });

  it('of the same download link: one file', async () => {
    const view = suite.view(readyAtOnce);
    const card = await exported(view, /Your file is ready/);
    const page = downloadPageOf(
      await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(card) }),
    );
    const answers = await hundred(async () => {
      const answer = await fetch(page, { method: 'POST' });
      await answer.arrayBuffer();
      return answer.status;
    });
    assert.equal(answers.filter((status) => status === 200).length, 1);
    assert.ok(answers.every((status) => [200, 410, 503].includes(status)));
  });
});
