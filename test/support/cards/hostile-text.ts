/** Writes a stranger's text into every place of every card that can hold one, and tells whether it stayed text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { button } from '../../../src/cards/blocks/buttons.ts';
import type { Card } from '../../../src/cards/blocks/adaptive-card.ts';
import { exportCard, movedCard } from '../../../src/cards/export/export-card.ts';
import { allChangesCard } from '../../../src/cards/figures/all-changes-card.ts';
import type { Answer } from '../../../src/cards/figures/answer-block.ts';
import { listCard } from '../../../src/cards/list/list-card.ts';
import { ownFileCard } from '../../../src/cards/own-file/own-file-card.ts';
import { leftOutFilesCard, unreadableFilesCard } from '../../../src/cards/own-file/sent-files-card.ts';
import { sharedSummaryCard } from '../../../src/cards/export/share-cards.ts';
import { troubleCard } from '../../../src/cards/talk/not-done-cards.ts';
import type { ExportJob } from '../../../src/domain/exports/export-job.ts';
import { changesOf, sampleSummary } from '../../../src/tools/card-pictures/sample-answers.ts';
import { sampleFile } from '../../../src/tools/card-pictures/sample-files.ts';
import { sampleJobs, sampleNow } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { en } from '../../../src/words/en/en.ts';
import { nodesOf } from './card-validator.ts';

/** Marks the hostile text, so that it is found wherever it ends up; no opaque id may hold a dot. */
export const mark = 'z.qx';
const pieces = [
  '[click](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '<at>Everybody</at>',
  '<img src=x>',
  '**bold**',
  '<a href="https://evil.example">x</a>',
  '{{DATE(9999-99-99T99:99:99Z)}}',
  '{{TIME(',
  ')}}',
  '`',
  '\n# big',
  '\r\n- item',
  '\u202Egpj.exe',
  '\u2066',
  '\u200B',
  '\u0000',
  '\uFEFF',
  '"}],"actions":[{"type":"Action.OpenUrl"',
  '${x}',
  '&lt;',
  '_',
  '*',
  'javascript:alert(1)',
  'tel:911',
  'https://evil.example',
  '\u0301\u0301\u0301\u0301',
  '\uD83D',
  '<speak><audio src="x"/>',
  'a'.repeat(300),
];
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 8 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => `${mark}${parts.join(mark)}`);

export const jobs = Object.values(sampleJobs);
const readyJob: ExportJob = {
  ...(sampleJobs['ready'] as ExportJob),
  state: { status: 'ready', graphJobId: 'j', reading: { kind: 'done' } },
};

/** Every place where a stranger's text can come from. */
export const hostileJob = (job: ExportJob, text: string): ExportJob => ({
  ...job,
  requester: { ...job.requester, name: text },
  target: { source: 'goals', key: text, label: text, place: text },
  state: {
    ...job.state,
    ...('requestId' in job.state && { requestId: text, message: text }),
    ...('graphStatus' in job.state && { graphStatus: text }),
  },
});

const hostileAnswer = (text: string): Answer => {
  const byStatus = [
    { status: text, count: 2 },
    { status: 'On Track', count: 1 },
  ];
  const okr = { title: text, owner: text, level: 'objective' } as const;
  return {
    asOf: sampleNow,
    summary: {
      ...sampleSummary,
      keyResults: { count: 3, byStatus },
      today: text,
      attention: [
        {
          ...okr,
          reasons: [
            { kind: 'overdue', endedOn: text },
            { kind: 'noCheckIn', since: text },
          ],
        },
      ],
      gaps: [
        { kind: 'noColumn', column: text },
        { kind: 'unreadableCells', column: text, rows: 1, why: 'other' },
      ],
    },
    changes: changesOf([
      { kind: 'newlyAtRisk', from: text, to: text, ...okr },
      { kind: 'ownerChanged', from: text, to: text, ...okr },
      { kind: 'gone', ...okr },
    ]),
  };
};

const limits = { megabytes: 20, rows: 100_000 };
const back = button(en, { verb: 'show', subject: { kind: 'ownFile', id: sampleFile.id } });
const noChanges = changesOf([]);

/** One of each card that tells what a file says. */
export const answerCards: readonly ((text: string) => Card)[] = [
  (text) =>
    exportCard(en, {
      job: hostileJob(readyJob, text),
      now: sampleNow,
      audience: 'owner',
      answer: hostileAnswer(text),
    }),
  (text) => sharedSummaryCard(en, hostileJob(readyJob, text), hostileAnswer(text)),
  (text) =>
    allChangesCard(en, { changes: hostileAnswer(text).changes ?? noChanges, name: 'Your file', back }),
  (text) => {
    const file = { ...sampleFile, name: text, state: { status: 'read' } } as const;
    return ownFileCard(en, { file, answer: hostileAnswer(text), canSave: true, limits });
  },
  (text) => unreadableFilesCard(en, [text], limits),
  (text) => leftOutFilesCard(en, [text], 5),
];

export const cardsWith = (job: ExportJob): readonly Card[] => [
  exportCard(en, { job, now: sampleNow, audience: 'owner' }),
  exportCard(en, { job, now: sampleNow, audience: 'public' }),
  movedCard(en, job),
  listCard(en, {
    own: [job],
    page: 0,
    older: 0,
    graphOnly: [{ id: job.requester.name, source: 'goals', status: 'succeeded', target: job.target }],
    graph: 'asked',
    now: sampleNow,
    scope: 'shared',
  }),
  troubleCard(en, job.requester.name),
];

/** What stays the same whatever the text is: everything but the texts of runs. */
export function assertOnlyInRuns(card: Card): void {
  for (const node of nodesOf(card)) {
    for (const [key, value] of Object.entries(node))
      if (typeof value === 'string' && !(node.type === 'TextRun' && key === 'text'))
        assert.ok(!value.includes(mark), `${key}: ${value}`);
    if (node.type === 'TextRun') {
      const text = String(node.text);
      assert.ok(text.length <= 160);
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\{\{|\}\}/u);
      if (text.includes(mark)) assert.equal(node.selectAction, undefined);
    }
    assert.ok(node.type !== 'Image' && node.type !== 'mention');
    if (typeof node.url === 'string') assert.match(node.url, /^https:\/\/goals\.microsoft\.com\//);
  }
}
