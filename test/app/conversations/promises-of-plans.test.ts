// What is promised of every export, held for plans: limits count all sources together, figures and log lines name the source,
// a channel sees no title, and two instances are as one.
import assert from 'node:assert/strict';
import { planLinkOf, planScenarios } from '../../../src/sandbox/planner/plan-scenarios.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSuite, exportIdOf, downloadPageOf, runsInPeace } from '../../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { startTwoInstances } from '../../support/app/two-instances.ts';
import { describeWithPostgres } from '../../support/databases/postgres.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../../support/teams/card-search.ts';
import { channelThread, personalChat } from '../../support/teams/teams-places.ts';
import { testPort } from '../../support/servers/test-port.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const [festival, greenhouse] = planScenarios;

describe('what is promised of every export, for plans', () => {
  let world: AppWorld;
  let metricsPort: number;
  before(async () => {
    metricsPort = await testPort();
    world = await startAppWorld({
      variables: { METRICS_PORT: String(metricsPort), LIMIT_OPEN_PER_USER: '2', LIMIT_DAILY_PER_USER: '4' },
    });
  });
  after(() => world.stop());
  const suite = createSuite(() => world);
  const chat = personalChat(ada);
  const figures = async (): Promise<string> =>
    (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text();
  const logged = (message: string): readonly Record<string, unknown>[] =>
    world
      .logged()
      .split('\n')
      .filter((line) => line.includes(`"${message}"`))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('names the source in figures and log lines, and neither the plan nor anybody', async () => {
    await suite.say(chat, ada, festival.url);
    await world.channel.silentSso(chat, ada, await suite.prompt(chat));
    const card = await suite.card(chat, /24\s*tasks/);
    const offered = await suite.press(chat, ada, { verb: 'download', exportId: exportIdOf(card) }, card.id);
    await (await fetch(downloadPageOf(offered), { method: 'POST' })).text();
    const said = await figures();
    assert.match(said, /^okr_export_graph_calls_total\{source="planner",call="create",outcome="ready"\} 1$/m);
    assert.match(
      said,
      /^okr_export_graph_calls_total\{source="planner",call="content",outcome="content"\} 2$/m,
    );
    for (const message of ['a download link was made', 'a file was handed over']) {
      const [line] = logged(message);
      assert.equal(line?.['source'], 'planner', message);
      assert.equal(line['exportId'], exportIdOf(card));
    }
    for (const secret of [festival.title, festival.planId, ada.name])
      assert.ok(!said.includes(secret) && !world.logged().includes(secret), secret);
  });

  it('counts open exports of all sources together', async () => {
    const { graph } = world;
    const busy = graph.script({
      match: { op: 'plan', about: { plan: greenhouse.planId } },
      respond: { status: 503, headers: { 'retry-after': '600' }, body: '' },
    });
    const view = suite.view(runsInPeace);
    await suite.say(chat, ada, `${greenhouse.url} ${view.url}`);
    await suite.card(chat, /Running/, view);
    await suite.card(chat, /Open plan Greenhou/);
    assert.match(await figures(), /^okr_export_exports\{source="planner",status="starting"\} 1$/m);
    await suite.say(chat, ada, festival.url);
    await suite.card(chat, /You already have 2 exports open/);
    busy.remove();
  });

  it('counts the exports of a day of all sources together', async () => {
    const view = suite.view(runsInPeace);
    const open = await suite.card(chat, /Running/);
    await suite.press(chat, ada, { verb: 'stop', exportId: exportIdOf(open) }, open.id);
    await suite.say(chat, ada, view.url);
    const next = await suite.card(chat, /Running/, view);
    await suite.press(chat, ada, { verb: 'stop', exportId: exportIdOf(next) }, next.id);
    await suite.say(chat, ada, planLinkOf({ planId: 'AFifthPlanOfTheDay-000000005' }));
    await suite.card(chat, /You have started 4 exports within a day/);
  });

  it('shows a channel neither the title nor anything of the plan, and another member nothing on a press', async () => {
    const thread = channelThread([ada, benno]);
    const wrapped = `https://eur02.safelinks.protection.outlook.com/?url=${encodeURIComponent(festival.url)}&amp;data=05`;
    const said = `<p><a href="${wrapped}">the plan</a></p>`;
    await suite.say(thread, benno, { text: 'the plan', html: said });
    assert.equal((await world.channel.signInByButton(await suite.prompt(thread), benno)).status, 200);
    const card = await suite.card(thread, /✓ {2}Ready/);
    const own = await suite.press(thread, benno, { verb: 'view', exportId: exportIdOf(card) }, card.id);
    assert.match(own.words, /Orchard festival/);
    const others = await suite.press(thread, ada, { verb: 'view', exportId: exportIdOf(card) }, card.id);
    assert.doesNotMatch(others.words, /Orchard festival|tasks/);
    for (const { versions } of world.channel.messages(thread.id))
      for (const version of versions)
        assert.doesNotMatch(JSON.stringify(version), /Orchard festival|Welcome 500|\d+ tasks/);
  });
});

describeWithPostgres('two instances and a plan', () => {
  it('are one export, one prompt, one card; the other one reads what changed', async () => {
    const two = await startTwoInstances();
    const { world } = two;
    const suite = createSuite(() => world);
    const chat = personalChat(ada);
    try {
      // Teams delivers to both in turn.
      await suite.say(chat, ada, festival.url);
      await suite.say(chat, ada, festival.url);
      await world.channel.silentSso(chat, ada, await suite.prompt(chat));
      await suite.card(chat, /24\s*tasks/);
      const starts = () =>
        world.graph.calls.filter(({ op, about }) => op === 'plan' && about['plan'] === festival.planId)
          .length;
      assert.equal(starts(), 2, 'started once, read once');
      const cards = world.channel
        .messages(chat.id)
        .filter((one) => wordsOf(cardOf(latest(one))).includes('Open plan Orchard festival'));
      assert.equal(cards.length, 1);
      assert.ok(world.channel.messages(chat.id).every((one) => oauthCardOf(latest(one)) === undefined));
      await two.restart(0);
      world.planner.moveOn(festival.planId);
      await suite.say(chat, ada, festival.url);
      await suite.card(chat, /What changed since/);
    } finally {
      await two.stop();
    }
  });
});
