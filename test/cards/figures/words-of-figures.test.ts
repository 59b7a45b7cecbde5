/** Every card with figures takes every sentence from the words. */
import assert from 'node:assert/strict';
import { createCard, type Card } from '../../../src/cards/blocks/adaptive-card.ts';
import { exportButton } from '../../../src/cards/blocks/buttons.ts';
import { fold } from '../../../src/cards/blocks/card-blocks.ts';
import { allChangesCard } from '../../../src/cards/figures/all-changes-card.ts';
import { answerParts, answerSpoken, asOfLine } from '../../../src/cards/figures/answer-block.ts';
import type { AnswerShown } from '../../../src/cards/figures/answer-block.ts';
import type { OkrChanges } from '../../../src/domain/okrs/changes/okr-changes.ts';
import type { UnreadCause } from '../../../src/domain/okrs/file/okr-file.ts';
import { knownStatuses } from '../../../src/domain/okrs/reading/okr-row.ts';
import type {
  Attention,
  OkrSummary,
  ReadingGap,
  UnreadCellCause,
} from '../../../src/domain/okrs/reading/okr-summary.ts';
import {
  changesOf,
  manyChanges,
  nothingChanged,
  sampleChanges,
  sampleSummary,
  thinSummary,
} from '../../../src/tools/card-pictures/sample-answers.ts';
import { sampleJob, sampleNow } from '../../../src/tools/card-pictures/sample-jobs.ts';
import { createWordsFor } from '../../../src/words/words.ts';
import { cardProblems } from '../../support/cards/card-validator.ts';
import { sentencesOutside } from '../../support/words/outside.ts';
import { pseudoLanguages } from '../../support/words/pseudo.ts';

const words = createWordsFor(pseudoLanguages)();

const unreadCells: Readonly<Record<UnreadCellCause, true>> = {
  number: true,
  date: true,
  scale: true,
  error: true,
  formula: true,
  other: true,
};
const unreadCauses: Readonly<Record<UnreadCause, true>> = {
  archive: true,
  numbers: true,
  otherSpreadsheet: true,
  notATable: true,
  noTitleColumn: true,
  noRows: true,
  empty: true,
  tooLarge: true,
  tooManyRows: true,
  unpacksTooLarge: true,
  encrypted: true,
  damaged: true,
  tookTooLong: true,
  crashed: true,
  later: true,
  noRoom: true,
  signInNeeded: true,
};
const namesOf = <Name extends string>(all: Readonly<Record<Name, true>>) => Object.keys(all) as Name[];

const otherGaps: Readonly<Record<Exclude<ReadingGap['kind'], 'unreadableCells'>, readonly ReadingGap[]>> = {
  noColumn: [{ kind: 'noColumn', column: 'Column' }],
  rowsWithoutTitle: [{ kind: 'rowsWithoutTitle', rows: 1 }],
  windows1252: [{ kind: 'windows1252' }],
  unreadableLetters: [{ kind: 'unreadableLetters', rows: 3 }],
  otherSheets: [{ kind: 'otherSheets', read: 'Sheet', others: 2 }],
  notGiven: [{ kind: 'notGiven', source: 'none', what: 'anything' }],
  capped: [
    { kind: 'capped', what: 'tree', rows: 50_000 },
    { kind: 'capped', what: 'changes', rows: 20_000 },
  ],
};
const gaps = [
  ...Object.values(otherGaps).flat(),
  ...namesOf(unreadCells).map((why): ReadingGap => ({
    kind: 'unreadableCells',
    column: 'Column',
    rows: 2,
    why,
  })),
];

