import assert from 'node:assert/strict';
import { exportedAt, withoutMoment } from '../../../../src/domain/okrs/file/exported-at.ts';

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
      assert.equal(exportedAt(name, latest)?.toISOString(), at);
      assert.equal(withoutMoment(name), rest);
    });
});
