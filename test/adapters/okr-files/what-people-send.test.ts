/** Files as people have them: the same four OKRs with one oddity each give the same figures, the same tree, and no change. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openRows } from '../../../src/adapters/okr-files/open-rows.ts';
import { readExport } from '../../../src/adapters/okr-files/read-export.ts';
import { compareSnapshots } from '../../../src/domain/okrs/compare-snapshots.ts';
import { orderAsTree } from '../../../src/domain/okrs/okr-tree.ts';
import type { OkrFileKind } from '../../../src/ports/okr-files.ts';
import { inPieces } from './pieces.ts';

const limits = { mostBytes: 20e6, mostRows: 100_000, mostUnpackedBytes: 200e6 };
const optionsFor = (name: string) => {
  const fileKind: OkrFileKind = name.endsWith('.xlsx') ? 'xlsx' : 'csv';
  return { fileKind, limits };
};
const piecesOf = async (name: string) =>
  inPieces(await readFile(new URL(`sent-files/${name}`, import.meta.url)));

const read = async (name: string) =>
  readExport(await piecesOf(name), { ...optionsFor(name), kind: 'read', today: '2026-11-28' });

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
  const rows = [];
  for await (const row of (await openRows(await piecesOf(name), optionsFor(name))).rows) rows.push(row);
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

describe('what people send', () => {
  for (const name of [baseline, 'c08-no-id-column.csv', 'c15-hyperlink-id.csv']) {
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
});
