// The sandbox as a newcomer sees it: the real Playground in a real browser, before the production bot.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { scenarios } from '../../src/sandbox/graph/scenarios.ts';
import { useSandboxChat } from '../support/app/sandbox-chat.ts';
import { describeWithBrowser } from '../support/mocha/browser.ts';

const ready = scenarios.find(({ name }) => name === 'ready')?.url ?? '';
const shortView = new URL(ready).searchParams.get('viewId')?.slice(0, 8) ?? '';

describeWithBrowser('the sandbox in a browser', (browser) => {
  const chat = useSandboxChat(browser);

  const download = async (card: Locator): Promise<Buffer> => {
    const tab = await chat().openDownloadPage(card);
    await tab.getByText('CSV').first().waitFor();
    const saved = tab.waitForEvent('download');
    await tab.getByRole('button', { name: 'Original file' }).click();
    const file = await (await saved).path();
    await tab.close();
    return readFile(file);
  };

  it('welcomes once, asks once, follows on one card, and hands over exactly what Graph has', async () => {
    const { page, send, signIn, cards, cardSaying, sandbox } = chat();
    await page.getByText('Hello', { exact: false }).first().waitFor();
    await send(ready);
    await signIn();
    // Once the file is read the card is sent again, and this client then forgets what a button has answered.
    const card = cardSaying(`Open view ${shortView}`, 'average progress');
    await card.waitFor();
    await cardSaying(`Your export of view ${shortView} is ready`).waitFor();
    const naming = await cards().filter({ hasText: shortView }).count();
    assert.equal(naming, 2, 'one card, changed in place, and one message about its end');
    const [job] = sandbox.graph.jobs();
    assert.deepEqual(await download(card), sandbox.graph.contentOf(job?.id ?? ''));
  });

  it('reads a file that a page hands to the bot, says what changed, and saves a workbook once that is allowed', async () => {
    const { context, cardSaying, sandbox } = chat();
    const pages = await context.newPage();
    const hand = async (sample: string): Promise<void> => {
      await pages.goto(`${sandbox.pagesUrl}/hand-a-file`);
      await pages.getByRole('button', { name: 'Hand it to the bot', description: sample }).click();
      await pages.getByRole('heading', { name: 'The bot has it' }).waitFor();
    };
    await hand('Company goals, as they were a month ago');
    await cardSaying('average progress', '.csv').waitFor();
    await hand('The same view today: shows what changed');
    const card = cardSaying('average progress', /What changed since/, '.csv');
    await card.waitFor();
    const { height = Infinity } = (await card.boundingBox()) ?? {};
    assert.ok(height <= 700, `fits between the head and the foot of a window of 900 px: ${height} px`);
    await card.getByRole('button', { name: 'Details' }).click();
    await card.getByText('key results and', { exact: false }).waitFor();
    await card.getByRole('button', { name: 'Save to OneDrive' }).click();
    await card.getByRole('button', { name: 'Excel workbook' }).click();
    await cardSaying('.xlsx').getByRole('link', { name: 'Answer on the sandbox’s page' }).waitFor();
    await pages.goto(`${sandbox.pagesUrl}/onedrive`);
    await pages.getByRole('button', { name: 'Allow' }).click();
    await cardSaying('.xlsx', 'Saved to the OneDrive').getByRole('link', { name: 'Open the file' }).waitFor();
    await pages.goto(`${sandbox.pagesUrl}/onedrive`);
    const saved = pages.waitForEvent('download');
    await pages.getByRole('link', { name: '.xlsx' }).click();
    const bytes = await readFile(await (await saved).path());
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    await pages.close();
  });

  it('exports in a channel too, where others see only the phase', async () => {
    const { page, cardSaying, sandbox } = chat();
    await page.getByRole('treeitem', { name: 'OKRs' }).click();
    const post = page.getByRole('button', { name: 'Post', exact: true });
    await post.waitFor();
    // The first one starts a new post; the others answer in threads.
    await page.getByRole('textbox').first().click();
    await page.keyboard.type('@');
    await page.getByRole('menuitem', { name: 'OKR Export' }).click();
    await page.keyboard.type(` ${ready}`);
    await post.click();
    const shared = cardSaying(shortView, 'can download the file', 'Show my details');
    await shared.waitFor();
    assert.doesNotMatch(await shared.innerText(), /KB|until/);
    // Once the file is read, everybody's card is sent again, and this client then forgets the own view.
    const own = cardSaying(shortView, 'Only you see these details', 'objectives');
    for (let shown = false; !shown;) {
      await shared.getByRole('button', { name: 'Show my details' }).click();
      shown = await own.waitFor({ timeout: 6_000 }).then(
        () => true,
        () => false,
      );
    }
    const job = sandbox.graph.jobs().at(-1);
    assert.deepEqual(await download(own), sandbox.graph.contentOf(job?.id ?? ''));
  });
});