const okr = { title: 'Title', level: 'objective', owner: 'Owner' } as const;
const attention: readonly Attention[] = [
  {
    ...okr,
    progress: 12,
    reasons: [{ kind: 'atRisk' }, { kind: 'overdue', endedOn: '2026-01-31' }, { kind: 'noProgress' }],
    unread: ['status', 'endDate', 'lastCheckIn', 'progress'],
  },
  { ...okr, reasons: [{ kind: 'behind' }, { kind: 'noCheckIn', since: '2026-01-12' }] },
  { ...okr, reasons: [{ kind: 'noCheckIn' }, { kind: 'overdue', endedOn: '' }] },
];
const statuses = [...knownStatuses, '', 'Thriving'].map((status) => ({ status, count: 2 }));
const level = { count: 20, byStatus: statuses, unread: 1 };
const rich: OkrSummary = {
  ...sampleSummary,
  objectives: level,
  keyResults: level,
  others: level,
  attention,
  unjudged: 2,
};
/** In chunks, as a card shows only the first few. */
const summaries: readonly OkrSummary[] = [
  rich,
  thinSummary,
  ...gaps.map((gap) => ({ ...rich, gaps: [gap] })),
  { ...rich, gaps: [...gaps, ...gaps] },
];

const oddChanges: OkrChanges = {
  ...changesOf([
    { ...okr, kind: 'statusChanged', to: 'Thriving' },
    { ...okr, kind: 'ownerChanged', from: 'Owner' },
  ]),
  since: new Date(NaN),
  uncompared: 3,
};
const changesOfEveryKind: readonly (OkrChanges | undefined)[] = [
  undefined,
  nothingChanged,
  { ...nothingChanged, uncompared: 1 },
  sampleChanges,
  ...sampleChanges.items.map((item) => changesOf([item])),
  oddChanges,
  manyChanges,
];

const data = [
  ...knownStatuses,
  'Thriving',
  'Column',
  'Sheet',
  'Title',
  'Owner',
  'Status',
  'Progress %',
  'End Date',
  'Last Check-in',
  'Sample export',
  ...sampleSummary.attention.flatMap(({ title, owner = '' }) => [title, owner]),
  ...sampleChanges.items.flatMap(({ title, owner = '' }) => [title, owner]),
  ...sampleChanges.items.flatMap((item) => ('from' in item ? [String(item.from), String(item.to)] : [])),
  ...manyChanges.items.map(({ title }) => title),
].filter((text) => text !== '');

/** With everything that its buttons would show. */
function cardOf(answer: AnswerShown, audience: 'owner' | 'everybody' = 'owner'): Card {
  const { shown, attention: folds, details } = answerParts(words, answer, audience);
  return createCard({
    summary: '⟦⟧',
    speak: `⟦⟧${answerSpoken(words, answer)}`,
    body: [...asOfLine(words, answer), ...shown],
    actions: [...folds, ...fold('details', '⟦⟧', details)],
  });
}

function check(card: Card, most?: number): void {
  assert.deepEqual(sentencesOutside(card, data), []);
  assert.ok(JSON.stringify(card).includes('⟦'));
  assert.deepEqual(cardProblems(card, most), []);
}

describe('the words of figures', () => {
  it('are all of those of a file that was read, with any gap in it', () => {
    for (const summary of summaries) check(cardOf({ kind: 'read', summary, asOf: sampleNow }));
  });

  it('are all of those of a file that is being read, or could not be', () => {
    check(cardOf({ kind: 'reading' }));
    for (const why of namesOf(unreadCauses)) {
      check(cardOf({ kind: 'unreadable', why }));
      assert.match(words.notSummarised.reason(why), /^⟦.*⟧$/);
    }
  });

  it('are all of those of changes of every kind', () => {
    for (const changes of changesOfEveryKind) {
      const answer = { kind: 'read', summary: rich, asOf: sampleNow, ...(changes && { changes }) } as const;
      for (const audience of ['owner', 'everybody'] as const) check(cardOf(answer, audience));
    }
  });

  it('are all of those of the card of all changes', () => {
    const back = exportButton(words, 'show', sampleJob.id, { title: words.answers.back });
    for (const changes of changesOfEveryKind)
      if (changes !== undefined)
        check(allChangesCard(words, { changes, name: 'Sample export', back, onlyYou: true }), 70_000);
  });
});
