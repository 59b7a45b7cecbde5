// The sandbox's clock, set forward on its start page: schedules run, what is due by then happens, whoever is signed in stays so.
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

  it('runs a schedule, brings what is due, lets plans move on, and signs nobody out', async () => {
    const { context, send, signIn, cards, cardSaying, openDownloadPage, sandbox } = chat();
    await send(ready);
    await signIn();
    await cardSaying(`Open view ${shortView}`, 'average progress').waitFor();
    await send(festival.url);
    await cardSaying('Open plan Orchard festival', 'average progress').waitFor();
    await send('save as Orchard');
    await cardSaying('Done. Write').waitFor();
    // Where Teams opens a dialog, this client is shown the form as a card.
    await cardSaying('Open plan Orchard', 'average progress')
      .getByRole('button', { name: 'Schedule it' })
      .click();
    await cardSaying('When should I export it?', 'On which days').waitFor();
    await send('schedule Orchard mondays 9:00 if changed');
    await cardSaying('Scheduled', 'Next run').waitFor();
    const changed = () =>
      cards()
        .filter({ hasText: 'Open plan Orchard' })
        .filter({ hasText: /What changed since/ });
    const pages = await context.newPage();
    await pages.goto(sandbox.pagesUrl);
    const ranOnce = async (): Promise<void> => {
      await changed().waitFor();
      await send('schedules');
      await cardSaying('Your schedules', 'Orchard', ': posted.').waitFor();
      await send('unschedule Orchard');
      await cardSaying('Schedule ended').waitFor();
    };
    const before = await pages.getByText('for the bot and for all that is simulated').innerText();
    // Graph keeps what it has made for forty days.
    for (let week = 1; week <= 6; week += 1) {
      await pages.getByRole('button', { name: 'To next Monday, 9:00' }).click();
      await pages.getByRole('heading', { name: 'The clock was set forward' }).waitFor();
      // Nobody asks for it any more.
      if (week === 1) await ranOnce();
      await pages.goto(sandbox.pagesUrl);
    }
    const after = await pages.getByText('for the bot and for all that is simulated').innerText();
    assert.notEqual(after, before);
    assert.match(after, /Monday.* 09:0/);
    await pages.close();
    // What Graph has made is not there any more by then, and the card says so by itself.
    await cardSaying(`Open view ${shortView}`, 'Expired').waitFor();
    await send('export Orchard');
    const card = changed().nth(1);
    await card.waitFor();
    const tab = await openDownloadPage(card);
    await tab.getByText('read from Planner anew').waitFor();
    await tab.close();
  });
});
