/** Every page takes every sentence from the words, in the language that the browser asks for. */
import assert from 'node:assert/strict';
import { parse } from 'node-html-parser';
import { exportCard } from '../../src/cards/export/export-card.ts';
import { en } from '../../src/words/en/en.ts';
import { createWordsFor } from '../../src/words/words.ts';
import type { FinishOutcome } from '../../src/usecases/sign-in/sign-in-by-browser.ts';
import type { TakeOutcome } from '../../src/usecases/files/download-export.ts';
import { lettersOutside } from '../support/words/outside.ts';
import { pseudoLanguages } from '../support/words/pseudo.ts';
import { sampleJob, startSite, token, type Site } from './run-web-server.ts';

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
const landings = ['granted', 'thanked', 'declined', 'unknownTenant'] as const;
const failures = [
  'signInNeeded',
  'noAccess',
  'contentGone',
  'notConverted',
  'noRoom',
  'notKept',
  'notCsv',
  'tooLarge',
  'badRedirect',
  'operatorFault',
  'unavailable',
] as const;
const links = ['used', 'expired', 'unknown'] as const;
const reference = 'a1b2c3d4';
const adminConsentUrl = 'https://login.example/adminconsent';
const data = ['Sample Exports', 'Sample Operator', reference, adminConsentUrl];

const finished = (state: string): FinishOutcome => {
  const kind = troubles.find((one) => one === state);
  if (kind === undefined) return { kind: 'signedIn', nonce: 'a-nonce' };
  return { kind, ...(kind === 'consentNeeded' && { adminConsentUrl }), correlationId: '0000' };
};

const said = ['aria-label', 'data-preparing', 'data-fetching', 'data-copy', 'data-copied', 'data-by-hand'];

/** What a person reads, hears, or is told by the page's script. */
function textsOf(markup: string): readonly string[] {
  const page = parse(markup);
  const attributes = page
    .querySelectorAll('*')
    .flatMap((element) => said.map((name) => element.getAttribute(name) ?? ''));
  for (const code of page.querySelectorAll('code')) code.remove();
  return [...page.querySelectorAll('title, main').map(({ text }) => text), ...attributes];
}

describe('the words of pages', () => {
  let site: Site;
  let taken: TakeOutcome = { kind: 'unknown' };
  let landing: (typeof landings)[number] = 'granted';
  let linked: (typeof links)[number] | undefined;
  before(async () => {
    site = await startSite({
      wordsFor: createWordsFor(pseudoLanguages),
      exportCardFor: (words, job) => exportCard(words, { job, audience: 'owner', now: job.since }),
      finishSignIn: ({ state }) => Promise.resolve(finished(state)),
      consentLanded: () => Promise.resolve({ kind: landing }),
      takeDownload: () => Promise.resolve(taken),
      openDownload: () =>
        Promise.resolve(
          linked === undefined
            ? { kind: 'open', subject: { kind: 'export', job: sampleJob }, taken: ['workbook'] }
            : { kind: linked },
        ),
    });
  });
  after(() => site.server.stop(0));

  const check = async (path: string, method = 'GET'): Promise<void> => {
    const markup = await (await fetch(site.url + path, { method })).text();
    assert.match(markup, /<html lang="en-x-pseudo" dir="rtl">/, path);
    assert.ok(textsOf(markup).join('').includes('⟦'), path);
    assert.deepEqual(
      textsOf(markup).flatMap((text) => lettersOutside(text, data)),
      [],
      path,
    );
  };

  it('are all of those about the bot, and of addresses that lead nowhere', async () => {
    for (const path of ['/', '/privacy', '/terms', '/support', '/nowhere']) await check(path);
    await check('/privacy', 'DELETE');
    await check(`/d/${token}`, 'DELETE');
  });

  it('are all of those after a sign-in and a consent', async () => {
    for (const state of ['signedIn', ...troubles]) await check(`/auth/callback?code=c&state=${state}`);
    for (const kind of landings) {
      landing = kind;
      await check('/auth/consented?admin_consent=True');
    }
  });

  it('are all of those of a download', async () => {
    for (const kind of [undefined, ...links]) {
      linked = kind;
      await check(`/d/${token}`);
    }
    const outcomes: readonly TakeOutcome[] = [
      ...links.map((kind) => ({ kind })),
      { kind: 'taken', format: 'workbook' },
      { kind: 'busy', max: 3 },
      { kind: 'failed', why: 'tooLarge', limitMegabytes: 20, reference },
      ...failures.map((why) => ({ kind: 'failed', why, reference }) as const),
    ];
    for (const outcome of outcomes) {
      taken = outcome;
      await check(`/d/${token}`, 'POST');
    }
  });
});

describe('the language of pages', () => {
  const languages = { en, de: { ...en, tag: 'de' }, fr: { ...en, tag: 'fr' } };
  let site: Site;
  before(async () => {
    site = await startSite({ wordsFor: createWordsFor(languages) });
  });
  after(() => site.server.stop(0));

  for (const [asked, spoken] of [
    ['de-CH, en;q=0.5', 'de'],
    ['xx, en;q=0.3, fr;q=0.7, de;q=0', 'fr'],
    ['de;q=0.2;x=y , fr; q=0.1', 'de'],
    ['*', 'en'],
    ['q=;,;;;', 'en'],
    [undefined, 'en'],
  ] as const) {
    it(`is ${spoken} for ${asked ?? 'no wish'}`, async () => {
      const headers = asked === undefined ? {} : { 'Accept-Language': asked };
      const markup = await (await fetch(site.url, { headers })).text();
      assert.ok(markup.includes(`<html lang="${spoken}"`));
    });
  }
});
