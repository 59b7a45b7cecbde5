// The made-up CSV is deterministic, reads like a company's goals, is as nasty as a real one, and moves from export to export.
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { contentFor } from '../../../src/sandbox/graph/goals-content.ts';

const view = {
  explorerViewId: 'a1d5e0c2-7b34-4f8e-9c10-2e6f4a8b0d11',
  createdAt: Date.parse('2026-03-02T09:15:20Z'),
};

type Row = Readonly<Record<string, string>>;

const tableOf = (content: Buffer): string[][] => parse(content, { relax_column_count: true });
const rowsOf = (content: Buffer): readonly Row[] =>
  parse(content, { relax_column_count: true, columns: true });
const column = (rows: readonly Row[], name: string): readonly string[] => rows.map((row) => row[name] ?? '');

describe('contentFor', () => {
  it('gives the same bytes for the same view and time, and others for another view', () => {
    assert.ok(contentFor(view).equals(contentFor({ ...view })));
    const other = { ...view, explorerViewId: 'b2e6f1d3-8c45-4a9f-8d21-3f705b9c1e22' };
    assert.ok(!contentFor(view).equals(contentFor(other)));
  });

  it('has the documented header, several hundred rows of at least 24 cells, and more for further check-ins', () => {
    const [header, ...rows] = tableOf(contentFor(view));
    assert.equal(header?.length, 24);
    assert.deepEqual(
      [header[0], header[1], header[9], header[23]],
      ['Id', 'Title', 'Aligned To (weight, Objective ID)', 'Checkins'],
    );
    assert.ok(rows.length > 280 && rows.length <= 300, `${rows.length} rows`);
    const widths = new Set(rows.map((row) => row.length));
    assert.deepEqual([...widths].sort(), [24, 25, 26, 27, 28]);
    assert.equal(tableOf(contentFor({ ...view, rows: 3 })).length, 4);
  });

  it('reads like a company: aligned upwards, every status, some overdue, some never checked in', () => {
    const rows = rowsOf(contentFor(view));
    const ids = new Set(column(rows, 'Id'));
    const parents = column(rows, 'Aligned To (weight, Objective ID)').flatMap((cell) =>
      [...cell.matchAll(/Id: (\d+)\)/g)].map(([, id]) => id ?? ''),
    );
    assert.ok(parents.length > 250 && parents.every((id) => ids.has(id)));
    const statuses = ['Not Started', 'On Track', 'Behind', 'At Risk', 'Closed', 'Postponed', 'Reopened'];
    assert.deepEqual(
      statuses.filter((status) => !column(rows, 'Status').includes(status)),
      [],
    );
    const late = rows.filter((row) => (row['End Date'] ?? '') < '2026-03-02' && row['Status'] !== 'Closed');
    assert.ok(late.length > 3 && late.length < 50, `${late.length} overdue`);
    const silent = column(rows, 'Last Check-in').filter((day) => day === '');
    assert.ok(silent.length > 5 && silent.length < 60, `${silent.length} without a check-in`);
    assert.ok(column(rows, 'Last Check-in').every((day) => day <= '2026-03-02'));
  });

  it('holds newlines, Unicode, markup, and cells that a spreadsheet would run', () => {
    const cells = tableOf(contentFor(view)).flat();
    const beginnings = ['=HYPERLINK(', '+15%', '-20%', '@mentions'];
    for (const start of beginnings)
      assert.ok(
        cells.some((cell) => cell.startsWith(start)),
        start,
      );
    for (const part of ['\n', '製品', 'فريق', '🚀', '<b>', '\u202e']) {
      assert.ok(
        cells.some((cell) => cell.includes(part)),
        JSON.stringify(part),
      );
    }
  });

  it('stays the same from export to export when asked to, and can lack the title', () => {
    const still = { ...view, form: 'still' } as const;
    for (const seconds of [60, 7 * 24 * 3_600])
      assert.ok(
        contentFor(still).equals(contentFor({ ...still, createdAt: view.createdAt + seconds * 1_000 })),
        `after ${seconds} s`,
      );
    const [header] = tableOf(contentFor({ ...view, form: 'untitled' }));
    assert.deepEqual(header?.slice(0, 2), ['Id', 'Name']);
  });

  it('shows every kind of change between two exports, soon after or days later', () => {
    const kinds = ['newlyAtRisk', 'recovered', 'progressUp', 'progressDown', 'added', 'gone', 'ownerChanged'];
    for (const seconds of [20, 45, 400, 3 * 24 * 3_600]) {
      const later = contentFor({ ...view, createdAt: view.createdAt + seconds * 1_000 });
      const seen = changesBetween(rowsOf(contentFor(view)), rowsOf(later));
      assert.deepEqual(
        kinds.filter((kind) => !seen.includes(kind)),
        [],
        `after ${seconds} s`,
      );
      assert.ok(seen.length < 150, `${seen.length} changes after ${seconds} s`);
    }
  });
});

/** One word for each change of a row, matched by Id. */
const changesBetween = (before: readonly Row[], after: readonly Row[]): readonly string[] => {
  const earlier = new Map(before.map((row) => [row['Id'], row]));
  const ids = new Set(column(after, 'Id'));
  return [
    ...after.flatMap((row) => changesOf(earlier.get(row['Id']), row)),
    ...before.flatMap(({ Id = '' }) => (ids.has(Id) ? [] : 'gone')),
  ];
};

const changesOf = (was: Row | undefined, is: Row): readonly string[] => {
  if (!was) return ['added'];
  const moved = Number(is['Progress %']) - Number(was['Progress %']);
  const [risky, wasRisky] = [is, was].map((row) => row['Status'] === 'At Risk');
  return [
    ...(risky === wasRisky ? [] : [risky === true ? 'newlyAtRisk' : 'recovered']),
    ...(moved === 0 ? [] : [moved > 0 ? 'progressUp' : 'progressDown']),
    ...(is['Owner'] === was['Owner'] ? [] : ['ownerChanged']),
  ];
};
