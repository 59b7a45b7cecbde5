/** Builds the pages that people read at the end of a sign-in, with what they can do next. */
import type { ConsentLanded } from '../usecases/sign-in/admin-consent.ts';
import type { FinishOutcome } from '../usecases/sign-in/sign-in-by-browser.ts';
import type { RichText } from '../words/en/phrasing/rich-text.ts';
import type { Words } from '../words/words.ts';
import { html, type Html } from './html.ts';
import type { Page } from './page.ts';
import { paragraphs, rich } from './rich-html.ts';

export type SignInTrouble = Exclude<FinishOutcome, { kind: 'signedIn' }>;
type SignInWords = Words['signInPages'];
type Look = Pick<Page, 'status' | 'tone'>;

const againLink = ({ again }: SignInWords, requestId: string | undefined): Html =>
  requestId === undefined
    ? html`<p>${rich(again.backToChat)}</p>`
    : html`<p>
        <a class="button" href="/auth/start?request=${encodeURIComponent(requestId)}">${again.tryAgain}</a>
      </p>`;

/** The link can be forwarded: it is shown as text as well, and a script adds a button that copies it. */
const consentLink = ({ administrator }: SignInWords, url: string | undefined): Html =>
  url === undefined
    ? html`<p>${administrator.askOne}</p>`
    : html`<p>${administrator.sendLink}</p>
        <p
          class="copy"
          data-copy="${administrator.copy}"
          data-copied="${administrator.copied}"
          data-by-hand="${administrator.copyByHand}"
        >
          <input aria-label="${administrator.linkLabel}" readonly value="${url}" />
        </p>
        <p>${administrator.goesOn}</p>
        <p class="small">${rich(administrator.areYouOne(url))}</p>`;

/** They make nothing of a page outside Teams. */
const inTeams = ['teams.js', 'sign-in-end.js'] as const;

/** @param nonce handed to Teams by the page's script; the text holds without it */
export const signedInPage = ({ signInPages: { signedIn } }: Words, nonce: string): Page => ({
  status: 200,
  tone: 'done',
  title: signedIn.title,
  body: html`<p data-nonce="${nonce}">${signedIn.closeTab}</p>
    <p class="small">${signedIn.goesOn}</p>`,
  scripts: inTeams,
});

const looks: Readonly<Record<SignInTrouble['kind'], Look>> = {
  wrongPerson: { status: 403, tone: 'ask' },
  used: { status: 410, tone: 'ask' },
  expired: { status: 410, tone: 'ask' },
  unknown: { status: 404, tone: 'ask' },
  declined: { status: 403, tone: 'ask' },
  consentNeeded: { status: 403, tone: 'ask' },
  notAccepted: { status: 400, tone: 'trouble' },
  unavailable: { status: 503, tone: 'trouble' },
  operatorFault: { status: 500, tone: 'trouble' },
};

function nextStep(words: SignInWords, outcome: SignInTrouble): Html {
  switch (outcome.kind) {
    case 'wrongPerson':
    case 'expired':
    case 'declined':
    case 'notAccepted':
    case 'unavailable':
      return againLink(words, outcome.requestId);
    case 'consentNeeded':
      return consentLink(words, outcome.adminConsentUrl);
    case 'used':
    case 'unknown':
    case 'operatorFault':
      return html``;
  }
}

const smallLine = (text: RichText | undefined): Html =>
  text === undefined ? html`` : html`<p class="small">${rich(text)}</p>`;

/** What Microsoft's support asks for. */
const correlation = ({ correlationId }: SignInWords, id: string | undefined): Html =>
  id === undefined ? html`` : html`<p class="reference">${correlationId} <code>${id}</code></p>`;

export function troublePage({ signInPages }: Words, outcome: SignInTrouble, reference: string): Page {
  const { title, body, small } = signInPages.trouble[outcome.kind];
  const copying = outcome.adminConsentUrl === undefined ? [] : (['copy-link.js'] as const);
  return {
    ...looks[outcome.kind],
    title,
    body: html`${paragraphs(body)} ${smallLine(small)} ${nextStep(signInPages, outcome)}
    ${correlation(signInPages, outcome.correlationId)}`,
    scripts: [...inTeams, ...copying],
    reference,
  };
}

type Landing = Awaited<ReturnType<ConsentLanded>>;

const looksOfLanding: Readonly<Record<Landing['kind'], Look>> = {
  granted: { status: 200, tone: 'done' },
  thanked: { status: 200, tone: 'done' },
  declined: { status: 403, tone: 'ask' },
  unknownTenant: { status: 403, tone: 'ask' },
};

export function consentPage({ pages }: Words, { kind }: Landing): Page {
  const said = pages.consent[kind];
  const { title, body, small } = { small: undefined, ...said };
  return { ...looksOfLanding[kind], title, body: html`${paragraphs(body)} ${smallLine(small)}` };
}
