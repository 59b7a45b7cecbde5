/** Serves the pages about the bot itself (start, privacy, terms, help) and the pages' files. */
import type { RichText } from '../words/en/phrasing/rich-text.ts';
import type { Words } from '../words/words.ts';
import { html, type Html } from './html.ts';
import { assetAt } from './asset-files.ts';
import { sendPage, type Page } from './page.ts';
import { rich } from './rich-html.ts';
import { notFoundPage, type Route, type Visit } from './route.ts';

export interface About {
  readonly appName: string;
  /** Who runs this bot, as its users know them. */
  readonly operatorName: string;
  /** A web address or `mailto:` of the operator. */
  readonly operatorUrl?: string;
  /** Days after which records of ended exports are deleted. */
  readonly retentionDays: number;
  /** The same of the audit trail. */
  readonly auditRetentionDays: number;
}

const operator = ({ operatorName, operatorUrl }: About): RichText[number] =>
  operatorUrl === undefined ? operatorName : { link: operatorName, href: operatorUrl };

const questions = ({ contact }: Words['infoPages'], about: About): Html =>
  html`<h2>${contact.title}</h2>
    <p>${about.operatorUrl === undefined ? contact.unknown : rich(contact.known(operator(about)))}</p>`;

const listOf = (items: readonly string[]): Html =>
  html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;

const startPage = ({ infoPages }: Words, about: About): Page => ({
  status: 200,
  tone: 'plain',
  title: about.appName,
  body: html`${infoPages.start.body.map((text) => html`<p>${text}</p>`)}
    <p class="small">
      <a href="/support">${infoPages.toSupport}</a> · <a href="/privacy">${infoPages.toPrivacy}</a> ·
      <a href="/terms">${infoPages.toTerms}</a>
    </p>`,
});

function privacyPage({ infoPages }: Words, about: About): Page {
  const { title, opening, kept, notKept, howLong, yours } = infoPages.privacy;
  const { protectedBy } = infoPages;
  return {
    status: 200,
    tone: 'plain',
    wide: true,
    title,
    body: html`<p>${rich(opening(about.appName, operator(about)))}</p>
      <h2>${kept.title}</h2>
      ${listOf(kept.items)}
      <h2>${notKept.title}</h2>
      ${listOf(notKept.items)}
      <h2>${howLong.title}</h2>
      <p>${howLong.text(about.retentionDays, about.auditRetentionDays)}</p>
      <h2>${protectedBy.title}</h2>
      <p>${protectedBy.text}</p>
      <h2>${yours.title}</h2>
      <p>${rich(yours.text)}</p>
      <p>${yours.nobodyElse}</p>
      ${questions(infoPages, about)}`,
  };
}

const termsPage = ({ infoPages }: Words, about: About): Page => ({
  status: 200,
  tone: 'plain',
  wide: true,
  title: infoPages.terms.title,
  body: html`<p>${rich(infoPages.terms.opening(about.appName, operator(about)))}</p>
    ${listOf(infoPages.terms.items)} ${questions(infoPages, about)}
    <p class="small"><a href="/privacy">${infoPages.toPrivacy}</a></p>`,
});

const supportPage = ({ infoPages }: Words, about: About): Page => ({
  status: 200,
  tone: 'plain',
  wide: true,
  title: infoPages.support.title,
  body: html`<ul>
      ${infoPages.support.steps.map((step) => html`<li>${rich(step)}</li>`)}
    </ul>
    ${questions(infoPages, about)}
    <p class="small">
      <a href="/privacy">${infoPages.toPrivacy}</a> · <a href="/terms">${infoPages.toTerms}</a>
    </p>`,
});

function sendAsset(visit: Visit): void {
  const asset = assetAt(visit.request.url ?? '');
  if (asset === undefined) return sendPage(visit.words, visit.response, notFoundPage(visit.words));
  const zipped = /\bgzip\b/.test(visit.request.headers['accept-encoding'] ?? '');
  const bytes = zipped ? asset.gzipped : asset.bytes;
  visit.response.writeHead(200, {
    'Content-Type': asset.type,
    'Content-Length': bytes.length,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
  });
  visit.response.end(bytes);
}

function fixed(build: (words: Words, about: About) => Page, about: About): Route['handle'] {
  return function answerFixedPage({ words, response }) {
    return sendPage(words, response, build(words, about));
  };
}

export const createInfoPages = (about: About): readonly Route[] => [
  { method: 'get', path: '/', handle: fixed(startPage, about) },
  { method: 'get', path: '/privacy', handle: fixed(privacyPage, about) },
  { method: 'get', path: '/terms', handle: fixed(termsPage, about) },
  { method: 'get', path: '/support', handle: fixed(supportPage, about) },
  { method: 'get', path: '/assets/:version/:file', handle: sendAsset },
];
