import assert from 'node:assert/strict';
import { dataDeletedCard, myDataCard } from '../../src/cards/talk/my-data-card.ts';
import type { MyData } from '../../src/cards/talk/my-data-card.ts';
import type { NotSavedCause } from '../../src/cards/own-file/save-cards.ts';
import { notSavedCard } from '../../src/cards/own-file/save-cards.ts';
import { shareQuestionCard, sharedSummaryCard } from '../../src/cards/export/share-cards.ts';
import { usualWords } from '../../src/cards/export/export-progress.ts';
import type { UsualDuration } from '../../src/domain/exports/usual-duration.ts';
import { en } from '../../src/words/en/en.ts';
import { sampleChanges, sampleSummary } from '../../src/tools/card-pictures/sample-answers.ts';
import { sampleJob, sampleJobs } from '../../src/tools/card-pictures/sample-jobs.ts';
import { buttonsOf, textOf } from '../support/cards/card-text.ts';
import { nodesOf } from '../support/cards/card-validator.ts';

const job = sampleJobs['ready'] ?? sampleJob;
const answer = { summary: sampleSummary, changes: sampleChanges, asOf: job.since };
const none: MyData = {
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

describe('sharing what an export says', () => {
  it('asks first: how many people will see how many rows', () => {
    const question = shareQuestionCard(en, job, answer, 37);
    assert.match(textOf(question), /37 other people will see the summary of 128 rows/);
    assert.match(textOf(question), /titles and owners[^]*Not the file/);
    assert.deepEqual(buttonsOf(question), ['Share it here', 'Don’t share']);
    assert.match(textOf(shareQuestionCard(en, job, answer, undefined)), /Everybody here will see/);
    const alone = shareQuestionCard(en, job, { ...answer, summary: { ...sampleSummary, rows: 1 } }, 1);
    assert.match(textOf(alone), /1 other person will see the summary of 1 row$/m);
    assert.match(textOf(shareQuestionCard(en, job, answer, 0)), /Nobody else is here yet/);
  });

  it('says who posts it, and for whom', () => {
    assert.match(
      textOf(shareQuestionCard(en, job, answer, 37)),
      /as my own message and say that you shared it/,
    );
    assert.doesNotMatch(textOf(shareQuestionCard(en, job, answer, 37)), /in your name/);
  });

  it('shows everybody the figures and who shares them, and nothing that leads to the file', () => {
    const shared = sharedSummaryCard(en, job, answer);
    assert.match(textOf(shared), /^35\nobjectives$/m);
    assert.match(textOf(shared), /What changed since/);
    assert.match(textOf(shared), /Shared by\nRobin Sample/);
    assert.deepEqual(buttonsOf(shared), []);
    assert.ok(!nodesOf(shared).some(({ type }) => type === 'Action.Execute'));
    assert.doesNotMatch(JSON.stringify(shared), /KB|until |Download|j!/);
    const first = sharedSummaryCard(en, job, { summary: sampleSummary, asOf: job.since });
    assert.doesNotMatch(textOf(first), /Next time/);
  });
});

describe('a file that was not saved', () => {
  const causes: readonly (readonly [NotSavedCause, RegExp, again: boolean])[] = [
    ['declined', /Nothing was stored/, false],
    ['sessionOver', /about 15 minutes/, true],
    ['noRoom', /full/, true],
    ['tooLarge', /too large/, false],
    ['locked', /is open/, true],
    ['hostNotAllowed', /may not send files to/, false],
    ['refused', /refused/, true],
    ['unavailable', /did not answer/, true],
    ['noFile', /could not get the file/, false],
  ];
  for (const [why, words, again] of causes)
    it(`says why, and offers the next way: ${why}`, () => {
      for (const kind of ['export', 'ownFile'] as const) {
        const card = notSavedCard(en, { why, subject: { kind, id: job.id }, format: 'workbook' });
        assert.match(textOf(card), words);
        assert.deepEqual(buttonsOf(card), ['Download', ...(again ? ['Try OneDrive again'] : [])]);
        const data = nodesOf(card.actions).find(({ verb }) => verb !== undefined)?.data;
        assert.deepEqual(data, { verb: 'download', subject: { kind, id: job.id } });
      }
    });

  it('asks for the same format again', () => {
    const formats = (['workbook', 'spreadsheetCsv', 'original'] as const).map((format) => {
      const card = notSavedCard(en, { why: 'noRoom', subject: { kind: 'export', id: job.id }, format });
      return nodesOf(card.actions).findLast(({ type }) => type === 'Action.Execute')?.data;
    });
    assert.deepEqual(
      formats.map((data) => (data as { format: string }).format),
      ['workbook', 'spreadsheetCsv', 'original'],
    );
  });
});

describe('delete my data', () => {
  const mine = {
    exports: 12,
    openExports: 2,
    readings: 9,
    snapshots: 1,
    ownFiles: 1,
    names: 0,
    schedules: 0,
    sharedNames: 0,
    signedIn: true,
  };

  it('says what would go and what stays, and asks', () => {
    const card = myDataCard(en, mine);
    for (const words of [
      /12 exports/,
      /figures of 9 files/,
      /1 snapshot/,
      /1 file that you sent/,
      /Your sign-in/,
    ])
      assert.match(textOf(card), words);
    assert.match(textOf(card), /2 exports are still being made/);
    assert.match(textOf(card), /can’t undo/);
    assert.match(textOf(card), /Exports at Microsoft stay there/);
    assert.deepEqual(buttonsOf(card), ['Delete everything', 'Cancel']);
  });

  it('says what went, and that there was nothing', () => {
    assert.match(textOf(dataDeletedCard(en, mine)), /Deleted[^]*12 exports/);
    assert.deepEqual(buttonsOf(dataDeletedCard(en, mine)), []);
    for (const card of [myDataCard(en, none), dataDeletedCard(en, none)])
      assert.match(textOf(card), /I keep nothing about you/);
  });
});

describe('how long it usually takes', () => {
  const cases: readonly (readonly [from: number, to: number, of: UsualDuration['of'], words: string])[] = [
    [125, 228, 'target', 'Usually 2–4 minutes for this view.'],
    [5, 40, 'target', 'Usually less than a minute for this view.'],
    [20, 100, 'source', 'Usually up to 2 minutes for views of this organisation.'],
    [60, 60, 'target', 'Usually about 1 minute for this view.'],
    [3700, 9000, 'target', 'Usually 1–3 hours for this view.'],
  ];
  for (const [from, to, of, words] of cases)
    it(words, () => {
      assert.equal(usualWords(en, sampleJob.target, { from, to, of }), words);
    });
});
