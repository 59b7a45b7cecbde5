/** Makes one sample of every card about a person's own file, saving, sharing and deleting. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { forgottenCard } from '../../cards/export/export-card.ts';
import { limitCard } from '../../cards/talk/not-done-cards.ts';
import { dataDeletedCard, dataKeptCard, myDataCard } from '../../cards/talk/my-data-card.ts';
import { ownFileCard } from '../../cards/own-file/own-file-card.ts';
import type { OwnFileCardContent } from '../../cards/own-file/own-file-card.ts';
import type { NotSavedCause } from '../../cards/own-file/save-cards.ts';
import { notSavedCard, savedCard } from '../../cards/own-file/save-cards.ts';
import { leftOutFilesCard, unreadableFilesCard } from '../../cards/own-file/sent-files-card.ts';
import type { ShareResult } from '../../cards/export/share-cards.ts';
import { shareQuestionCard, shareResultCard, sharedSummaryCard } from '../../cards/export/share-cards.ts';
import type { NotTakenCause, OwnFile, OwnFileState } from '../../domain/own-files/own-file.ts';
import type { OkrSummary } from '../../domain/okrs/reading/okr-summary.ts';
import type { UnreadCause } from '../../domain/okrs/file/okr-file.ts';
import { en } from '../../words/en/en.ts';
import { nothingChanged, sampleChanges, sampleSummary } from './sample-answers.ts';
import { sampleJob, sampleJobs, sampleNow } from './sample-jobs.ts';

const limits = { megabytes: 20, rows: 100_000 };
export const sampleFile: OwnFile = {
  id: '0c5ae1de-6f3b-4a55-9b1e-2f0a9d0c7b11',
  owner: sampleJob.requester,
  name: 'VivaGoals_42_Company OKRs_2026_03_04.csv',
  receivedAt: sampleNow,
  state: { status: 'received' },
  version: 1,
};

const kept: OwnFile = {
  ...sampleFile,
  kind: 'csv',
  size: 214_300,
  keptUntil: new Date(sampleNow.getTime() + 24 * 3600_000),
};

const inState = (state: OwnFileState, more: Partial<OwnFileCardContent> = {}): Card =>
  ownFileCard(en, {
    file: { ...(state.status === 'read' ? kept : sampleFile), state },
    limits,
    canSave: true,
    ...more,
  });

const notTaken: readonly NotTakenCause[] = [
  'linkTooOld',
  'hostNotAllowed',
  'tooLarge',
  'notATable',
  'unreachable',
  'redirected',
  'empty',
  'archive',
  'numbers',
  'otherSpreadsheet',
];
const unread: readonly UnreadCause[] = [
  'noTitleColumn',
  'noRows',
  'empty',
  'archive',
  'notATable',
  'tooLarge',
  'tooManyRows',
  'unpacksTooLarge',
  'encrypted',
  'damaged',
  'tookTooLong',
  'crashed',
  'later',
  'noRoom',
  'signInNeeded',
];
const notSaved: readonly NotSavedCause[] = [
  'declined',
  'sessionOver',
  'noRoom',
  'tooLarge',
  'locked',
  'hostNotAllowed',
  'refused',
  'unavailable',
  'noFile',
];
const shareResults: readonly ShareResult[] = ['shared', 'alreadyShared', 'notShared', 'nothingToShare'];

const named = <K extends string>(
  prefix: string,
  kinds: readonly K[],
  make: (kind: K) => Card,
): Readonly<Record<string, Card>> =>
  Object.fromEntries(kinds.map((kind) => [`${prefix}-${kind}`, make(kind)]));

const ready = sampleJobs['ready'] ?? sampleJob;
const answer = { summary: sampleSummary, changes: sampleChanges, asOf: ready.since };
const oddSummary: OkrSummary = {
  ...sampleSummary,
  gaps: [{ kind: 'otherSheets', read: 'Q3', others: 1 }, { kind: 'windows1252' }],
};
const mine = {
  exports: 12,
  openExports: 2,
  readings: 9,
  snapshots: 4,
  ownFiles: 1,
  names: 2,
  schedules: 2,
  sharedNames: 1,
  signedIn: true,
};
const none = {
  exports: 0,
  openExports: 0,
  readings: 0,
  snapshots: 0,
  ownFiles: 0,
  names: 0,
  schedules: 0,
  sharedNames: 0,
  signedIn: false,
};
const download = {
  url: 'https://bot.example.com/d/sample',
  expiresAt: new Date(sampleNow.getTime() + 5 * 60_000),
};

export const fileCards: Readonly<Record<string, Card>> = {
  'file-received': inState({ status: 'received' }),
  'file-reading': inState({ status: 'reading' }),
  'file-read': inState({ status: 'read' }, { answer }),
  'file-read-first': inState({ status: 'read' }, { answer: { ...answer, changes: nothingChanged } }),
  'file-read-no-onedrive': inState({ status: 'read' }, { answer, canSave: false }),
  'file-read-odd': inState({ status: 'read' }, { answer: { ...answer, summary: oddSummary } }),
  'file-link': inState({ status: 'read' }, { answer, download }),
  ...named('file-unread', unread, (why) => inState({ status: 'unread', why })),
  ...named('file-not-taken', notTaken, (why) => inState({ status: 'notTaken', why })),
  'files-other-kinds': unreadableFilesCard(en, ['Minutes.docx', 'Picture.png'], limits),
  'files-archive': unreadableFilesCard(en, ['OKRs.zip'], limits),
  'files-mixed': unreadableFilesCard(en, ['OKRs.zip', 'OKRs.numbers', 'Minutes.docx'], limits),
  'files-other-kind': unreadableFilesCard(en, ['Minutes.docx'], limits),
  'files-left-out': leftOutFilesCard(en, ['sixth.csv', 'seventh.csv'], 5),
  'files-limit': limitCard(en, 'dailyPerUser', 20, 'file'),
  ...named('not-saved', notSaved, (why) =>
    notSavedCard(en, { why, subject: { kind: 'export', id: ready.id }, format: 'workbook' }),
  ),
  saved: savedCard(en, 'Company OKRs.xlsx', 'https://sample.sharepoint.com/OKRs.xlsx'),
  'not-saved-own-file': notSavedCard(en, {
    why: 'unavailable',
    subject: { kind: 'ownFile', id: sampleFile.id },
    format: 'spreadsheetCsv',
  }),
  'share-question': shareQuestionCard(en, ready, answer, 37),
  'share-question-everybody': shareQuestionCard(en, ready, answer, undefined),
  ...named('share-result', shareResults, (result) => shareResultCard(en, ready, result)),
  'shared-summary': sharedSummaryCard(en, ready, answer),
  'my-data': myDataCard(en, mine),
  'my-data-few': myDataCard(en, { ...none, exports: 1, openExports: 1, signedIn: true }),
  'my-data-none': myDataCard(en, none),
  'my-data-kept': dataKeptCard(en),
  'my-data-deleted': dataDeletedCard(en, mine),
  'export-forgotten': forgottenCard(en),
};
