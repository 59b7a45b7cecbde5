/** The sheet that tells what changed since the earlier export. */
import assert from 'node:assert/strict';
import type { OkrChange, OkrChanges } from '../../../../src/domain/okrs/changes/okr-changes.ts';
import { rowWith } from '../../../domain/okrs/sample-rows.ts';
import { excelDay, sheetsOf, valuesOf } from './made-workbook.ts';

describe('the sheet of changes', () => {
  const none: OkrChanges['counts'] = {
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
  const changesSheet = async (changes?: OkrChanges) =>
    (await sheetsOf([rowWith({})], changes === undefined ? {} : { changes })).get('Changes');

  it('says that there is nothing to compare with, or that nothing changed', async () => {
    assert.match(String(valuesOf(await changesSheet())[1]?.[0]), /no earlier export/);
    const nothing = valuesOf(await changesSheet({ since, counts: none, items: [] }));
    assert.deepEqual(nothing.slice(1), [['Since', excelDay('2025-06-01')], ['Nothing changed.']]);
  });

  it('lists every change with what it was and what it is', async () => {
    const all: readonly OkrChange[] = [
      { kind: 'newlyAtRisk', from: 'On Track', to: 'At Risk' },
      { kind: 'progressDown', from: 60, to: 45.5 },
      { kind: 'gone' },
      { kind: 'ownerChanged', from: 'Ada Sample', to: 'Ben Sample' },
    ];
    const items = all.map((change) => ({ ...change, title: 'Grow', level: 'objective' }) as const);
    const counts = { ...none, newlyAtRisk: 1, progressDown: 1, gone: 1, ownerChanged: 4 };
    const sheet = await changesSheet({ since, counts, items });
    const values = valuesOf(sheet);
    assert.deepEqual(values.slice(2, 6), [
      ['Newly at risk', 1],
      ['Went down', 1],
      ['No longer there', 1],
      ['Changed owner', 4],
    ]);
    assert.ok(values.some(([first]) => first === '7 changes: the 4 weightiest are listed.'));
    assert.deepEqual(values.slice(-5), [
      ['Change', 'OKR', 'Type', 'Owner', 'From', 'To'],
      ['Newly at risk', 'Grow', 'Objective', '', 'On Track', 'At Risk'],
      ['Went down', 'Grow', 'Objective', '', 0.6, 0.455],
      ['No longer there', 'Grow', 'Objective'],
      ['Changed owner', 'Grow', 'Objective', '', 'Ada Sample', 'Ben Sample'],
    ]);
    assert.equal(sheet?.filter, `A${values.length - 4}:F${values.length}`);
  });
});
