/** Opens pages of a site that runs on loopback as if it were `https://app.test`, and keeps what the browser complains about. */
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';

export interface BrowserVisit {
  readonly context: BrowserContext;
  /** Breaches of a page's content security policy, script errors and console errors, of every page of the context. */
  readonly complaints: string[];
}

export const appOrigin = 'https://app.test';

/**
 * A page that plays Teams for pop-ups that it opens: answers teams-js' first messages, `/host?theme=dark` naming the theme,
 * and keeps the outcome that it is told.
 */
export const hostPage = `<!doctype html><title>Host</title><script>
  const theme = new URLSearchParams(location.search).get('theme') ?? 'default';
  globalThis.outcome = new Promise((resolve) => {
    addEventListener('message', ({ data, source }) => {
      const answer = (...args) => source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, '*');
      if (data.func === 'initialize') answer('authentication', 'web', '{"apiVersion":1,"supports":{}}', '2.0.1');
      if (data.func === 'getContext') answer({ theme, locale: 'en-us', sessionId: 'sample', frameContext: 'authentication' });
      if (data.func === 'authentication.authenticate.success') resolve(data.args[0]);
      if (data.func === 'authentication.authenticate.failure') resolve('failure: ' + data.args[0]);
    });
  });
</script>`;

const reporter = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('Refused by policy: ' + violatedDirective + ' ' + blockedURI));`;

/** @param site where the pages really come from; the caller closes the context */
export async function visitSite(
  browser: Browser,
  site: string,
  options: BrowserContextOptions = {},
): Promise<BrowserVisit> {
  const context = await browser.newContext(options);
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await context.addInitScript(reporter);
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== appOrigin) await route.fulfill({ json: { validOrigins: [] } });
    else if (url.pathname === '/host') await route.fulfill({ contentType: 'text/html', body: hostPage });
    else await route.fulfill({ response: await route.fetch({ url: site + url.pathname + url.search }) });
  });
  return { context, complaints };
}
