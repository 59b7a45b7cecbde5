/** What the name of a file says: when it was exported, and which files of somebody's own are compared with one another. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { goals } from '../../../../src/sources/goals/goals-source.ts';
import { exportedAt, withoutMoment, seriesOfFileName } from '../../../../src/domain/okrs/file/file-name.ts';

const latest = new Date('2026-11-24T12:00:00Z');

const cases: readonly (readonly [name: string, at: string | undefined, rest: string])[] = [
  [
    'VivaGoals_12_Company view_2025_11_20_1763600000.csv',
    '2025-11-20T00:53:20.000Z',
    'VivaGoals_12_Company view',
  ],
  ['VivaGoals_12_Sales_2025_11_20_1763600000 (2).XLSX', '2025-11-20T00:53:20.000Z', 'VivaGoals_12_Sales'],
  ['VivaGoals_a1d5e0c2_2026-10-24_2302Z.csv', '2026-10-24T23:02:00.000Z', 'VivaGoals_a1d5e0c2'],
  [
    'VivaGoals_a1d5e0c2_2026-10-24_2302Z_for_spreadsheets.csv',
    '2026-10-24T23:02:00.000Z',
    'VivaGoals_a1d5e0c2',
  ],
  ['from the future_2030_01_01_1893456000.csv', undefined, 'from the future'],
  ['no such day_2026-13-45_9999Z.csv', undefined, 'no such day'],
  ['goals.csv', undefined, 'goals'],
  ['', undefined, ''],
];

describe('when a file was exported, by its name', () => {
  for (const [name, at, rest] of cases)
    it(JSON.stringify(name), () => {
      assert.equal(exportedAt(name, latest, [goals])?.toISOString(), at);
      assert.equal(withoutMoment(name, [goals]), rest);
    });
});

const same: readonly (readonly string[])[] = [
  [
    'VivaGoals_12_Company view_2025_11_20_1763600000.csv',
    'VivaGoals_12_Company view_2025_12_20_1766200000.csv',
  ],
  ['OKRs.csv', 'OKRs (1).csv', 'okrs (2).xlsx', 'OKRs - Copy.csv', 'OKRs_2.csv', 'OKRs.CSV'],
  ['Sales 2025-11-01.xlsx', 'Sales 2025-12-01 0915.xlsx', 'sales_20251224.csv', 'Sales 24.12.2025.csv'],
  ['VivaGoals_e5e7a3c1_2026-03-02_0900Z.csv', 'VivaGoals_e5e7a3c1_2026-04-02_1130Z.csv'],
  ['Garden_plot_12_2026-03-02_0900Z.csv', 'Garden_plot_12_2026-04-02_0900Z_for_spreadsheets (1).csv'],
  ['Ziele für Übermorgen 2025-01-01.csv', 'Ziele für Übermorgen 2025-02-01.csv'],
];

const different: readonly (readonly [string, string])[] = [
  ['Sales.csv', 'Marketing.csv'],
  ['VivaGoals_12_Sales_2025_11_20_1.csv', 'VivaGoals_13_Sales_2025_11_20_1.csv'],
  ['Team A.csv', 'Team B.csv'],
  ['VivaGoals_12345678_2026-03-02_0900Z.csv', 'VivaGoals_87654321_2026-03-02_0900Z.csv'],
  ['Garden_plot_12_2026-03-02_0900Z.csv', 'Garden_plot_13_2026-03-02_0900Z.xlsx'],
];

const gardens = { fileName: 'Garden' };
const seriesOf = (name: string): string => seriesOfFileName(name, [goals, gardens]);

describe('the series of a file', () => {
  for (const names of same)
    it(`is one for ${names.join(', ')}`, () => {
      assert.equal(new Set(names.map(seriesOf)).size, 1, names.map(seriesOf).join(' | '));
    });
  for (const [one, other] of different)
    it(`is not one for ${one} and ${other}`, () => {
      assert.notEqual(seriesOf(one), seriesOf(other));
    });

  it('is never empty, never longer than the name, and the same again for itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const series = seriesOf(name);
        assert.ok(series.length > 0);
        assert.equal(seriesOf(`${series}.csv`), series);
      }),
    );
  });

  it('is found quickly for names made to be slow', () => {
    for (const part of ['_2025', ' (1', '-', '1', '_', ' copy', '.csv'])
      assert.ok(seriesOf(part.repeat(50_000)).length > 0);
  }).timeout(2000);
});
