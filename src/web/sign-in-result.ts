/** Builds the pages that people read at the end of a sign-in, with what they can do next. */
import type { ConsentLanded } from '../usecases/sign-in/admin-consent.ts';
import type { FinishOutcome } from '../usecases/sign-in/sign-in-by-browser.ts';
import { html, type Html } from './html.ts';
import type { Page } from './page.ts';

type Words = Pick<Page, 'status' | 'tone' | 'title' | 'body'>;
type Trouble = Exclude<FinishOutcome, { kind: 'signedIn' }>;

const backToChat = html`<p>Go back to the chat and press <strong>Sign in</strong> there again.</p>`;

const againLink = (requestId: string | undefined): Html =>
  requestId === undefined
    ? backToChat
    : html`<p>
        <a class="button" href="/auth/start?request=${encodeURIComponent(requestId)}">Try again</a>
      </p>`;

/** The link can be forwarded: it is shown as text as well, and a script adds a button that copies it. */
const consentLink = (url: string | undefined): Html =>
  url === undefined
    ? html`<p>Ask an administrator of your organisation to allow this app, then go back to the chat.</p>`
    : html`<p>Send this link to an administrator of your Microsoft 365:</p>
        <p class="copy" data-copy>
          <input aria-label="Link for an administrator" readonly value="${url}" />
        </p>
        <p>Once they have allowed it, your export goes on by itself.</p>
        <p class="small">Are you an administrator? <a href="${url}">Allow it now</a>.</p>`;

/** They make nothing of a page outside Teams. */
const inTeams = ['teams.js', 'sign-in-end.js'] as const;

/** @param nonce handed to Teams by the page's script; the text holds without it */
export const signedInPage = (nonce: string): Page => ({
  status: 200,
  tone: 'done',
  title: 'You are signed in',
  body: html`<p data-nonce="${nonce}">You can close this tab and go back to the chat.</p>
    <p class="small">What you asked for goes on there by itself.</p>`,
  scripts: inTeams,
});

const usedLink: Words = {
  status: 410,
  tone: 'ask',
  title: 'This page was used already',
  body: html`<p>The sign-in was finished before. You can close this tab and go back to the chat.</p>
    <p class="small">If the bot still asks you there, press <strong>Sign in</strong> again.</p>`,
};

const unknownLink: Words = {
  status: 404,
  tone: 'ask',
  title: 'This sign-in link does not work any more',
  body: html`<p>You may be signed in already, or the link was not copied completely.</p>
    <p>
      Go back to the chat. If the bot asks you to sign in, press its newest
      <strong>Sign in</strong> button.
    </p>`,
};

function words(outcome: Trouble): Words {
  const again = againLink(outcome.requestId);
  switch (outcome.kind) {
    case 'wrongPerson':
      return {
        status: 403,
        tone: 'ask',
        title: 'That was another account',
        body: html`<p>
            You signed in with an account that is not the one that asked in the chat, so nothing was started.
          </p>
          <p>Sign in with the account that you use in Teams.</p>
          ${again}`,
      };
    case 'used':
      return usedLink;
    case 'expired':
      return {
        status: 410,
        tone: 'ask',
        title: 'That took too long',
        body: html`<p>For your safety a sign-in has to be finished within 10 minutes.</p>
          ${again}`,
      };
    case 'unknown':
      return unknownLink;
    case 'declined':
      return {
        status: 403,
        tone: 'ask',
        title: 'You did not sign in',
        body: html`<p>Nothing was allowed, and nothing was started.</p>
          ${again}`,
      };
    case 'consentNeeded':
      return {
        status: 403,
        tone: 'ask',
        title: 'An administrator has to allow this first',
        body: html`<p>Your organisation lets administrators decide which apps may export from Viva Goals.</p>
          ${consentLink(outcome.adminConsentUrl)}`,
      };
    case 'notAccepted':
      return {
        status: 400,
        tone: 'trouble',
        title: 'Microsoft did not accept this sign-in',
        body: html`<p>You are not signed in, and nothing was started.</p>
          ${again}`,
      };
    case 'unavailable':
      return unavailable(again);
    case 'operatorFault':
      return operatorFault;
  }
}

const unavailable = (again: Html): Words => ({
  status: 503,
  tone: 'trouble',
  title: 'Signing in does not work right now',
  body: html`<p>The sign-in service could not be reached. Please try again in a minute.</p>
    ${again}`,
});

const operatorFault: Words = {
  status: 500,
  tone: 'trouble',
  title: 'This bot is not set up correctly',
  body: html`<p>
      It is not your fault, and signing in again will not help. Whoever runs the bot has to mend it; your
      export goes on afterwards.
    </p>
    <p>Please tell them the reference below.</p>`,
};

/** What Microsoft's support asks for. */
const correlation = (id: string | undefined): Html =>
  id === undefined ? html`` : html`<p class="reference">Microsoft’s correlation id: <code>${id}</code></p>`;

export function troublePage(outcome: Trouble, reference: string): Page {
  const { body, ...rest } = words(outcome);
  const copying = outcome.adminConsentUrl === undefined ? [] : (['copy-link.js'] as const);
  const traced = html`${body} ${correlation(outcome.correlationId)}`;
  return { ...rest, body: traced, scripts: [...inTeams, ...copying], reference };
}

export function consentPage(landed: Awaited<ReturnType<ConsentLanded>>): Page {
  switch (landed.kind) {
    case 'granted':
      return {
        status: 200,
        tone: 'done',
        title: 'The app is allowed',
        body: html`<p>
            Thank you. Exports that waited for this go on by themselves; people in your organisation are not
            asked again.
          </p>
          <p class="small">You can close this tab.</p>`,
      };
    case 'thanked':
      return {
        status: 200,
        tone: 'done',
        title: 'Thank you',
        body: html`<p>
            If you have just allowed the app: whoever waits for it presses <strong>Check again</strong> on
            their card, and their export goes on.
          </p>
          <p class="small">You can close this tab.</p>`,
      };
    case 'declined':
      return {
        status: 403,
        tone: 'ask',
        title: 'The app was not allowed',
        body: html`<p>
          Nothing was changed. Whoever sent you the link can send it again when you want to allow the app
          later.
        </p>`,
      };
    case 'unknownTenant':
      return {
        status: 403,
        tone: 'ask',
        title: 'This bot is not set up for your organisation',
        body: html`<p>Whoever runs the bot has to add your organisation first. Nothing was started.</p>`,
      };
  }
}
