/** Signing in with the button, in real Chromium, through the whole app: what a person does in the window, and what follows. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { sandboxPeople, sandboxTenantId, type Person } from '../../src/sandbox/chat/people.ts';
import { readyAtOnce, useAppWorld, type View } from '../support/app/app-suite.ts';
import { describeWithBrowser } from '../support/mocha/browser.ts';
import { latest, oauthCardOf } from '../support/teams/card-search.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { passTime } from '../support/app/time-travel.ts';
import { hostPage } from '../web/browser-visit.ts';

const [ada, benno, cleo, dario, edda, farid] = sandboxPeople;
const named = (person: Person | undefined): Person => person ?? assert.fail('the sandbox has six people');

describeWithBrowser('signing in with the button in Chromium', (browser) => {
  const { world, view, say, prompt, card } = useAppWorld();
  const complaints: string[] = [];
  let page: Page;

  const openBrowser = async (javaScriptEnabled = true): Promise<void> => {
    const context = await browser().newContext({ javaScriptEnabled });
    context.on('weberror', (error) => complaints.push(error.error().message));
    context.on('console', (message) => {
      if (/policy/i.test(message.text())) complaints.push(message.text());
    });
    await context.route(`${world().publicUrl}/host`, (route) =>
      route.fulfill({ contentType: 'text/html', body: hostPage }),
    );
    await context.route('https://res.cdn.office.net/**', (route) =>
      route.fulfill({ json: { validOrigins: [] } }),
    );
    page = await context.newPage();
  };
  beforeEach(() => openBrowser());
  afterEach(async () => {
    await page.context().close();
    assert.deepEqual(complaints.splice(0), []);
  });

  /** Asks for an export in the person's own chat, and gives the address behind the prompt's button. */
  const askedToSignIn = async (person: Person): Promise<{ readonly link: string; readonly wanted: View }> => {
    const wanted = view(readyAtOnce);
    await say(personalChat(person), person, wanted.url);
    const shown = await prompt(personalChat(person));
    const link = oauthCardOf(latest(shown))?.buttons[0]?.value;
    return { wanted, link: link ?? assert.fail('the prompt has a button') };
  };
  const choose = (where: Page, person: Person): Promise<void> =>
    where.getByRole('button', { name: `Sign in to the sandbox as ${person.name}` }).click();
  const heading = async (text: string): Promise<void> => {
    await page.getByRole('heading', { level: 1, name: text }).waitFor();
  };
  const exported = (person: Person, wanted: View) => card(personalChat(person), /Your file is ready/, wanted);

  it('inside Teams, closes its window by itself, and Teams brings the bot what it was handed', async () => {
    const { link, wanted } = await askedToSignIn(ada);
    await page.goto(`${world().publicUrl}/host`);
    const opened = page.waitForEvent('popup');
    await page.evaluate(`void window.open('${link}', 'sign-in', 'width=600,height=535')`);
    const popup = await opened;
    const closed = popup.waitForEvent('close');
    await choose(popup, ada);
    const state: unknown = await page.evaluate('globalThis.outcome');
    await closed;
    const verify = () => world().channel.invoke(personalChat(ada), ada, 'signin/verifyState', { state });
    assert.equal((await verify()).status, 200);
    assert.equal((await verify()).status, 404, 'what was handed over is good once');
    await exported(ada, wanted);
  });

  it('outside Teams, goes on without anybody bringing anything; going back and reloading break nothing', async () => {
    const person = named(benno);
    const { link, wanted } = await askedToSignIn(person);
    await page.goto(link);
    await choose(page, person);
    await heading('You are signed in');
    await exported(person, wanted);
    await page.reload();
    await heading('This page was used already');
    await page.goBack();
    await choose(page, person);
    await heading('This page was used already');
    await page.goto(link);
    await heading('This sign-in link does not work any more');
  });

  it('lets a person try again who closed the window, and one who chose another account', async () => {
    const person = named(cleo);
    const { link, wanted } = await askedToSignIn(person);
    const first = await page.context().newPage();
    await first.goto(link);
    await first.close();
    await page.goto(link);
    await choose(page, ada);
    await heading('That was another account');
    const words = await page.innerText('main');
    for (const someone of [ada, person]) assert.ok(!words.includes(someone.name.split(' ')[0] ?? ''));
    await page.getByRole('link', { name: 'Try again' }).click();
    await choose(page, person);
    await heading('You are signed in');
    await exported(person, wanted);
  });

  it('does all of it without scripts, after a refusal as well', async () => {
    await page.context().close();
    await openBrowser(false);
    const person = named(dario);
    const { link, wanted } = await askedToSignIn(person);
    await page.goto(link);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await heading('You did not sign in');
    await page.getByRole('link', { name: 'Try again' }).click();
    await choose(page, person);
    await heading('You are signed in');
    await exported(person, wanted);
  });

  it('says so when it took too long, and the prompt still works', async () => {
    const person = named(edda);
    const { link, wanted } = await askedToSignIn(person);
    await page.goto(link);
    await passTime(world(), 601);
    await choose(page, person);
    await heading('That took too long');
    await page.goto(link);
    await choose(page, person);
    await heading('You are signed in');
    await exported(person, wanted);
  });

  it('leads to an administrator where one is needed, who may decline, and allow later', async () => {
    const person = named(farid);
    const clientId = world().variables['AAD_APP_CLIENT_ID'] ?? '';
    world().entra.setAdminConsent(sandboxTenantId, clientId, false);
    const { link, wanted } = await askedToSignIn(person);
    await page.goto(link);
    await choose(page, person);
    await heading('An administrator has to allow this first');
    const forwarded = await page.getByRole('textbox', { name: 'Link for an administrator' }).inputValue();
    await page.getByRole('link', { name: 'Allow it now' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await heading('The app was not allowed');
    await page.goto(forwarded);
    await page.getByRole('button', { name: 'Accept' }).click();
    await heading('The app is allowed');
    const again = await prompt(personalChat(person));
    await page.goto(oauthCardOf(latest(again))?.buttons[0]?.value ?? assert.fail('the prompt has a button'));
    await choose(page, person);
    await heading('You are signed in');
    await exported(person, wanted);
  });
});
