/** Every page in real Chromium, in every look: accessible by axe's rules, within its policy, and fit for a narrow phone. */
import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { exportCard } from '../../src/cards/export/export-card.ts';
import type { FinishOutcome } from '../../src/usecases/sign-in/sign-in-by-browser.ts';
import { describeWithBrowser } from '../support/mocha/browser.ts';
import { appOrigin, visitSite, type BrowserVisit } from './browser-visit.ts';
import { sampleJob, token, useSite } from './run-web-server.ts';

const requestId = 'request_of-43-characters-012345678901234567';
const adminConsentUrl =
  'https://login.example/11111111-1111-4111-8111-111111111111/adminconsent?client_id=22222222-2222-4222-8222-222222222222';
const troubles = [
  'wrongPerson',
  'used',
  'expired',
  'unknown',
  'declined',
  'consentNeeded',
  'unavailable',
  'operatorFault',
  'notAccepted',
] as const;
const landings = ['granted', 'declined', 'unknownTenant'] as const;
const tokens = { open: token, gone: token.replaceAll('a', 'b'), half: token.replaceAll('a', 'c') };

const pages: Readonly<Record<string, string>> = {
  'signed in': '/auth/callback?code=c&state=signedIn',
  ...Object.fromEntries(troubles.map((kind) => [kind, `/auth/callback?code=c&state=${kind}`])),
  ...Object.fromEntries(
    landings.map((kind, nth) => [
      `consent ${kind}`,
      `/auth/consented?admin_consent=True&tenant=1111111${String(nth)}-1111-4111-8111-111111111111`,
    ]),
  ),
  download: `/d/${tokens.open}`,
  'used download': `/d/${tokens.gone}`,
  'half-used download': `/d/${tokens.half}`,
  start: '/',
  privacy: '/privacy',
  terms: '/terms',
  support: '/support',
  'no such page': '/nowhere',
};

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'high contrast': { forcedColors: 'active', colorScheme: 'dark' },
  'on a narrow phone': { viewport: { width: 320, height: 640 } },
};

const outcomeOf = (state: string): FinishOutcome => {
  if (state === 'signedIn') return { kind: 'signedIn', nonce: 'a-nonce' };
  const kind = troubles.find((one) => one === state) ?? 'unknown';
  return { kind, requestId, ...(kind === 'consentNeeded' ? { adminConsentUrl } : {}) };
};

/** Chromium says in its console that a page was answered with a status of 400 or more; that is no fault of the page. */
const isStatus = (complaint: string): boolean => complaint.startsWith('Failed to load resource: the server');

const ready = {
  ...sampleJob,
  state: { status: 'ready', graphJobId: 'j!sample', size: 1_234_567 },
} as const;

describeWithBrowser('every page in Chromium', (browser) => {
  const site = useSite({
    finishSignIn: async ({ state }) => await Promise.resolve(outcomeOf(state)),
    consentLanded: async ({ tenantId }) =>
      await Promise.resolve({ kind: landings[Number(tenantId?.[7])] ?? 'unknownTenant' }),
    openDownload: async (secret) =>
      await Promise.resolve(
        secret === tokens.gone
          ? { kind: 'used' }
          : {
              kind: 'open',
              subject: { kind: 'export', job: ready },
              taken: secret === tokens.half ? ['workbook'] : [],
            },
      ),
    exportCardFor: (words, job) =>
      exportCard(words, { job, audience: 'owner', now: new Date('2026-01-02T03:09:05Z') }),
  });
  let visit: BrowserVisit;
  afterEach(async () => {
    await visit.context.close();
  });

  const problems = async (page: Page): Promise<readonly string[]> => {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

  for (const [look, options] of Object.entries(looks)) {
    it(`is accessible, in order and complete: ${look}`, async () => {
      visit = await visitSite(browser(), site().url, options);
      const page = await visit.context.newPage();
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(appOrigin + path);
        assert.deepEqual(await problems(page), [], name);
        assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), await page.title(), name);
        assert.equal(await page.locator('html').getAttribute('lang'), 'en');
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, name);
      }
      // What scripts still do after the page has loaded is within the policy as well.
      await page.goto(appOrigin + (pages['signed in'] ?? ''), { waitUntil: 'networkidle' });
      assert.deepEqual(
        visit.complaints.filter((complaint) => !isStatus(complaint)),
        [],
      );
    });
  }

  for (const [theme, colour] of [
    ['default', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(41, 41, 41)'],
    ['contrast', 'rgb(0, 0, 0)'],
  ] as const) {
    it(`inside Teams, wears its theme ${theme}, whatever the system prefers`, async () => {
      const colorScheme = theme === 'default' ? 'dark' : 'light';
      visit = await visitSite(browser(), site().url, { colorScheme });
      const host = await visit.context.newPage();
      await host.goto(`${appOrigin}/host?theme=${theme}`);
      for (const kind of troubles) {
        const opened = host.waitForEvent('popup');
        await host.evaluate(`void window.open('${appOrigin}${pages[kind] ?? ''}', '${kind}', 'width=600')`);
        const popup = await opened;
        await popup.locator('html[data-theme]').waitFor();
        assert.equal(
          await popup.evaluate(`getComputedStyle(document.querySelector('main')).backgroundColor`),
          colour,
        );
        assert.deepEqual(await problems(popup), [], kind);
        await popup.close();
      }
    });
  }

  it('shows where the keyboard is, in an order that makes sense', async () => {
    visit = await visitSite(browser(), site().url);
    const page = await visit.context.newPage();
    await page.goto(appOrigin + (pages['consentNeeded'] ?? ''));
    const order: unknown[] = [];
    for (let presses = 0; presses < 3; presses += 1) {
      await page.keyboard.press('Tab');
      const width = `parseFloat(getComputedStyle(document.activeElement).outlineWidth)`;
      assert.ok(Number(await page.evaluate(width)) >= 2);
      order.push(
        await page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent'),
      );
    }
    assert.deepEqual(order, ['Link for an administrator', 'Copy', 'Allow it now']);
  });

  it('says all of it without scripts', async () => {
    visit = await visitSite(browser(), site().url, { javaScriptEnabled: false });
    const page = await visit.context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(appOrigin + path);
      assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), await page.title(), name);
      assert.ok((await page.innerText('main')).length > 60, name);
    }
  });
});
