// The sandbox's clock, set forward on its start page: what is due by then happens, and whoever is signed in stays so.
import assert from 'node:assert/strict';
import { planScenarios } from '../../src/sandbox/planner/plan-scenarios.ts';
import { scenarios } from '../../src/sandbox/graph/scenarios.ts';
import { useSandboxChat } from '../support/app/sandbox-chat.ts';
import { describeWithBrowser } from '../support/mocha/browser.ts';

const [festival] = planScenarios;
const ready = scenarios.find(({ name }) => name === 'ready')?.url ?? '';
const shortView = new URL(ready).searchParams.get('viewId')?.slice(0, 8) ?? '';

describeWithBrowser('the clock of the sandbox', (browser) => {
  const chat = useSandboxChat(browser);

  it('brings what is due, lets plans move on, and signs nobody out', async () => {
    const { context, send, signIn, cardSaying, openDownloadPage, sandbox } = chat();
    await send(ready);
    await signIn();
    await cardSaying(`Open view ${shortView}`, 'average progress').waitFor();
    await send(festival.url);
    await cardSaying('Open plan Orchard festival', 'average progress').waitFor();
    const pages = await context.newPage();
    await pages.goto(sandbox.pagesUrl);
    const before = await pages.getByText('for the bot and for all that is simulated').innerText();
    // Graph keeps what it has made for forty days.
    for (let week = 1; week <= 6; week += 1) {
      await pages.getByRole('button', { name: 'To next Monday, 9:00' }).click();
      await pages.getByRole('heading', { name: 'The clock was set forward' }).waitFor();
      await pages.goto(sandbox.pagesUrl);
    }
    const after = await pages.getByText('for the bot and for all that is simulated').innerText();
    assert.notEqual(after, before);
    assert.match(after, /Monday.* 09:0/);
    await pages.close();
    // What Graph has made is not there any more by then, and the card says so by itself.
    await cardSaying(`Open view ${shortView}`, 'Expired').waitFor();
    await send(festival.url);
    const card = cardSaying('Open plan Orchard festival', /What changed since/);
    await card.waitFor();
    const tab = await openDownloadPage(card);
    await tab.getByText('read from Planner anew').waitFor();
    await tab.close();
  }).timeout(240_000);
});
