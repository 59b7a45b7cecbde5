import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { exportCard } from '../../src/cards/export/export-card.ts';
import type { ExportJob } from '../../src/domain/exports/export-job.ts';
import { describeWithBrowser } from '../support/mocha/browser.ts';
import { appOrigin, visitSite, type BrowserVisit } from './browser-visit.ts';
import { serveFile, streamOf, useDownloadSite } from './download-site.ts';
import { sampleJob, token } from './run-web-server.ts';

const now = new Date('2026-01-02T03:09:05Z');
const ready: ExportJob = {
  ...sampleJob,
  requester: { ...sampleJob.requester, name: 'Robin <img src=x onerror=alert(1)> **Sample**' },
  state: {
    status: 'ready',
    graphJobId: '55555555-5555-4555-8555-555555555555',
    size: 1_234_567,
    expiresAt: new Date('2026-01-09T03:04:05Z'),
  },
};

describeWithBrowser('download page in Chromium', (browser) => {
  const here = useDownloadSite((words, job) => exportCard(words, { job, audience: 'owner', now }));
  let visit: BrowserVisit | undefined;
  beforeEach(() => {
    here.calls.length = 0;
    here.opened = { kind: 'open', subject: { kind: 'export', job: ready }, taken: [] };
  });
  afterEach(async () => {
    await visit?.context.close();
  });

  const open = async (options: Parameters<typeof visitSite>[2] = {}): Promise<Page> => {
    visit = await visitSite(browser(), here.site().url, {
      locale: 'en-GB',
      timezoneId: 'Asia/Tokyo',
      ...options,
    });
    const page = await visit.context.newPage();
    await page.goto(`${appOrigin}/d/${token}`);
    return page;
  };

  it('draws the card as Teams would, without its buttons, within the policy', async () => {
    const page = await open();
    const card = await page.locator('.card .ac-adaptiveCard').innerText();
    assert.match(card, /ready/i);
    assert.match(card, /12:04/, 'a time in the reader’s own zone');
    assert.doesNotMatch(card, /\{\{|Invalid/);
    assert.equal(await page.locator('.card button, .card img').count(), 0);
    const choices = ['Excel workbook', 'CSV for spreadsheets', 'Original file'];
    assert.deepEqual(await page.getByRole('button').allInnerTexts(), choices);
    assert.deepEqual(visit?.complaints, []);
  });

  it('says what the card says without scripts, and still downloads', async () => {
    const page = await open({ javaScriptEnabled: false });
    assert.match(await page.innerText('.card'), /ready/i);
    serveFile(here, streamOf(Buffer.from('a,b\r\n')));
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Original file' }).click();
    assert.equal(await readFile(await (await started).path(), 'utf8'), 'a,b\r\n');
  });

  it('downloads under its Unicode name, and says what comes next', async () => {
    const page = await open();
    const { finished } = serveFile(here, streamOf(Buffer.from('ä,b\r\n')), { fileName: 'Ziele – 目標.csv' });
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Original file' }).click();
    const download = await started;
    assert.equal(download.suggestedFilename(), 'Ziele – 目標.csv');
    assert.equal(await readFile(await download.path(), 'utf8'), 'ä,b\r\n');
    assert.equal(await finished, 6);
    await page.getByText('Your browser is fetching the file').waitFor();
    const button = page.getByRole('button', { name: '✓ Original file' });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await button.click({ force: true });
    await page.getByRole('button', { name: 'Excel workbook', disabled: false }).waitFor();
    assert.equal(here.calls.filter((call) => call.startsWith('take')).length, 1);
  });

  it('shows that something happens until the first byte is there, and asks once', async () => {
    const page = await open();
    const gate = Promise.withResolvers<undefined>();
    serveFile(here, streamOf(Buffer.from('a,b\r\n')));
    const { take } = here;
    here.take = async (...given) => {
      await gate.promise;
      return take(...given);
    };
    const started = page.waitForEvent('download');
    // At once, because Playwright waits for the answer that is on its way.
    const [isHidden, said] = await page.evaluate<[boolean, string]>(`(() => {
      for (const format of ['original', 'original', 'workbook'])
        document.querySelector('[data-format=' + format + ']').click();
      return [document.querySelector('progress').hidden, document.querySelector('[role=status]').textContent];
    })()`);
    assert.equal(isHidden, false);
    assert.match(said, /^Preparing: Original file/);
    gate.resolve(undefined);
    await started;
    await page.getByText('Your browser is fetching the file').waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'hidden' });
    assert.equal(here.calls.filter((call) => call.startsWith('take')).length, 1);
  });

  it('says which formats were taken, and offers the others', async () => {
    here.opened = { kind: 'open', subject: { kind: 'export', job: ready }, taken: ['workbook'] };
    const page = await open();
    assert.match(await page.innerText('form'), /✓ Excel workbook\s+Taken with this link already/);
    const left = ['CSV for spreadsheets', 'Original file'];
    assert.deepEqual(await page.getByRole('button').allInnerTexts(), left);
  });

  for (const [name, format] of [
    ['Excel workbook', 'workbook'],
    ['CSV for spreadsheets', 'spreadsheetCsv'],
    ['Original file', 'original'],
  ] as const)
    it(`asks for the ${format} when ${name} is pressed`, async () => {
      here.take = async () => await Promise.resolve({ kind: 'unknown' });
      const page = await open();
      await page.getByRole('button', { name }).click();
      await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
      assert.equal(here.calls.at(-1), `take ${token} ${format}`);
    });

  it('shows the reason when there is no file', async () => {
    const page = await open();
    here.take = async () => await Promise.resolve({ kind: 'taken', format: 'original' });
    await page.getByRole('button', { name: 'Original file' }).click();
    await page.getByRole('heading', { name: 'You have this one already' }).waitFor();
    await page.getByRole('link', { name: 'Back to the other formats' }).click();
    await page.getByRole('heading', { name: 'Download your export' }).waitFor();
  });

  it('takes the colours of the page, and changes with them', async () => {
    const page = await open({ colorScheme: 'light' });
    const colour = async (): Promise<unknown> =>
      await page.evaluate(`getComputedStyle(document.querySelector('.ac-adaptiveCard')).backgroundColor`);
    assert.equal(await colour(), 'rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    // The page's own policy forbids the `eval` with which `page.waitForFunction` would look again.
    while ((await colour()) !== 'rgb(41, 41, 41)') await setTimeout(20);
  });

  it('fits a narrow phone', async () => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= 320'), true);
  });
});
