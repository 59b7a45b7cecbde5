// Restarts in the middle: whatever state an export is in, it goes on by itself, once, in its card.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import {
  downloadPageOf,
  exportIdOf,
  isNotice,
  readyAtOnce,
  runs,
  useAppWorld,
} from '../../support/app/app-suite.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../../support/teams/card-search.ts';
import { channelThread, personalChat } from '../../support/teams/teams-places.ts';
import { passTime } from '../../support/app/time-travel.ts';

const [ada, benno, cleo] = sandboxPeople;
assert.ok(benno && cleo);

describe('a restart in the middle', () => {
  const suite = useAppWorld();
  const chat = personalChat(ada);
  const jobsOf = (view: { readonly explorerViewId: string }) =>
    suite
      .world()
      .graph.jobs()
      .filter(({ explorerViewId }) => explorerViewId === view.explorerViewId);

  it('while a sign-in is awaited: the same prompt still works, silently and by its button', async () => {
    const { channel } = suite.world();
    const thread = channelThread([ada, benno]);
    const [silent, pressed] = [suite.view(readyAtOnce), suite.view(readyAtOnce)];
    await suite.say(chat, ada, silent.url);
    await suite.say(thread, benno, pressed.url);
    const prompts = [await suite.prompt(chat), await suite.prompt(thread)] as const;
    await suite.world().restart();
    await channel.silentSso(chat, ada, prompts[0]);
    await suite.card(chat, /Your file is ready/, silent);
    const visit = await channel.signInByButton(prompts[1], benno);
    assert.equal(visit.status, 200);
    await suite.card(thread, /✓ {2}Ready/, pressed);
    assert.deepEqual([jobsOf(silent).length, jobsOf(pressed).length], [1, 1]);
  });

  it('between the sign-in page and its end: the sign-in is finished all the same', async () => {
    const { channel } = suite.world();
    const own = personalChat(cleo);
    const view = suite.view(readyAtOnce);
    await suite.say(own, cleo, view.url);
    const prompt = await suite.prompt(own);
    const begin = JSON.stringify(latest(prompt)).match(/"value":"([^"]+\/auth\/start[^"]+)"/)?.[1] ?? '';
    const authorize = (await fetch(begin, { redirect: 'manual' })).headers.get('location') ?? '';
    const page = await fetch(authorize, {
      method: 'POST',
      body: new URLSearchParams({ user: cleo.oid }),
      redirect: 'manual',
    });
    await suite.world().restart();
    const end = await fetch(page.headers.get('location') ?? '');
    assert.equal(end.status, 200);
    const nonce = /data-nonce="([\w-]+)"/.exec(await end.text())?.[1] ?? '';
    await suite.world().restart();
    assert.equal((await channel.verifyState(own, cleo, nonce)).status, 200);
    await suite.card(own, /Your file is ready/, view);
  });

  it('while Graph has not begun, while it runs, while it is stopped, and while the file is there', async () => {
    const { graph } = suite.world();
    const [inLine, running, stopped, ready] = [
      suite.view({ kind: 'manual' }),
      suite.view(runs),
      suite.view(runs),
      suite.view(readyAtOnce),
    ];
    for (const view of [inLine, running, stopped, ready]) await suite.say(chat, ada, view.url);
    const cards = {
      inLine: await suite.card(chat, /In line at Microsoft/, inLine),
      running: await suite.card(chat, /Running/, running),
      stopped: await suite.card(chat, /Running/, stopped),
      ready: await suite.card(chat, /Your file is ready/, ready),
    };
    await suite.press(chat, ada, { verb: 'stop', exportId: exportIdOf(cards.stopped) }, cards.stopped.id);
    await suite.card(chat, /Stopped/, stopped);
    const link = await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(cards.ready) });
    await suite.world().restart();
    const file = await fetch(downloadPageOf(link), { method: 'POST' });
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), graph.contentOf((await suite.jobOf(ready)).id));
    for (const view of [inLine, running, stopped]) graph.completeJob((await suite.jobOf(view)).id);
    assert.equal((await suite.card(chat, /Your file is ready/, inLine)).id, cards.inLine.id);
    assert.equal((await suite.card(chat, /Your file is ready/, running)).id, cards.running.id);
    assert.match(wordsOf(cardOf(latest(suite.world().channel.activity(cards.stopped.id)))), /Stopped/);
    await suite.press(chat, ada, { verb: 'resume', exportId: exportIdOf(cards.stopped) }, cards.stopped.id);
    assert.equal((await suite.card(chat, /Your file is ready/, stopped)).id, cards.stopped.id);
    for (const view of [inLine, running, stopped, ready]) assert.equal(jobsOf(view).length, 1);
  });

  it('while the POST is out and its answer is lost: the job is found, not made twice', async () => {
    const { graph, channel } = suite.world();
    const view = suite.view(runs);
    const answer = Promise.withResolvers<undefined>();
    const rule = graph.script({ match: { op: 'create', view: view.explorerViewId }, after: answer.promise });
    const posted = graph.nextCall({ op: 'create', view: view.explorerViewId });
    await suite.say(chat, ada, view.url);
    await posted;
    const card = await suite.card(chat, /Starting…/, view);
    // Long enough for the card's id to be kept, and not for Graph's answer.
    await suite.world().restart(3_000);
    answer.resolve(undefined);
    rule.remove();
    await passTime(suite.world(), 30);
    const found = await suite.card(chat, /Running/, view);
    assert.equal(found.id, card.id);
    await suite.finish(chat, ada, card, await suite.jobOf(view));
    await suite.card(chat, /Your file is ready/, view);
    assert.equal(jobsOf(view).length, 1);
    const creates = graph.calls.filter(
      ({ op, about }) => op === 'create' && about['view'] === view.explorerViewId,
    );
    assert.equal(creates.length, 1);
    assert.ok(
      graph.calls.some(
        ({ op, about }) => op === 'list' && about['filter']?.includes(view.goalsOrganizationId),
      ),
    );
    await suite.notice(chat, view);
    const notices = channel
      .messages(chat.id)
      .filter((one) => isNotice(cardOf(latest(one)), view.explorerViewId));
    assert.equal(notices.length, 1);
  });

  it('between Graph’s answer and the card: the card is brought up to date, and the requester told once', async () => {
    const { graph, channel } = suite.world();
    const view = suite.view(runs);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Running/, view);
    const rule = channel.script({
      match: { op: 'put', about: { activity: card.id } },
      respond: { status: 503, body: {} },
    });
    await suite.finish(chat, ada, card, await suite.jobOf(view));
    await channel.until(() => rule.hits() > 0);
    await suite.world().stopApp();
    rule.remove();
    await passTime(suite.world(), 60);
    assert.equal((await suite.card(chat, /Your file is ready/, view)).id, card.id);
    await suite.notice(chat, view);
    assert.equal(
      graph.jobs().filter(({ explorerViewId }) => explorerViewId === view.explorerViewId).length,
      1,
    );
  });

  it('after a week without the sign-in: the export stops, says so, and Resume asks again', async () => {
    const dario = sandboxPeople[3];
    assert.ok(dario);
    const own = personalChat(dario);
    const view = suite.view(readyAtOnce);
    await suite.say(own, dario, view.url);
    const old = await suite.prompt(own);
    await passTime(suite.world(), 7 * 24 * 3600 + 60);
    const card = await suite.card(own, /Stopped – nobody signed in/, view);
    await suite.notice(own, view, /has stopped[^]*did not come/);
    await suite.world().channel.until(() => suite.world().channel.activity(old.id).deleted);
    await suite.press(own, dario, { verb: 'resume', exportId: exportIdOf(card) }, card.id);
    const prompt = await suite.prompt(own, [old]);
    const { channel } = suite.world();
    const asked = channel.messages(own.id).filter((one) => oauthCardOf(one.versions[0] ?? latest(one)));
    assert.deepEqual(
      asked.map(({ id }) => id),
      [prompt.id],
      'asked once before, and once again',
    );
    // Teams' token is a week too old for the app's clock.
    assert.equal((await channel.signInByButton(prompt, dario)).status, 200);
    assert.equal((await suite.card(own, /Your file is ready/, view)).id, card.id);
  });

  it('after the file’s time has passed: the card says so and offers a new export', async () => {
    const view = suite.view(readyAtOnce);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Your file is ready/, view);
    await passTime(suite.world(), 41 * 24 * 3600);
    assert.equal((await suite.card(chat, /Expired[^]*Start again/, view)).id, card.id);
  });
});
