/** Files as people have them: the same four OKRs with one oddity each give the same figures, the same tree, and no change. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openRows } from '../../../src/adapters/okr-files/rows/open-rows.ts';
import { summarizeFile } from '../../../src/adapters/okr-files/rows/summarize-file.ts';
import { openScratchFile } from '../../../src/adapters/okr-files/worker/scratch-file.ts';
import { compareSnapshots } from '../../../src/domain/okrs/changes/okr-changes.ts';
import { orderAsTree } from '../../../src/domain/okrs/summary/okr-tree.ts';
import type { OkrFileKind } from '../../../src/ports/okr-files.ts';
import { inPieces, scratchPath } from './pieces.ts';

const limits = { maxBytes: 20e6, maxRows: 100_000, maxUnpackedBytes: 200e6 };
const optionsFor = (name: string) => {
  const fileKind: OkrFileKind = name.endsWith('.xlsx') ? 'xlsx' : 'csv';
  return { fileKind, limits };
};
const piecesOf = async (name: string) => inPieces(await readFile(new URL(`files/${name}`, import.meta.url)));

const read = async (name: string) =>
  summarizeFile(await piecesOf(name), {
    ...optionsFor(name),
    kind: 'read',
    today: '2026-11-28',
    scratch: scratchPath(),
  });

async function figuresOf(name: string) {
  const { summary } = await read(name);
  const { rows, objectives, keyResults, others, averageProgress, overdue, withoutCheckIn } = summary;
  return {
    rows,
    levels: [objectives.count, keyResults.count, others.count],
    average: averageProgress === undefined ? undefined : Math.round(averageProgress * 100) / 100,
    overdue,
    withoutCheckIn,
    atRisk: keyResults.byStatus.find(({ status }) => status === 'At Risk')?.count,
    gaps: summary.gaps,
  };
}

async function depthsOf(name: string): Promise<readonly number[]> {
  await using scratch = await openScratchFile(scratchPath());
  const rows = [];
  const opened = await openRows(await piecesOf(name), optionsFor(name), () => Promise.resolve(scratch));
  for await (const row of opened.rows) rows.push(row);
  return orderAsTree(rows).map(({ depth }) => depth);
}

const baseline = 'c01-baseline.csv';
const right = {
  rows: 4,
  levels: [1, 2, 1],
  average: 27.46,
  overdue: 1,
  withoutCheckIn: 0,
  atRisk: 1,
  gaps: [],
};

const same = [
  baseline,
  'c02-semicolon-decimal-comma.csv',
  'c03-excel-us-dates.csv',
  'c04-excel-uk-dates.csv',
  'c08-no-id-column.csv',
  'c09a-big-rock.csv',
  'c15-hyperlink-id.csv',
];

describe('what people send', () => {
  for (const name of same) {
    it(`has the figures and the tree of the baseline: ${name}`, async () => {
      assert.deepEqual(await figuresOf(name), right);
      assert.deepEqual(await depthsOf(name), [0, 1, 2, 1]);
    });

    it(`has not changed against the baseline, either way: ${name}`, async () => {
      const [one, other] = [await read(baseline), await read(name)];
      for (const [before, after] of [[one, other], [other, one]] as const) {
        assert.deepEqual(compareSnapshots(before.snapshot, after.snapshot, new Date(0)).items, []);
      } // prettier-ignore
    });
  }

  it('says what is unknown where formulas have no results: x08-formulas-no-cache.xlsx', async () => {
    assert.deepEqual(await figuresOf('x08-formulas-no-cache.xlsx'), {
      ...right,
      average: undefined,
      overdue: undefined,
      gaps: [
        { kind: 'unreadableCells', column: 'End Date', rows: 4, why: 'formula' },
        { kind: 'unreadableCells', column: 'Progress %', rows: 4, why: 'formula' },
      ],
    });
    const { summary, snapshot } = await read('x08-formulas-no-cache.xlsx');
    assert.deepEqual(
      summary.attention.map(({ reasons, unread }) => [reasons.map(({ kind }) => kind), unread]),
      [
        [['atRisk'], ['endDate', 'progress']],
        [['behind'], ['endDate', 'progress']],
      ],
    );
    assert.equal(summary.unjudged, 2);
    const changes = compareSnapshots((await read(baseline)).snapshot, snapshot, new Date(0));
    assert.deepEqual([changes.items, changes.uncompared], [[], 4]);
  });
});

describe('an export as people have it', () => {
  const odd: readonly (readonly [name: string, file: string])[] = [
    ['without any oddity', 'c01-baseline.csv'],
    ['in Windows-1252', 'c05-cp1252.csv'],
    ['below title lines', 'c11-title-line-above-header.csv'],
    ['behind a hidden sheet of last year', 'x13-hidden-old-sheet-first.xlsx'],
    ['with a part of the workbook in other case', 'x03a-sharedstrings-entry-case.xlsx'],
    ['with percent in the second section of a number format', 'x09b-percent-format.xlsx'],
  ];
  for (const [name, file] of odd)
    it(`gives the figures of the plain one ${name}`, async () => {
      const { summary, snapshot } = await read(file);
      const {
        rows,
        objectives,
        keyResults,
        others,
        overdue,
        withoutCheckIn,
        averageProgress = NaN,
      } = summary;
      assert.deepEqual(
        { rows, objectives: objectives.count, keyResults: keyResults.count, others: others.count },
        { rows: 4, objectives: 1, keyResults: 2, others: 1 },
      );
      assert.deepEqual([overdue, withoutCheckIn, averageProgress.toFixed(2)], [1, 0, '27.46']);
      assert.deepEqual(
        snapshot.rows.map(({ progress }) => progress?.toFixed(1)),
        ['64.0', '33.3', '12.5', '0.0'],
      );
    });

  it('shows the letters of Windows-1252 and says that it read them so', async () => {
    const { summary, snapshot } = await read('c05-cp1252.csv');
    assert.equal(snapshot.rows[0]?.title, 'Größe des Ökosystems');
    assert.equal(snapshot.rows[0].owner, 'Jürgen Größe');
    assert.deepEqual(summary.gaps, [{ kind: 'windows1252' }]);
  });
});
