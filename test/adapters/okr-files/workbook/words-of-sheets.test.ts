/** Every sheet takes every sentence from the words. */
import assert from 'node:assert/strict';
import type { ReadingGap } from '../../../../src/domain/okrs/reading/okr-summary.ts';
import { createWordsFor } from '../../../../src/words/words.ts';
import { rowWith } from '../../../domain/okrs/sample-rows.ts';
import { lettersOutside } from '../../../support/words/outside.ts';
import { pseudoLanguages } from '../../../support/words/pseudo.ts';
import { sampleOrigin, sheetsOf, valuesOf, type MadeWorkbook } from './made-workbook.ts';

const words = createWordsFor(pseudoLanguages)('en');
const data = [
  'Grow',
  'Sell more',
  'At Risk',
  'On Track',
  'Ada Sample',
  'Ben Sample',
  'Robin Example',
  'e5e7a3c1',
  'r-1',
];
const link = 'https://goals.microsoft.com/x';

/** Names of columns and types, which the bot reads back, stay as the file has them. */
const readBack = new Set(
  'Title|Type|Description|Status|Progress|Owner|Aligned to|End date|Id|OKR|Date|User|Note|Value|Metric|Activity date|OKR Id|Objective|Key result|Other'.split(
    '|',
  ),
);

async function outside(
  rows: Parameters<typeof sheetsOf>[0],
  given: MadeWorkbook,
): Promise<readonly string[]> {
  const sheets = await sheetsOf(rows, { ...given, words });
  const { tree, checkIns } = words.sheets.names;
  return [...sheets].flatMap(([name, sheet]) => {
    const isTable = name === tree || name === checkIns;
    const cells = valuesOf(sheet).flat().map(String);
    const texts = cells.filter((cell) => cell !== link && !(isTable && readBack.has(cell)));
    return [name, ...texts].flatMap((text) => lettersOutside(text, data));
  });
}

const gaps: readonly ReadingGap[] = [
  { kind: 'noColumn', column: 'Metric Name' },
  { kind: 'unreadableCells', column: 'End Date', rows: 2, why: 'date' },
  { kind: 'rowsWithoutTitle', rows: 1 },
  { kind: 'windows1252' },
  { kind: 'unreadableLetters', rows: 3 },
  { kind: 'otherSheets', read: 'Grow', others: 1 },
  { kind: 'capped', what: 'changes', rows: 1000 },
];
const none = {
  newlyAtRisk: 0,
  progressDown: 0,
  gone: 0,
  recovered: 0,
  progressUp: 0,
  added: 0,
  statusChanged: 0,
  ownerChanged: 0,
};
const since = new Date('2025-06-01T00:00:00Z');
const okr = { title: 'Grow', level: 'objective' } as const;

describe('the words of sheets', () => {
  it('are all of those of a file with everything in it', async () => {
    const rows = [
      rowWith({ title: 'Grow', status: 'At Risk', progress: 40, endsOn: '2025-05-31' }),
      rowWith({
        title: 'Sell more',
        level: 'keyResult',
        alignedTo: [{ title: 'Grow' }],
        checkIns: [{ on: '2025-06-01', user: 'Ada Sample' }],
      }),
      rowWith({ title: 'Grow', level: 'other', status: '', description: '4'.repeat(40_000) }),
    ];
    const changes = {
      since,
      counts: { ...none, newlyAtRisk: 1, gone: 1, ownerChanged: 4 },
      items: [
        { ...okr, kind: 'newlyAtRisk', from: 'On Track', to: 'At Risk' } as const,
        { ...okr, kind: 'gone' } as const,
        { ...okr, kind: 'ownerChanged', from: 'Ada Sample', to: 'Ben Sample' } as const,
      ],
      uncompared: 2,
    };
    const origin = { ...sampleOrigin, link, requestId: 'r-1' };
    assert.deepEqual(await outside(rows, { gaps, changes, origin }), []);
  });

  it('are all of those of a file with next to nothing in it', async () => {
    const row = rowWith({ title: 'Grow' });
    assert.deepEqual(await outside([row], {}), []);
    assert.deepEqual(await outside([row], { changes: { since, counts: none, items: [] } }), []);
    assert.deepEqual(await outside([row, row], { maxInTree: 1 }), []);
  });
});
