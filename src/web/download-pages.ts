/** Builds the pages that people read when a download did not work. */
import type { TakeOutcome } from '../usecases/files/download-export.ts';
import type { FileFormat } from '../domain/okrs/file/okr-file.ts';
import { html, type Html } from './html.ts';
import { formatWords } from './offer-pages.ts';
import type { Page } from './page.ts';

type Words = Pick<Page, 'status' | 'tone' | 'title' | 'body'>;
export type LinkTrouble = 'used' | 'expired' | 'unknown';
type Failed = Extract<TakeOutcome, { kind: 'failed' }>;

const again = html`<p>Go back to the chat and press <strong>Download</strong> again for a fresh link.</p>`;

export function linkTroublePage(kind: LinkTrouble): Page {
  switch (kind) {
    case 'used':
      return {
        status: 410,
        tone: 'ask',
        title: 'This link was used already',
        body: html`<p>
            Each format can be taken once, and all were. The files are probably in your downloads folder.
          </p>
          ${again}`,
      };
    case 'expired':
      return {
        status: 410,
        tone: 'ask',
        title: 'This link is too old',
        body: html`<p>Download links work for 5 minutes.</p>
          ${again}`,
      };
    case 'unknown':
      return {
        status: 404,
        tone: 'ask',
        title: 'This link does not work',
        body: html`<p>It may not have been copied completely.</p>
          ${again}`,
      };
  }
}

/** Of one format; the others can still be had with the same link. */
export const takenPage = (format: FileFormat): Page => ({
  status: 410,
  tone: 'ask',
  title: 'You have this one already',
  body: html`<p>
      ${formatWords[format].title} was taken with this link, and each format can be taken once. The file is
      probably in your downloads folder.
    </p>
    <p><a href="?">Back to the other formats</a></p>
    ${again}`,
});

const sentence = (text: string): Html => html`<p>${text}</p>`;

const signInNeeded: Words = {
  status: 403,
  tone: 'ask',
  title: 'Please sign in again',
  body: html`<p>Microsoft wants to be sure that it is still you. The bot asks you to sign in, in the chat.</p>
    ${again}`,
};

const noAccess: Words = {
  status: 403,
  tone: 'trouble',
  title: 'You have no access to this export',
  body: sentence(
    'Microsoft refused the file to your account. Your access to the view may have been removed.',
  ),
};

const contentGone: Words = {
  status: 410,
  tone: 'ask',
  title: 'This export has expired',
  body: html`<p>
    Microsoft does not keep the file any more. Go back to the chat and press
    <strong>Export again</strong>.
  </p>`,
};

const notConverted: Words = {
  status: 422,
  tone: 'ask',
  title: 'This form of the file could not be made',
  body: html`<p>
    The file itself is fine. Go back one page and choose <strong>Original</strong>: your link is still good.
  </p>`,
};

const notKept: Words = {
  status: 410,
  tone: 'ask',
  title: 'Your file is not kept any more',
  body: html`<p>Files that you send are kept for a day. Go back to the chat and send it once more.</p>`,
};

function failure({ why, limitMegabytes }: Failed): Words {
  switch (why) {
    case 'signInNeeded':
      return signInNeeded;
    case 'noAccess':
      return noAccess;
    case 'contentGone':
      return contentGone;
    case 'notCsv':
      return {
        status: 502,
        tone: 'trouble',
        title: 'Microsoft sent something else',
        body: html`<p>What came was not a CSV file, so it was not handed over.</p>
          ${again}`,
      };
    case 'tooLarge':
      return { status: 502, tone: 'trouble', title: 'The file is too large', body: tooLarge(limitMegabytes) };
    case 'notConverted':
      return notConverted;
    case 'notKept':
      return notKept;
    case 'badRedirect':
    case 'unavailable':
      return {
        status: 502,
        tone: 'trouble',
        title: 'The download did not work',
        body: html`<p>
            The file could not be fetched from Microsoft. Nothing is lost; please try again in a minute.
          </p>
          ${again}`,
      };
  }
}

const tooLarge = (limitMegabytes: number | undefined): Html =>
  limitMegabytes === undefined
    ? sentence('It is larger than this bot hands over; its operator can raise the limit.')
    : html`<p>
        The file is larger than this bot’s limit of ${limitMegabytes} MB; its operator can raise it.
      </p>`;

export const failurePage = (failed: Failed): Page => ({ ...failure(failed), reference: failed.reference });

/** The file broke before its first byte went out. */
export const brokenPage = (reference: string): Page =>
  failurePage({ kind: 'failed', why: 'unavailable', reference });

export const busyPage: Page = {
  status: 503,
  tone: 'ask',
  title: 'Many downloads at once',
  body: html`<p>
    Your link is still good: go back one page and press <strong>Download</strong> again in a moment.
  </p>`,
};
