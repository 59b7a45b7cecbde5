/** Each card of own files, of saving and of the list takes each sentence from the words. */
import assert from 'node:assert/strict';
import type { Card } from '../../src/cards/blocks/adaptive-card.ts';
import { listCard, listOfferCard } from '../../src/cards/list/list-card.ts';
import { ownFileCard } from '../../src/cards/own-file/own-file-card.ts';
import { notSavedCard, savedCard, type NotSavedCause } from '../../src/cards/own-file/save-cards.ts';
import { leftOutFilesCard, unreadableFilesCard } from '../../src/cards/own-file/sent-files-card.ts';
import { fileFormats } from '../../src/domain/okrs/file/okr-file.ts';
import { knownStatuses } from '../../src/domain/okrs/reading/okr-row.ts';
import type { NotTakenCause, OwnFile } from '../../src/domain/own-files/own-file.ts';
import { sampleSummary } from '../../src/tools/card-pictures/sample-answers.ts';
import { sampleFile } from '../../src/tools/card-pictures/sample-files.ts';
import { sampleJob, sampleJobs, sampleNow } from '../../src/tools/card-pictures/sample-jobs.ts';
import { en } from '../../src/words/en/en.ts';
import { createWordsFor, type Words } from '../../src/words/words.ts';
import { cardProblems } from '../support/cards/card-validator.ts';
import { sentencesOutside } from '../support/words/outside.ts';
import { pseudoLanguages } from '../support/words/pseudo.ts';

const fileNames = ['a.zip', 'b.numbers', 'c.xls', 'd.docx'];
const limits = { megabytes: 20, rows: 100_000 };
const notTaken = Object.keys(en.ownFiles.notTaken) as readonly NotTakenCause[];
const notSaved = Object.keys(en.saving.notSaved) as readonly NotSavedCause[];

const states: readonly OwnFile['state'][] = [
  { status: 'received' },
  { status: 'reading' },
  { status: 'read' },
  ...(['encrypted', 'crashed'] as const).map((why) => ({ status: 'unread', why }) as const),
  ...notTaken.map((why) => ({ status: 'notTaken', why }) as const),
];
const kinds = [{}, { kind: 'csv', size: 214_300 }, { kind: 'xlsx', keptUntil: sampleNow }] as const;

const answer = { summary: { ...sampleSummary, attention: [] }, asOf: sampleNow };
const download = { url: 'https://bot.example.com/d/sample', expiresAt: sampleNow };

const fileCard = (words: Words, file: Partial<OwnFile>): Card =>
  ownFileCard(words, { file: { ...sampleFile, ...file }, limits, canSave: true, answer, download });

const place = { scope: 'shared', now: sampleNow } as const;
const own = Object.values(sampleJobs);
const pageOf = own.slice(0, 10);
const elsewhere = { ...sampleJob.target, source: 'gardens' };
const jobStatuses = ['notStarted', 'running', 'unknown', 'succeeded', 'failed'] as const;
const graphOnly = jobStatuses.map((status) => {
  const times = { createdAt: sampleNow, expiresAt: sampleNow };
  return { id: 'j', source: 'gardens', status, label: sampleJob.target.label, ...times };
});

const cardsIn = (words: Words): Readonly<Record<string, readonly Card[]>> => ({
  'own files': states.flatMap((state) => kinds.map((kind) => fileCard(words, { state, ...kind }))),
  'sent files': [
    ...fileNames.map((name) => unreadableFilesCard(words, [name], limits)),
    unreadableFilesCard(words, fileNames, limits),
    leftOutFilesCard(words, ['a.zip'], 5),
    leftOutFilesCard(words, fileNames, 5),
  ],
  saving: [
    savedCard(words, sampleFile.name, 'https://sample.sharepoint.com/a'),
    ...notSaved.flatMap((why) =>
      fileFormats.map((format) =>
        notSavedCard(words, { why, subject: { kind: 'ownFile', id: sampleFile.id }, format }),
      ),
    ),
  ],
  'exports in the list': own.flatMap((job) =>
    [job.target, elsewhere].map((target) =>
      listCard(words, {
        ...place,
        page: 0,
        older: 3,
        own: [{ ...job, target }],
        graphOnly: [],
        graph: 'asked',
      }),
    ),
  ),
  'the list': [
    listCard(words, { ...place, page: 0, older: 3, own: [], graphOnly: [], graph: 'asked' }),
    listCard(words, { ...place, page: 0, older: 3, own: pageOf, graphOnly, graph: 'signInNeeded' }),
    listCard(words, {
      ...place,
      page: 0,
      older: 3,
      own: pageOf,
      graphOnly: [...graphOnly, ...graphOnly],
      graph: 'unavailable',
    }),
    listOfferCard(words),
  ],
});

describe('the words of own files, of saving and of the list', () => {
  const words = createWordsFor(pseudoLanguages)();
  const data = [...knownStatuses, ...fileNames, sampleFile.name, sampleJob.target.label];

  for (const [what, cards] of Object.entries(cardsIn(words)))
    it(`are all that cards say, and fit: ${what}`, () => {
      for (const card of cards) {
        assert.deepEqual(sentencesOutside(card, data), []);
        assert.deepEqual(cardProblems(card), []);
      }
    });
});
