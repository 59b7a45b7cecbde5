import assert from 'node:assert/strict';
import fc from 'fast-check';
import { knownColumns, readColumns, usualColumns } from '../../../../src/domain/okrs/reading/columns.ts';
import { levelOf } from '../../../../src/domain/okrs/reading/level-of-row.ts';
import { createRowReader } from '../../../../src/domain/okrs/reading/read-row.ts';
import { createSnapshotBuilder } from '../../../../src/domain/okrs/changes/snapshot.ts';
import { createSummarizer } from '../../../../src/domain/okrs/summary/summarize.ts';
import { readerFor } from '../sample-rows.ts';

const usualHeader = (
  'Id|Title|Team|Creator|Owner|Period|Start Date|End Date|Description|Aligned To (weight, Objective ID)|Metric Name|' +
  'Unit|Target|Object Type|Goal Type|Start|Created At|Last Check-in|Progress %|Actual Progress|Status|' +
  'Last Check-in Note|Score|Checkins'
).split('|');

describe('reading a row', () => {
  it('reads every column of the usual header, and further check-ins behind it', () => {
    const reader = readerFor(usualHeader);
    const record = [
      '4101', 'Grow trials', 'Field; North', 'Mira', 'Lin, Petr', 'Q1 2025', '2025-01-01', '2025-03-31', 'Why\nand how',
      'Grow (all)(weight: 33.33%, Id: 4100)', 'Trials', 'USD', '1,234.5', 'Key result', 'Committed', '0',
      '2024-12-09 14:36:20 UTC', '2025-03-01', '25%', '308', 'at risk', 'note', '0.3',
      'Checkin Date: 2025-02-01; Note: one', 'Checkin Date: 2025-03-01; Note: two', '',
    ]; // prettier-ignore
    assert.deepEqual(reader.read(record), {
      id: '4101',
      title: 'Grow trials',
      level: 'keyResult',
      objectType: 'Key result',
      goalType: 'Committed',
      teams: ['Field', 'North'],
      creator: 'Mira',
      owner: 'Lin, Petr',
      period: 'Q1 2025',
      startsOn: '2025-01-01',
      endsOn: '2025-03-31',
      description: 'Why\nand how',
      alignedTo: [{ title: 'Grow (all)', id: '4100', weight: 33.33 }],
      metricName: 'Trials',
      unit: 'USD',
      target: 1234.5,
      start: 0,
      progress: 25,
      actualProgress: 308,
      status: 'At Risk',
      createdOn: '2024-12-09',
      lastCheckInOn: '2025-03-01',
      lastNote: 'note',
      score: 0.3,
      checkIns: [
        { on: '2025-02-01', note: 'one' },
        { on: '2025-03-01', note: 'two' },
      ],
      others: {},
    });
    assert.deepEqual(reader.gaps(), []);
  });

  it('knows headers whatever their case, spaces and byte order mark, and passes unknown ones through', () => {
    const reader = readerFor([
      '\uFEFF TITLE ',
      'okr  TYPE',
      'Type name',
      'Tag',
      'Tag',
      'STATUS',
      '__proto__',
      '',
      '',
    ]);
    const row = reader.read(['T', 'Objective', 'Committed', 'a', 'b', 'Paused', 'p', 'Note: x']);
    assert.equal(row?.level, 'objective');
    assert.equal(row.status, 'Paused');
    assert.deepEqual(Object.entries(row.others), [['Tag', 'a'], ['Tag (2)', 'b'], ['__proto__', 'p']]); // prettier-ignore
    assert.deepEqual(row.checkIns, [{ note: 'x' }]);
  });

  it('looks at no more unknown columns than a row has cells, however many the header names', () => {
    const columns = readColumns(['Title', ...Array.from({ length: 2_000 }, () => 'Tag')]);
    assert.ok(columns !== undefined);
    let looks = 0;
    const others = columns.others.map(({ header, at }) => ({
      header,
      get at() {
        looks += 1;
        return at;
      },
    }));
    const row = createRowReader({ ...columns, others }).read(['T', 'a', 'b']);
    assert.deepEqual(row?.others, { Tag: 'a', 'Tag (2)': 'b' });
    assert.ok(looks < 10, String(looks));
  });

  it('knows further check-ins by the names that our own CSV gives them', () => {
    const row = readerFor(['Title', 'Checkins', 'Check-in 2', 'Check-in 3']).read(['T', 'a', 'b', 'c', 'd']);
    assert.deepEqual(
      row?.checkIns.map(({ note }) => note),
      ['a', 'b', 'c', 'd'],
    );
    assert.deepEqual(row.others, {});
  });

  it('takes the first of two columns with one name', () => {
    const row = readerFor(['Title', 'Status', 'Status']).read(['T', 'At Risk', 'Closed']);
    assert.equal(row?.status, 'At Risk');
    assert.deepEqual(row.others, { Status: 'Closed' });
  });

  it('goes by the names of a source, and by the usual ones for what it does not name', () => {
    const naming = { title: ['Plant'], status: ['Health', 'State'] };
    const header = ['Owner', 'Status', 'state', 'PLANT', 'Title'];
    const record = ['Ada', 'watered', 'At Risk', 'Tomatoes', 'Dr'];
    const read = (namings: Parameters<typeof knownColumns>[0]) => {
      const columns = readColumns(header, knownColumns(namings));
      assert.ok(columns);
      const row = createRowReader(columns).read(record);
      return [row?.title, row?.status, row?.owner, row?.others];
    };
    const asTheSourceSays = ['Tomatoes', 'At Risk', 'Ada', { Status: 'watered', Title: 'Dr' }];
    assert.deepEqual(read([naming, usualColumns]), asTheSourceSays);
    const asUsual = ['Dr', 'watered', 'Ada', { state: 'At Risk', PLANT: 'Tomatoes' }];
    assert.deepEqual(read([usualColumns, naming]), asUsual);
  });

  it('needs a title column only, and says what the figures lack', () => {
    assert.equal(readColumns(['Id', 'Name']), undefined);
    const reader = readerFor(['Title']);
    assert.equal(reader.read(['x'])?.title, 'x');
    assert.deepEqual(reader.gaps(), [
      { kind: 'noColumn', column: 'Object Type' },
      { kind: 'noColumn', column: 'Status' },
      { kind: 'noColumn', column: 'Progress %' },
      { kind: 'noColumn', column: 'End Date' },
      { kind: 'noColumn', column: 'Last Check-in' },
    ]);
  });

  it('counts cells that it cannot read and rows without a title, not empty ones', () => {
    const reader = readerFor(usualHeader);
    const at = (name: string): number => usualHeader.indexOf(name);
    const record = (cells: Readonly<Record<string, string>>): string[] =>
      usualHeader.map((name) => cells[name] ?? '');
    reader.read(record({ Title: 'a', 'End Date': 'soon', 'Progress %': 'half' }));
    reader.read(record({ Title: 'b', 'End Date': 'n/a', 'Progress %': '-', 'Start Date': '0001-01-01' }));
    reader.read(record({ Id: '7' }));
    reader.read(record({}));
    reader.read([]);
    assert.ok(at('Title') > 0);
    assert.deepEqual(reader.gaps(), [
      { kind: 'unreadableCells', column: 'End Date', rows: 1, why: 'other' },
      { kind: 'unreadableCells', column: 'Progress %', rows: 1, why: 'other' },
      { kind: 'rowsWithoutTitle', rows: 1 },
    ]);
  });

  it('never throws, whatever header and records hold, and the figures add up', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('2025-01-01', '100%', '-5', '1e308', 'At Risk', 'Objective', 'Outcome', 'Checkin Date: x; Note:', 'A(weight: %)'),
    ); // prettier-ignore
    const header = fc.array(fc.oneof(fc.constantFrom(...usualHeader, ''), cell), { maxLength: 30 });
    fc.assert(
      fc.property(header, fc.array(fc.array(cell, { maxLength: 40 }), { maxLength: 8 }), (names, records) => {
        const columns = readColumns(['Title', ...names]);
        assert.ok(columns);
        const reader = createRowReader(columns);
        const summarizer = createSummarizer({ today: '2025-06-30', knowsCheckIns: true });
        const snapshots = createSnapshotBuilder('2025-06-30');
        const rows = records.map(reader.read).filter((row) => row !== undefined);
        for (const row of rows) {
          summarizer.add(row);
          snapshots.add(row);
        }
        const summary = summarizer.summary(reader.gaps());
        const levels = [summary.objectives, summary.keyResults, summary.others];
        assert.equal(summary.rows, rows.length);
        assert.equal(levels.reduce((sum, { count }) => sum + count, 0), rows.length);
        for (const { count, byStatus } of levels) {
          assert.equal(byStatus.reduce((sum, one) => sum + one.count, 0), count);
        }
        assert.ok(summary.attention.length <= 5 && summary.attention.every(({ reasons }) => reasons.length > 0));
        assert.ok(summary.averageProgress === undefined || Number.isFinite(summary.averageProgress));
        assert.equal(snapshots.snapshot().rows.length, rows.length);
      }),
      { numRuns: 1_000 },
    ); // prettier-ignore
  });
});

describe('levelOf', () => {
  const clues = { isAligned: false, measures: false };
  it('knows the words of the product, whatever their case', () => {
    assert.equal(levelOf({ ...clues, objectType: 'OBJECTIVE' }), 'objective');
    assert.equal(levelOf({ ...clues, objectType: 'Key Result' }), 'keyResult');
    assert.equal(levelOf({ ...clues, objectType: 'Deliverable' }), 'other');
    assert.equal(levelOf({ ...clues, objectType: 'Moonshot', goalType: 'Objective' }), 'objective');
    assert.equal(levelOf(clues), 'other');
  });
  it('takes an outcome for a key result where it measures something for another', () => {
    assert.equal(levelOf({ objectType: 'Outcome', isAligned: true, measures: true }), 'keyResult');
    assert.equal(levelOf({ objectType: 'Outcome', isAligned: true, measures: false }), 'objective');
    assert.equal(levelOf({ objectType: 'Outcome', isAligned: false, measures: true }), 'objective');
  });
});
