// A plan in the sandbox as a newcomer sees it: link, sign-in, card, answer, file, what changed, in a real browser.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { planScenarios } from '../../src/sandbox/planner/plan-scenarios.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { describeWithBrowser } from '../support/mocha/browser.ts';
import { testPort } from '../support/servers/test-port.ts';

const [ada] = sandboxPeople;
const [festival] = planScenarios;

describeWithBrowser('a plan in the sandbox', (browser) => {
  let sandbox: Sandbox;
  let folder: string;
  let context: BrowserContext;
  let page: Page;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'okr-export-sandbox-'));
    sandbox = await startSandbox({ folder, port: await testPort() });
    context = await browser().newContext({ acceptDownloads: true, viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(45_000);
    page = await context.newPage();
    await page.goto(sandbox.chatUrl);
  });
  after(async () => {
    await context.close();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const cardSaying = (...texts: readonly (string | RegExp)[]): Locator =>
    texts.reduce((found, hasText) => found.filter({ hasText }), page.locator('.ac-adaptiveCard')).last();
  const send = async (text: string): Promise<void> => {
    await page.getByRole('textbox').last().fill(text);
    await page.getByRole('button', { name: 'Send Message' }).click();
  };

  it('is answered from its pasted link, handed over as a workbook, and compared with the time before', async () => {
    await page.getByText('planner.cloud.microsoft/webui/plan/…', { exact: false }).first().waitFor();
    await send(festival.url);
    const opened = context.waitForEvent('page');
    await page
      .getByRole('button', { name: /^Sign in/ })
      .last()
      .click();
    const entra = await opened;
    await entra.getByRole('button', { name: ada.name }).click();
    await entra.getByText('You are signed in').waitFor();
    await entra.close();
    const card = cardSaying('Open plan Orchard festival', 'average progress', 'nobody on it');
    await card.waitFor();
    await card.getByRole('button', { name: 'Download' }).click();
    const tabOpened = context.waitForEvent('page');
    await card.getByRole('link', { name: 'Open download page' }).click();
    const tab = await tabOpened;
    await tab.getByText('read from Planner anew').waitFor();
    const saved = tab.waitForEvent('download');
    await tab.getByRole('button', { name: 'Excel workbook' }).click();
    const file = await saved;
    assert.match(file.suggestedFilename(), /^Planner_Orchard_festival_.*\.xlsx$/);
    assert.equal((await readFile(await file.path())).subarray(0, 2).toString(), 'PK');
    await tab.close();
    sandbox.planner.moveOn(festival.planId);
    await send(festival.url);
    await cardSaying('Open plan Orchard festival', /What changed since/).waitFor();
  }).timeout(240_000);
});
