/** Builds the pages that people read when a download did not work. */
import type { TakeOutcome } from '../usecases/files/download-export.ts';
import type { FileFormat } from '../domain/okrs/file/okr-file.ts';
import type { Words } from '../words/words.ts';
import { html } from './html.ts';
import type { Page } from './page.ts';
import { paragraphs, rich } from './rich-html.ts';

export type LinkTrouble = 'used' | 'expired' | 'unknown';
type Failed = Extract<TakeOutcome, { kind: 'failed' }>;
type Look = Pick<Page, 'status' | 'tone'>;

const looksOfLink: Readonly<Record<LinkTrouble, Look>> = {
  used: { status: 410, tone: 'ask' },
  expired: { status: 410, tone: 'ask' },
  unknown: { status: 404, tone: 'ask' },
};

export function linkTroublePage({ pages }: Words, kind: LinkTrouble): Page {
  const { title, body } = pages.link[kind];
  return { ...looksOfLink[kind], title, body: paragraphs(body) };
}

/** Of one format; the others can still be had with the same link. */
export function takenPage({ pages }: Words, format: FileFormat): Page {
  const { title, wasTaken, others, freshLink } = pages.taken;
  return {
    status: 410,
    tone: 'ask',
    title,
    body: html`<p>${wasTaken(pages.offer.formats[format].title)}</p>
      <p><a href="?">${others}</a></p>
      <p>${rich(freshLink)}</p>`,
  };
}

const looksOfFailure: Readonly<Record<Failed['why'], Look>> = {
  signInNeeded: { status: 403, tone: 'ask' },
  noAccess: { status: 403, tone: 'trouble' },
  contentGone: { status: 410, tone: 'ask' },
  notConverted: { status: 422, tone: 'ask' },
  noRoom: { status: 503, tone: 'trouble' },
  notKept: { status: 410, tone: 'ask' },
  notCsv: { status: 502, tone: 'trouble' },
  tooLarge: { status: 502, tone: 'trouble' },
  badRedirect: { status: 502, tone: 'trouble' },
  operatorFault: { status: 503, tone: 'trouble' },
  unavailable: { status: 502, tone: 'trouble' },
};

function wordsOfFailure({ pages }: Words, { why, limitMegabytes }: Failed) {
  switch (why) {
    case 'tooLarge':
      return pages.failed.tooLarge(limitMegabytes);
    case 'badRedirect':
      return pages.failed.unavailable;
    case 'signInNeeded':
    case 'noAccess':
    case 'contentGone':
    case 'notConverted':
    case 'noRoom':
    case 'notKept':
    case 'notCsv':
    case 'operatorFault':
    case 'unavailable':
      return pages.failed[why];
  }
}

export function failurePage(words: Words, failed: Failed): Page {
  const { title, body } = wordsOfFailure(words, failed);
  return { ...looksOfFailure[failed.why], title, body: paragraphs(body), reference: failed.reference };
}

/** The file broke before its first byte went out. */
export const brokenPage = (words: Words, reference: string): Page =>
  failurePage(words, { kind: 'failed', why: 'unavailable', reference });

/** The same for one person's own. */
export const ownBusyPage = ({ pages }: Words, max: number): Page => {
  const { title, body } = pages.failed.ownBusy(max);
  return { status: 429, tone: 'ask', title, body: paragraphs(body) };
};

export const busyPage = ({ pages }: Words): Page => ({
  status: 503,
  tone: 'ask',
  title: pages.failed.busy.title,
  body: paragraphs(pages.failed.busy.body),
});
