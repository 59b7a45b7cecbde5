// Opens a page in the browser that suites get.
import assert from 'node:assert/strict';
import { describeWithBrowser } from './browser.ts';

describeWithBrowser('describeWithBrowser', (browser) => {
  it('opens a page', async () => {
    const page = await browser().newPage();
    await page.setContent('<title>Export</title>');
    assert.equal(await page.title(), 'Export');
  });
});
