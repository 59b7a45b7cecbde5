// A plan of Planner from its pasted link: sign-in, card, answer, file, what changed; and whatever stands in the way.
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { scenarios } from '../../../src/sandbox/graph/scenarios.ts';
import { planScenarios } from '../../../src/sandbox/planner/plan-scenarios.ts';
import { openWorkbookFile } from '../../adapters/okr-files/workbook/opened-workbook.ts';
import { valuesOf } from '../../adapters/okr-files/workbook/made-workbook.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { actionsOf, cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { groupChat, personalChat } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const [festival, greenhouse] = planScenarios;

describe('a plan of Planner', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld();
  });
  after(() => world.stop());

  const cardSaying = (words: RegExp) => world.channel.nextCard((card) => words.test(wordsOf(card)));
  const chat = personalChat(ada);
  const shownOn = (card: Parameters<typeof latest>[0]): string => wordsOf(cardOf(latest(card)));

  it('is asked for with its own permissions, read page by page, and told by its title', async () => {
    await world.channel.say(chat, ada, festival.url);
    await world.channel.silentSso(chat, ada, await world.channel.nextOAuthCard());
    const card = await cardSaying(/Orchard festival[^]*24[^]*tasks/i);
    assert.doesNotMatch(shownOn(card), /\bview|explorer|viva|key result/i);
    const asked = world.entra.calls
      .filter(({ op }) => op === 'token')
      .map(({ about }) => about['scope'] ?? '');
    assert.ok(asked.some((scope) => /Tasks\.Read/.test(scope) && /User\.ReadBasic\.All/.test(scope)));
    assert.ok(asked.every((scope) => !scope.includes('Goals-Export')));
    const pages = world.graph.calls.filter(({ op }) => op === 'tasks');
    assert.deepEqual(
      pages.map(({ query }) => query['$skiptoken']),
      [undefined, '10', '20'],
    );
    const offered = await world.channel.clickExecute(chat, ada, card.id, 'download');
    const page = actionsOf(offered.body).find(({ url }) => url?.includes('/d/') === true)?.url ?? '';
    const file = await fetch(page, { method: 'POST' });
    assert.match(file.headers.get('content-disposition') ?? '', /Planner_Orchard_festival_\d{4}-/);
    const rows = parse<Record<string, string>>(await file.text(), { columns: true });
    assert.equal(rows.length, 27);
    assert.equal(rows.filter((row) => row['Object Type'] === 'Goal').length, 3);
    assert.ok(rows.some((row) => /former member/.test(row['Owner'] ?? '')));
    assert.ok(rows.some((row) => /^Ada Sandfield/.test(row['Owner'] ?? '')));
  });

  it('says what changed since the last export of the same plan', async () => {
    world.planner.moveOn(festival.planId);
    await world.channel.say(chat, ada, festival.url);
    const card = await cardSaying(/What changed since/);
    assert.match(shownOn(card), /points?\)/);
    assert.equal(world.graph.jobs().length, 0);
    const offered = await world.channel.clickExecute(chat, ada, card.id, 'download');
    const page = actionsOf(offered.body).find(({ url }) => url?.includes('/d/') === true)?.url ?? '';
    const offering = await (await fetch(page)).text();
    assert.match(offering, /The plan is read from Planner anew, as you/);
    for (const text of [offering, wordsOf(cardOf(latest(card)))]) {
      assert.match(text, /Plain CSV/);
      assert.doesNotMatch(text, /Original file/, 'there is no file that Microsoft made');
    }
    const file = await fetch(`${page}?format=workbook`, { method: 'POST' });
    const sheets = openWorkbookFile(Buffer.from(await file.arrayBuffer()));
    assert.deepEqual(
      sheets.map(({ name }) => name),
      ['Summary', 'Goals and tasks', 'By person', 'By bucket', 'Changes', 'Info'],
    );
    const said = sheets.map((sheet) => JSON.stringify(valuesOf(sheet)));
    assert.doesNotMatch(said.join(), /OKR|check-in|key result|\bview\b(?!\/)/i);
    assert.match(said[0] ?? '', /Orchard festival[^]*Goals[^]*Tasks[^]*Due within 7 days[^]*Nobody on it/);
    assert.match(said[2] ?? '', /Ada Sandfield[^]*Nobody/);
    assert.match(said[3] ?? '', /In review/);
    assert.match(said[5] ?? '', /computed as the mean of its tasks/);
  });

  it('goes without goals where they cannot be read, and says so', async () => {
    await world.channel.say(chat, ada, greenhouse.url);
    const card = await cardSaying(/Greenhouse repair[^]*could not read the goals of this plan/);
    assert.match(shownOn(card), /12[^]*tasks/);
    assert.doesNotMatch(shownOn(card), /0\s*goals|at risk/);
  });

  it('says what a link to a task is, and what is wrong with links that are no plans, beside a link that is one', async () => {
    const task = `${greenhouse.url}/task/01gzSlKkIUSUl6DF_EilrmQAKDhh`;
    await world.channel.say(
      chat,
      ada,
      `${task} https://planner.cloud.microsoft/webui/myday ${scenarios[0]?.url ?? ''}`,
    );
    await world.channel.nextActivity((one) => /I export the whole plan/.test(latest(one).text ?? ''));
    await cardSaying(/That link is not a plan[^]*your own page in Planner/);
    await cardSaying(/Greenhouse repair[^]*12\s*tasks/);
    // The other source's permissions are had for the same sign-in, where the organisation has allowed them.
    await cardSaying(/Open view a1d5e0c2/);
  });

  it('shows others neither the title of a plan nor anything of it', async () => {
    const group = groupChat([ada, benno]);
    await world.channel.say(group, ada, festival.url);
    const card = await world.channel.nextCard(
      (shown, one) => one.conversationId === group.id && /✓ {2}Ready/.test(wordsOf(shown)),
    );
    await world.graph.until(() => readings(festival.planId) >= 3 || undefined);
    const own = await world.channel.clickExecute(group, ada, card.id, 'Show my details');
    assert.match(wordsOf(own.body), /Orchard festival/);
    for (const one of world.channel.messages(group.id))
      for (const version of one.versions) {
        assert.doesNotMatch(JSON.stringify(version), /Orchard festival|Welcome 500|tasks/);
        assert.match(wordsOf(cardOf(version)), /OrchardF|sign/i);
      }
  });

  it('is called by its title where it is named, and by its id where others read along', async () => {
    await world.channel.say(chat, ada, `save as Autumn feast ${festival.url}`);
    const named = await cardSaying(/Write \nexport \nAutumn feast/);
    assert.match(shownOn(named), /Open plan Orchard festival/);
    const group = groupChat([ada, benno]);
    await world.channel.say(group, ada, `save as Feast too ${festival.url}`);
    const seen = await cardSaying(/export \nFeast too/);
    assert.match(shownOn(seen), /Open plan OrchardF/);
  });

  it('is forgotten with everything else of its person', async () => {
    await world.channel.say(chat, ada, 'delete my data');
    const question = await cardSaying(/Delete your data\?/);
    assert.match(shownOn(question), /exports? with (its|their) details/);
    const deleted = await world.channel.clickExecute(chat, ada, question.id, 'deleteMyData');
    assert.match(wordsOf(deleted.body), /Deleted/);
    await world.channel.say(chat, ada, 'list');
    await cardSaying(/None yet\. Paste a link to a Planner plan or a Viva Goals link/);
  });

  /** How often all tasks of a plan were read from their first page. */
  const readings = (planId: string): number =>
    world.graph.calls.filter(
      ({ op, about, query }) =>
        op === 'tasks' && about['plan'] === planId && query['$skiptoken'] === undefined,
    ).length;
});
