// Row 5: whatever is pressed a hundred times at once has one effect.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople, type Person } from '../../src/sandbox/chat/people.ts';
import {
  downloadPageOf,
  exportIdOf,
  readyAtOnce,
  runs,
  runsInPeace,
  useAppWorld,
  type View,
} from '../support/app/app-suite.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { groupChat, personalChat } from '../support/teams/teams-places.ts';

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
  /** By a GET of its own or by a list of its organisation. */
  const looks = (view: View): number =>
    suite
      .world()
      .graph.calls.filter(
        ({ op, about }) =>
          (op === 'get' && about['view'] === view.explorerViewId) ||
          (op === 'list' && about['filter']?.includes(view.goalsOrganizationId) === true),
      ).length;
  const redeemed = (grant: 'obo' | 'code', person: Person): number =>
    suite.world().entra.calls.filter(({ user, about }) => user === person.oid && about['grant'] === grant)
      .length;
  const cardsOf = (view: View, words: RegExp): readonly KeptActivity[] =>
    suite
      .world()
      .channel.messages(chat.id)
      .filter((one) => {
        const said = wordsOf(cardOf(latest(one)));
        return said.includes(view.explorerViewId.slice(0, 8)) && words.test(said);
      });
  const isGone = (one: KeptActivity): boolean => /further down|moved/i.test(wordsOf(cardOf(latest(one))));
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
    await channel.until(() => cardsOf(view, /./).filter((one) => !isGone(one)).length === 1);
    assert.equal(creates(view), 1);
  });

  it('of the same message that Teams sends again: one answer', async () => {
    const { channel } = suite.world();
    const { activity } = await suite.say(chat, ada, 'help');
    const help = /Here is how it works/;
    await suite.card(chat, help);
    await hundred(() => channel.deliver(activity));
    await suite.say(chat, ada, 'something else');
    await suite.card(chat, /didn’t understand/);
    // Other messages may come meanwhile: cards of exports change and move at any time.
    const answers = channel.messages(chat.id).filter((one) => help.test(wordsOf(cardOf(latest(one)))));
    assert.equal(answers.length, 1);
  });

  it('Stop, then Resume, then Refresh: one job, which goes on', async () => {
    const view = suite.view(runsInPeace);
    const card = await exported(view, /Running/);
    await pressed('stop', card);
    await suite.card(chat, /Stopped/, view);
    await pressed('resume', card);
    await suite.card(chat, /Running/, view);
    const before = looks(view);
    suite.world().skip(11);
    await pressed('refresh', card);
    // The first look may still be under way when the answers have been given.
    await suite.world().graph.until(() => looks(view) > before || undefined);
    const made = looks(view) - before;
    // A hundred answers may take so long that the last press may look again.
    assert.ok(made <= 2, `${String(made)} looks`);
    assert.equal(creates(view), 1);
  });

  it('Try again: one new run', async () => {
    const { graph, skip } = suite.world();
    // Only the first one fails: the new one is still open while the other 99 come.
    const view = suite.view(runs);
    const running = await exported(view, /Running/);
    graph.setStatus((await suite.jobOf(view)).id, 'failed');
    skip(11);
    await suite.press(chat, ada, { verb: 'refresh', exportId: exportIdOf(running) }, running.id);
    await pressed('retry', await suite.card(chat, /Graph reported|failed/i, view));
    await suite.card(chat, /Running/, view);
    assert.equal(creates(view), 2);
  });

  it('Export again: one more export', async () => {
    // Only the first one ends: the new one is still open while the other 99 come.
    const view = suite.view(runs);
    const running = await exported(view, /Running/);
    await suite.finish(chat, ada, running, await suite.jobOf(view));
    await pressed('exportAgain', await suite.card(chat, /Your file is ready/, view));
    await suite.card(chat, /Running/, view);
    assert.equal(creates(view), 2);
    assert.equal(cardsOf(view, /Running|In line|Starting/).length, 1);
  });

  it('Export it for me by somebody else: one export of theirs', async () => {
    const group = groupChat([ada, benno, cleo]);
    await suite.signIn(benno);
    const view = suite.view(runs);
    await suite.say(group, ada, view.url);
    const shared = await suite.card(group, /Running/, view);
    const posted = Promise.withResolvers<undefined>();
    suite.world().channel.script({
      match: { op: 'post', about: { conversation: group.id } },
      times: 1,
      after: posted.promise,
    });
    const exportId = exportIdOf(shared);
    await hundred(() => suite.press(group, benno, { verb: 'exportForMe', exportId }));
    posted.resolve(undefined);
    await suite.card(group, /Benno[^]*Running|Running[^]*Benno/, view);
    // Those whose answer was "Working on it" are still at it, and may move the card down.
    const { channel } = suite.world();
    await channel.until(() => channel.messages(group.id).filter((one) => !isGone(one)).length === 2);
    assert.equal(creates(view), 2, 'the first person’s and the second’s');
    const list = await suite.press(group, benno, { verb: 'list' });
    assert.equal(list.words.split(`Export of view ${view.explorerViewId.slice(0, 8)}`).length - 1, 1);
  });

  it('of the same silent sign-in: one exchange, one outcome', async () => {
    const { channel } = suite.world();
    const [own, view] = [personalChat(cleo), suite.view(readyAtOnce)];
    await suite.say(own, cleo, view.url);
    const prompt = await suite.prompt(own);
    const before = redeemed('obo', cleo);
    const answers = await hundred(() => channel.silentSso(own, cleo, prompt));
    // Whoever has waited too long is offered the button, although the sign-in goes on.
    const statuses = answers.map(({ status }) => status);
    assert.ok(statuses.includes(200) && statuses.every((status) => [200, 412].includes(status)));
    await suite.card(own, /Your file is ready/, view);
    assert.equal(redeemed('obo', cleo) - before, 1);
  });

  it('of the same end of a sign-in: one redeems the code, one tells Teams', async () => {
    const { channel } = suite.world();
    await suite.say(chat, ada, 'sign out');
    const earlier = channel.messages(chat.id);
    await suite.say(chat, ada, suite.view(readyAtOnce).url);
    const prompt = await suite.prompt(chat, earlier);
    const [button] = oauthCardOf(latest(prompt))?.buttons ?? [];
    const begun = await fetch(button?.value ?? '', { redirect: 'manual' });
    const signedIn = await fetch(begun.headers.get('location') ?? '', {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ user: ada.oid }),
    });
    const end = signedIn.headers.get('location') ?? '';
    const before = redeemed('code', ada);
    const pages = await hundred(async () => {
      const page = await fetch(end);
      return { status: page.status, html: await page.text() };
    });
    assert.equal(redeemed('code', ada) - before, 1);
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
