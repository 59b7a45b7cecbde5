/** Gives suites headless Chromium: Debian's, or the one that CHROMIUM_PATH names. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { describeWith } from './describe-with.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

const missing = existsSync(executablePath)
  ? undefined
  : `no Chromium at ${executablePath}: install the package chromium or set CHROMIUM_PATH`;

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (): Promise<Browser> =>
  // Without a locale of UTF-8 it gives files no name beyond ASCII.
  chromium.launch({ executablePath, headless: true, args, env: { ...process.env, LC_ALL: 'C.UTF-8' } });

/**
 * A suite with one browser, launched before its first test and closed after its last.
 * @param fn receives a function that gives the browser, to be called inside hooks and tests only
 */
export function describeWithBrowser(title: string, fn: (browser: () => Browser) => void): void {
  describeWith(missing, title, () => {
    let browser: Browser | undefined;
    before(async () => {
      browser = await launchBrowser();
    });
    after(async () => {
      await browser?.close();
    });
    fn(() => {
      if (browser === undefined) throw new Error('The browser is there inside hooks and tests only');
      return browser;
    });
  });
}
