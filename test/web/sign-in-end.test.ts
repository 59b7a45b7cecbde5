import assert from 'node:assert/strict';
import { describeWithBrowser } from '../support/mocha/browser.ts';
import { appOrigin, visitSite, type BrowserVisit } from './browser-visit.ts';
import { useSite } from './run-web-server.ts';

describeWithBrowser('sign-in end page in Chromium', (browser) => {
  const consentUrl = 'https://login.example/adminconsent?client_id=1&scope=a';
  const site = useSite({
    finishSignIn: async ({ state }) =>
      await Promise.resolve(
        state === 'good'
          ? ({ kind: 'signedIn', nonce: 'nonce-of-43-characters' } as const)
          : ({ kind: 'consentNeeded', adminConsentUrl: consentUrl } as const),
      ),
  });
  let visit: BrowserVisit;
  const endPage = `${appOrigin}/auth/callback?code=c&state=good`;
  afterEach(async () => {
    await visit.context.close();
  });

  it('inside Teams, hands over the nonce and lets Teams close the window', async () => {
    visit = await visitSite(browser(), site().url);
    const host = await visit.context.newPage();
    await host.goto(`${appOrigin}/host`);
    const opened = host.waitForEvent('popup');
    await host.evaluate(`void window.open('${endPage}', 'sign-in', 'width=600,height=535')`);
    const popup = await opened;
    const closed = popup.waitForEvent('close');
    assert.equal(await host.evaluate('globalThis.outcome'), 'nonce-of-43-characters');
    await closed;
    assert.deepEqual(visit.complaints, []);
  });

  it('in a plain tab, says what to do and stays', async () => {
    visit = await visitSite(browser(), site().url);
    const page = await visit.context.newPage();
    await page.goto(endPage, { waitUntil: 'networkidle' });
    assert.equal(await page.title(), 'You are signed in');
    assert.match(await page.innerText('main'), /close this tab and go back to the chat/);
    assert.deepEqual(visit.complaints, []);
  });

  it('says the same without scripts', async () => {
    visit = await visitSite(browser(), site().url, { javaScriptEnabled: false });
    const page = await visit.context.newPage();
    await page.goto(endPage);
    assert.match(await page.innerText('main'), /close this tab and go back to the chat/);
  });

  it('copies the link for an administrator', async () => {
    visit = await visitSite(browser(), site().url, { permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await visit.context.newPage();
    await page.goto(`${appOrigin}/auth/callback?code=c&state=consent`);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), consentUrl);
  });

  it('is never shown inside a frame', async () => {
    visit = await visitSite(browser(), site().url);
    const page = await visit.context.newPage();
    await page.goto(`${appOrigin}/host`);
    await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.onload = resolve;
      frame.src = '${endPage}';
      document.body.append(frame);
    })`);
    assert.equal(page.frames()[1]?.url(), 'chrome-error://chromewebdata/');
  });
});
