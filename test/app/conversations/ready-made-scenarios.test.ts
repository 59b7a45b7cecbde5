// The ready-made links of the sandbox: what each one promises is what the person sees.
import assert from 'node:assert/strict';
import { scenarios } from '../../../src/sandbox/graph/scenarios.ts';
import type { Scenario } from '../../../src/sandbox/graph/scenarios.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import {
  exportIdOf,
  isNotice,
  readyAtOnce,
  runs,
  titlesOf,
  useAppWorld,
} from '../../support/app/app-suite.ts';
import { cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { assertPublicOnly } from '../../support/app/public-eye.ts';
import { channelThread, personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
const chat = personalChat(ada);
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

const named = (name: string): Scenario & { readonly url: string } => {
  const found = scenarios.find((one) => one.name === name);
  assert.ok(found, name);
  return found;
};

describe('the ready-made links', () => {
  const suite = useAppWorld();
  before(() => suite.signIn(ada));

  /** What Graph called its answer to the newest call about the view. */
  const requestIds: string[] = [];
  before(() => {
    suite.world().graph.script({
      match: {},
      respond: (_call, genuine) => {
        const id = genuine.headers?.['request-id'];
        if (typeof id === 'string') requestIds.push(id);
        return genuine;
      },
    });
  });

  for (const [name, words, buttons] of [
    ['unknown-organization', /Organisation not found/, ['Try again']],
    ['no-access', /You have no access to this view[^]*retired Viva Goals on 31 December 2025/, ['Try again']],
    ['retired', /Viva Goals has been retired[^]*31 December 2025[^]*What you can do/, []],
  ] as const)
    it(`${name}: one card says why, with Graph’s request id`, async () => {
      const { channel } = suite.world();
      const scenario = named(name);
      await suite.say(chat, ada, scenario.url);
      const card = await suite.card(chat, words, scenario);
      const said = wordsOf(cardOf(latest(card)));
      const shown = /Request id\n([^\n]+)/.exec(said)?.[1] ?? '';
      assert.match(shown, guid);
      assert.ok(requestIds.includes(shown), 'it is Graph’s own');
      assert.deepEqual(titlesOf(cardOf(latest(card))), buttons);
      const about = channel
        .messages(chat.id)
        .map((one) => cardOf(latest(one)))
        .filter((said) => wordsOf(said).includes(scenario.explorerViewId.slice(0, 8)) && !isNotice(said));
      assert.equal(about.length, 1, 'one card');
      assert.equal(
        suite
          .world()
          .graph.jobs()
          .filter((job) => job.explorerViewId === scenario.explorerViewId).length,
        0,
      );
    });

  it('retired, pasted again: Graph is asked again, because it may have been a mistake', async () => {
    const { channel, graph } = suite.world();
    const scenario = named('retired');
    const asked = graph.nextCall({ op: 'create', view: scenario.explorerViewId });
    await suite.say(chat, ada, scenario.url);
    await asked;
    await channel.until(
      () =>
        channel.messages(chat.id).filter((one) => /has been retired/.test(wordsOf(cardOf(latest(one)))))
          .length === 2,
    );
  });

  for (const [what, form] of [
    ['a 404 page', 'html404'],
    ['a 410 page', 'html410'],
    ['no such segment', 'noSegment'],
  ] as const)
    it(`retired, told by ${what}: one plain card in a channel without reasons, the reason for the requester`, async () => {
      const thread = channelThread([ada]);
      const view = suite.view({ kind: 'retired', form });
      await suite.say(thread, ada, view.url);
      const card = await suite.card(thread, /Ended without a file/, view);
      const own = await suite.press(thread, ada, { verb: 'view', exportId: exportIdOf(card) }, card.id);
      assert.match(own.words, /31 December 2025/);
      assertPublicOnly(suite.world().channel.messages(thread.id), requestIds);
    });

  it('a failure says that Graph reported it, under which request id, and Try again works in the same card', async () => {
    const { channel, graph } = suite.world();
    const view = suite.view(runs);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Running/, view);
    const first = await suite.jobOf(view);
    graph.setStatus(first.id, 'failed');
    suite.world().skip(11);
    await channel.clickExecute(chat, ada, card.id, 'Refresh');
    const failed = await suite.card(chat, /Microsoft Graph reported a failure/, view);
    assert.equal(failed.id, card.id);
    const shown = /Request id\n([^\n]+)/.exec(wordsOf(cardOf(latest(failed))))?.[1] ?? '';
    assert.ok(requestIds.includes(shown), shown);
    await suite.notice(chat, view, /ended without a file/);
    graph.register({ ...named('ready'), ...view, fate: readyAtOnce });
    await channel.clickExecute(chat, ada, card.id, 'Try again');
    assert.equal((await suite.card(chat, /Your file is ready/, view)).id, card.id);
    const jobs = graph.jobs().filter(({ explorerViewId }) => explorerViewId === view.explorerViewId);
    assert.equal(jobs.length, 2, 'a second run, and the first was not taken for it');
  });

  it('ready and slow: a card that says how long it runs and when it looks next', async () => {
    const scenario = named('slow');
    const { graph } = suite.world();
    await suite.say(chat, ada, scenario.url);
    const card = await suite.card(chat, /In line at Microsoft/, scenario);
    graph.setStatus((await suite.jobOf(scenario)).id, 'running');
    suite.world().skip(20);
    await suite.press(chat, ada, { verb: 'refresh', exportId: exportIdOf(card) }, card.id);
    const running = await suite.card(chat, /Running/, scenario);
    assert.equal(running.id, card.id);
    assert.match(wordsOf(cardOf(latest(running))), /so far[^]*Next look/);
    assert.match(JSON.stringify(cardOf(latest(running))), /"type":"ProgressBar"/);
    await suite.finish(chat, ada, card, await suite.jobOf(scenario));
    await suite.card(chat, /✓ {2}Ready[^]*Available[^]*until/, scenario);
  });
});
