/** The same export as people have it, with one oddity each: every file must say what the plain one says. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { summarizeFile } from '../../../src/adapters/okr-files/rows/summarize-file.ts';
import { inPieces, scratchPath } from './pieces.ts';

const limits = { maxBytes: 20e6, maxRows: 100_000, maxUnpackedBytes: 200e6 };

async function read(name: string) {
  const file = await readFile(new URL(`files/${name}`, import.meta.url));
  const fileKind = name.endsWith('.xlsx') ? 'xlsx' : 'csv';
  return summarizeFile(inPieces(file), {
    kind: 'read',
    fileKind,
    today: '2026-11-28',
    limits,
    scratch: scratchPath(),
  });
}

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
