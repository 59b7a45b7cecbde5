/** Serves one-time download links: looking changes nothing, pressing a button hands over the file in that format, once. */
import * as z from 'zod';
import { summaryOf, type Card } from '../cards/blocks/adaptive-card.ts';
import { withoutActions } from '../cards/blocks/without-actions.ts';
import { plainText } from '../cards/blocks/untrusted-text.ts';
import type { ExportJob } from '../domain/exports/export-job.ts';
import { fileFormats, type FileFormat } from '../domain/okrs/file/okr-file.ts';
import type { OpenDownload, TakeDownload, TakeOutcome } from '../usecases/files/download-export.ts';
import { wordsAbout, type Words } from '../words/words.ts';
import {
  brokenPage,
  busyPage,
  failurePage,
  linkTroublePage,
  ownBusyPage,
  takenPage,
} from './download-pages.ts';
import { confirmPage, ownFilePage } from './offer-pages.ts';
import { sendPage } from './page.ts';
import type { Route, Visit } from './route.ts';
import { sendFile } from './send-file.ts';

export interface DownloadsDeps {
  readonly openDownload: OpenDownload;
  readonly takeDownload: TakeDownload;
  /** The owner's card of the export; its buttons are left out here. */
  readonly exportCardFor: (words: Words, job: ExportJob) => Card;
  /** How many files may be on their way at the same time. */
  readonly maxAtOnce?: number;
}

type File = Extract<TakeOutcome, { kind: 'file' }>;

/** 256 bits, base64url. */
const params = z.object({ token: z.string().regex(/^[\w-]{43}$/) });
const unknown = { kind: 'unknown' } as const;

/** A wish that is none means the file as it came. */
const formatOf = ({ query }: Visit): FileFormat =>
  fileFormats.find((format) => format === query.get('format')) ?? 'original';

async function show({ openDownload, exportCardFor }: DownloadsDeps, visit: Visit): Promise<void> {
  const given = params.safeParse(visit.params);
  const link = given.success ? await openDownload(given.data.token) : unknown;
  if (link.kind !== 'open') {
    sendPage(visit.words, visit.response, linkTroublePage(visit.words, link.kind));
    return;
  }
  const { words } = visit;
  const { subject, taken } = link;
  if (subject.kind === 'ownFile') {
    const name = plainText(subject.file.name, words.pages.offer.yourFile);
    sendPage(words, visit.response, ownFilePage(words, name, taken));
    return;
  }
  const card = withoutActions(exportCardFor(words, subject.job));
  const said = wordsAbout(words, subject.job.target);
  sendPage(words, visit.response, confirmPage(said, { card, text: summaryOf(card), taken }));
}

async function handOver(file: File, format: FileFormat, visit: Visit): Promise<void> {
  const { response, words, reference, log } = visit;
  const sent = await sendFile(response, { ...file, beganCookie: `__Host-download-${format}` });
  if (sent.kind === 'whole') {
    await file.finished(sent.bytes);
    return;
  }
  log.warn({ err: sent.cause }, 'A download broke off');
  await file.broken(sent.cause);
  if (sent.untouched) sendPage(words, response, brokenPage(words, reference));
}

async function take({ takeDownload }: DownloadsDeps, visit: Visit): Promise<void> {
  const { words } = visit;
  const given = params.safeParse(visit.params);
  const format = formatOf(visit);
  const taken = given.success ? await takeDownload(given.data.token, format) : unknown;
  switch (taken.kind) {
    case 'file':
      return handOver(taken, format, visit);
    case 'failed': {
      sendPage(words, visit.response, failurePage(words, taken));
      return;
    }
    case 'busy': {
      visit.response.setHeader('Retry-After', '10');
      sendPage(words, visit.response, ownBusyPage(words, taken.max));
      return;
    }
    case 'taken': {
      sendPage(words, visit.response, takenPage(words, taken.format));
      return;
    }
    case 'used':
    case 'expired':
    case 'unknown': {
      sendPage(words, visit.response, linkTroublePage(words, taken.kind));
      return;
    }
  }
}

/** Too many at once are turned away before the link is used up. */
function createTake(deps: DownloadsDeps): Route['handle'] {
  let underWay = 0;
  return async function takeDownload(visit) {
    if (underWay >= (deps.maxAtOnce ?? 20)) {
      visit.response.setHeader('Retry-After', '10');
      sendPage(visit.words, visit.response, busyPage(visit.words));
      return;
    }
    underWay += 1;
    await take(deps, visit).finally(() => {
      underWay -= 1;
    });
  };
}

export const createDownloads = (deps: DownloadsDeps): readonly Route[] => [
  { method: 'get', path: '/d/:token', handle: async (visit) => await show(deps, visit) },
  { method: 'post', path: '/d/:token', handle: createTake(deps) },
];
