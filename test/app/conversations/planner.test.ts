// A plan of Planner from its pasted link: sign-in, card, answer, file, what changed; and whatever stands in the way.
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { planScenarios } from '../../../src/sandbox/planner/plan-scenarios.ts';
import { openWorkbookFile } from '../../adapters/okr-files/workbook/opened-workbook.ts';
import { valuesOf } from '../../adapters/okr-files/workbook/made-workbook.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { actionsOf, cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
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
    assert.match(await (await fetch(page)).text(), /The plan is read from Planner anew, as you/);
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
    assert.doesNotMatch(shownOn(card), /0\s*goals/);
  });
});
