// A made-up second source without jobs, with permissions of its own: link, sign-in, card, answer, file, what changed.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import type { ExportSource } from '../../../src/ports/export-source.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { actionsOf, cardOf, latest, wordsOf } from '../../support/teams/card-search.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const scope = 'https://graph.microsoft.com/Gardens.Read';
const link = 'https://gardens.example/plot/12';

/** What grows there; the test changes it. */
const growing = { status: 'On Track' };
const csv = (): string =>
  `Id,Plant,Kind,Health,Status\n1,Grow tomatoes,Objective,${growing.status},watered\n`;

const gardens: ExportSource = {
  name: 'gardens',
  scopes: [scope],
  fileName: 'Garden',
  columns: { title: ['Plant'], objectType: ['Kind'], status: ['Health'] },
  bareHosts: ['gardens.example'],
  readLink: (address) => {
    const plot = /^https:\/\/gardens\.example\/plot\/(\d+)$/.exec(address)?.[1];
    if (plot === undefined) return { kind: 'elsewhere' };
    const target = { source: 'gardens', key: plot, label: `plot ${plot}`, address };
    return { kind: 'target', target };
  },
  create: () => Promise.resolve({ kind: 'ready' }),
  content: () => Promise.resolve({ kind: 'content', stream: new Blob([csv()]).stream() }),
};

describe('a second source', () => {
  let world: AppWorld;
  before(async () => {
    world = await startAppWorld({ moreSources: [gardens] });
  });
  after(() => world.stop());

  const scopesAsked = (): readonly string[] =>
    world.entra.calls.filter(({ op }) => op === 'token').map(({ about }) => about['scope'] ?? '');
  const cardSaying = (words: RegExp) =>
    world.channel.nextCard((card) => words.test(wordsOf(card)) && wordsOf(card).includes('plot 12'));

  it('asks for its own permissions, is ready at once, and tells what it says', async () => {
    const chat = personalChat(ada);
    await world.channel.say(chat, ada, link);
    await world.channel.silentSso(chat, ada, await world.channel.nextOAuthCard());
    const card = await cardSaying(/1 objective/i);
    const shown = wordsOf(cardOf(latest(card)));
    assert.match(shown, /Open plot 12/);
    assert.doesNotMatch(shown, /\bview|explorer|viva|organisation/i);
    const asked = scopesAsked().filter((one) => one.includes('Gardens.Read'));
    assert.ok(asked.length > 0);
    assert.ok(asked.every((one) => !one.includes('Goals-Export')));
    const offered = await world.channel.clickExecute(chat, ada, card.id, 'download');
    const page = actionsOf(offered.body).find(({ url }) => url?.includes('/d/') === true)?.url ?? '';
    const file = await fetch(page, { method: 'POST' });
    assert.equal(await file.text(), csv());
    assert.match(file.headers.get('content-disposition') ?? '', /filename="?Garden_plot_12_\d{4}-/);
    const said =
      world
        .logged()
        .split('\n')
        .find((line) => line.includes('a file was handed over')) ?? '{}';
    assert.equal((JSON.parse(said) as { source?: string }).source, 'gardens');
  });

  it('says what changed since the last export of the same', async () => {
    const chat = personalChat(ada);
    growing.status = 'At Risk';
    await world.channel.say(chat, ada, link);
    const card = await cardSaying(/at risk/i);
    assert.match(wordsOf(cardOf(latest(card))), /since/i);
    assert.equal(world.graph.jobs().length, 0, 'nobody else was asked to make anything');
  });

  it('is recognised in a file of it that somebody sends', async () => {
    const file = world.files.offer({
      name: 'Garden_plot_12_2026-03-02_0900Z.csv',
      bytes: Buffer.from(csv()),
    });
    await world.channel.say(personalChat(ada), ada, { text: '', files: [file] });
    const card = await world.channel.nextCard((shown) => /what your file says/i.test(wordsOf(shown)));
    assert.match(wordsOf(cardOf(latest(card))), /1 objective[^]*at risk/i);
  });

  it('is one more question to somebody who has signed in for another source, and only if it is needed', async () => {
    const chat = personalChat(benno);
    world.entra.setAdminConsent(benno.tid, world.variables['AAD_APP_CLIENT_ID'] ?? '', [
      'Goals-Export.ReadWrite.All',
      'Goals-Export.Read.All',
    ]);
    await world.channel.say(chat, benno, link);
    await world.channel.silentSso(chat, benno, await world.channel.nextOAuthCard());
    await world.channel.nextCard((card) => /administrator/i.test(wordsOf(card)));
  });
});
