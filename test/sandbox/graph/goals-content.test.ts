// The made-up CSV is deterministic, ragged and as nasty as the real one may be.
import assert from 'node:assert/strict';
import { contentFor } from '../../../src/sandbox/graph/goals-content.ts';

const view = {
  explorerViewId: 'a1d5e0c2-7b34-4f8e-9c10-2e6f4a8b0d11',
  createdAt: Date.parse('2026-03-02T09:15:20Z'),
};

describe('contentFor', () => {
  it('gives the same bytes for the same view and time, and others for another view', () => {
    assert.ok(contentFor(view).equals(contentFor(view)));
    assert.ok(
      !contentFor(view).equals(
        contentFor({ ...view, explorerViewId: 'b2e6f1d3-8c45-4a9f-8d21-3f705b9c1e22' }),
      ),
    );
  });

  it('has the documented header, several hundred rows of at least 24 cells, and more for further check-ins', () => {
    const [header, ...rows] = parseCsv(contentFor(view).toString('utf8'));
    assert.equal(header?.length, 24);
    assert.deepEqual(
      [header[0], header[1], header[9], header[23]],
      ['Id', 'Title', 'Aligned To (weight, Objective ID)', 'Checkins'],
    );
    assert.equal(rows.length, 300);
    const widths = new Set(rows.map((row) => row.length));
    assert.deepEqual([...widths].sort(), [24, 25, 26]);
  });

  it('holds newlines, Unicode and cells that a spreadsheet would run', () => {
    const cells = parseCsv(contentFor(view).toString('utf8')).flat();
    assert.ok(cells.some((cell) => cell.startsWith('=HYPERLINK(')));
    assert.ok(cells.some((cell) => cell.includes('\n')));
    assert.ok(cells.some((cell) => cell.includes('製品')));
  });
});

/** Enough of RFC 4180 for this test: the product itself uses a library. */
const parseCsv = (text: string): string[][] => {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
};
