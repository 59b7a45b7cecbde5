/** Every card of an export takes every sentence from the words, and fits where they are a third longer. */
import assert from 'node:assert/strict';
import type { Card } from '../../../src/cards/blocks/adaptive-card.ts';
import { exportCard, forgottenCard, movedCard } from '../../../src/cards/export/export-card.ts';
import type { ExportCardContent, ExportNote } from '../../../src/cards/export/export-card.ts';
import { noticeCard } from '../../../src/cards/export/notice-card.ts';
import {
  shareQuestionCard,
  shareResultCard,
  sharedSummaryCard,
} from '../../../src/cards/export/share-cards.ts';
import type { ShareResult } from '../../../src/cards/export/share-cards.ts';
import type { ExportJob } from '../../../src/domain/exports/export-job.ts';
import { knownStatuses } from '../../../src/domain/okrs/reading/okr-row.ts';
import { sampleChanges, sampleSummary } from '../../../src/tools/card-pictures/sample-answers.ts';
import { sampleJob, sampleJobs, sampleNow } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { en } from '../../../src/words/en/en.ts';
import { createWordsFor, type Words } from '../../../src/words/words.ts';
import { textOf } from '../../support/cards/card-text.ts';
import { cardProblems } from '../../support/cards/card-validator.ts';
import { sentencesOutside } from '../../support/words/outside.ts';
import { pseudoLanguages } from '../../support/words/pseudo.ts';

const words = createWordsFor(pseudoLanguages)();
const adminUrl = 'https://login.example.com/t/adminconsent?client_id=c';
const download = { url: 'https://bot.example.com/d/token', expiresAt: new Date('2026-03-04T14:17:00Z') };
const answer = { summary: sampleSummary, changes: sampleChanges, asOf: sampleNow };
const notes: readonly ExportNote[] = ['alreadyOpenElsewhere', 'nothingToDo', 'notReady', 'stillWorking'];
const results: readonly ShareResult[] = ['shared', 'alreadyShared', 'notShared', 'nothingToShare'];

const failedBefore = { requestedAt: sampleNow, endedAt: sampleNow, outcome: 'failed' } as const;
const plot = { source: 'gardens', key: '12', label: 'plot 12', address: 'https://gardens.example/plot/12' };

const inState = (state: ExportJob['state'], more: Partial<ExportJob> = {}): ExportJob => ({
  ...sampleJob,
  ...more,
  state,
});
const ready = (more: object = {}): ExportJob => inState({ status: 'ready', graphJobId: 'j', ...more });

/** The samples, and what changes the words beside them. */
const jobs: Readonly<Record<string, ExportJob>> = {
  ...sampleJobs,
  'failed-again': inState({ status: 'failed', reason: 'graphFailed' }, { pastRuns: [failedBefore] }),
  'sign-in-quiet': inState({ status: 'waitingForSignIn', cause: 'signIn', quiet: true }),
  'starting-again': inState(
    { status: 'starting', outcomeUnknown: false },
    { contact: { ...sampleJob.contact, attempts: 1 } },
  ),
  'ready-administrator': ready({ signInCause: 'adminConsent' }),
  'ready-read': ready({ reading: { kind: 'done' } }),
  'ready-no-file': ready({ reading: { kind: 'unread', why: 'notATable' } }),
};

/** A person, a target, and what Graph says: none of them is a sentence of ours. */
const data = [
  // An icon, and a letter to Unicode.
  'ℹ',
  'Robin Sample',
  'e5e7a3c1',
  '94a356ab',
  'compacting',
  adminUrl,
  'j!uJ00SampleJobOf-the_sandbox0000000000000',
  sampleJob.id,
  '0f3c7a52-6b1e-4c0d-9d5e-7a1b2c3d4e5f',
  'The view could not be read by this user.',
];

/** What the sample file says. */
const inTheFile = [
  ...knownStatuses,
  ...sampleSummary.attention.flatMap(({ title, owner = '–' }) => [title, owner]),
  ...sampleChanges.items.flatMap(({ title, owner = '–' }) => [title, owner]),
  ...sampleChanges.items.flatMap((item) => ('from' in item ? [String(item.from), String(item.to)] : [])),
];

const check = (card: Card, more: readonly string[] = []): void => {
  assert.deepEqual(sentencesOutside(card, [...data, ...more]), []);
  assert.deepEqual(cardProblems(card), []);
  assert.ok(JSON.stringify(card).includes('⟦'));
};

/** Without what Graph says. */
const ofOurs = (card: Card): string => textOf(card).replace(/^The view could not.*$/m, '');

const owner = (job: ExportJob, more: Partial<ExportCardContent> = {}, spoken = words): Card =>
  exportCard(spoken, { job, now: sampleNow, audience: 'owner', ...more });

describe('the words of an export’s cards', () => {
  for (const [name, job] of Object.entries(jobs)) {
    it(`${name}: are all of those on it, for its requester and for everybody, and in the message beside it`, () => {
      check(owner(job));
      check(owner(job, { from: 'list', onlyYou: true, canSave: true, adminUrl: () => adminUrl, download }));
      check(exportCard(words, { job, now: sampleNow, audience: 'public' }));
      check(noticeCard(words, job, 'requester'));
      check(noticeCard(words, job, 'everybody'));
    });

    it(`${name}: are neutral where its source has none of its own`, () => {
      const elsewhere = { ...job, target: plot };
      const drawn = (spoken: Words): readonly Card[] => [
        owner(elsewhere, {}, spoken),
        exportCard(spoken, { job: elsewhere, now: sampleNow, audience: 'public' }),
        noticeCard(spoken, elsewhere, 'requester'),
      ];
      for (const card of drawn(words)) check(card, [plot.label]);
      for (const card of drawn(en)) assert.doesNotMatch(ofOurs(card), /\bview|explorer|viva|goals/i);
    });
  }

  it('are all of those that a button, a download and a history add', () => {
    const running = sampleJobs['running'] ?? sampleJob;
    for (const note of notes) check(owner(running, { note }));
    for (const to of [40, 100, 240, 9000])
      for (const whose of ['target', 'source'] as const)
        check(owner(running, { usual: { from: 30, to, of: whose } }));
    check(owner(ready(), { download: { ...download, expiresAt: new Date(NaN) } }));
  });

  it('are all of those that what its file says adds', () => {
    check(owner(ready({ reading: { kind: 'done' } }), { answer, onlyYou: true, canSave: true }), inTheFile);
    check(owner(inState({ status: 'expired', expiredAt: sampleNow }), { answer }), inTheFile);
  });

  it('are all of those where the person who asked has no name', () => {
    const job = { ...ready(), requester: { ...sampleJob.requester, name: '\u200B' } };
    check(exportCard(words, { job, now: sampleNow, audience: 'public' }));
    check(noticeCard(words, job, 'everybody'));
  });

  it('are all of those that take its place', () => {
    check(movedCard(words, sampleJob));
    check(forgottenCard(words));
  });

  it('are all of those about sharing it', () => {
    for (const others of [undefined, 0, 1, 37]) check(shareQuestionCard(words, ready(), answer, others));
    for (const result of results) check(shareResultCard(words, ready(), result));
    check(sharedSummaryCard(words, ready(), answer), inTheFile);
  });
});
