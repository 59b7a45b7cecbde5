// A plan in the sandbox as a newcomer sees it: link, sign-in, card, answer, file, what changed, in a real browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { planScenarios } from '../../src/sandbox/planner/plan-scenarios.ts';
import { useSandboxChat } from '../support/app/sandbox-chat.ts';
import { describeWithBrowser } from '../support/mocha/browser.ts';

const [festival] = planScenarios;

describeWithBrowser('a plan in the sandbox', (browser) => {
  const chat = useSandboxChat(browser);

  it('is answered from its pasted link, handed over as a workbook, and compared with the time before', async () => {
    const { page, send, signIn, cardSaying, openDownloadPage, sandbox } = chat();
    await page.getByText('planner.cloud.microsoft/webui/plan/…', { exact: false }).first().waitFor();
    await send(festival.url);
    await signIn();
    const card = cardSaying('Open plan Orchard festival', 'average progress', 'nobody on it');
    await card.waitFor();
    const tab = await openDownloadPage(card);
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
  });
});
