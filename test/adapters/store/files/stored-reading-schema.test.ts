/** Readings that an earlier version kept, and what is unknown in those of this one. */
import assert from 'node:assert/strict';
import { readingSchema, snapshotSchema } from '../../../../src/adapters/store/files/stored-reading-schema.ts';
import type { OkrSnapshot } from '../../../../src/domain/okrs/changes/snapshot.ts';
import type { OkrSummary } from '../../../../src/domain/okrs/reading/okr-summary.ts';
import { someReading } from '../../../support/samples/sample-exports.ts';

const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a reading that is kept', () => {
  it('keeps what is unknown unknown', () => {
    const { overdue: _overdue, averageProgress: _average, ...known } = someReading().summary;
    const summary: OkrSummary = {
      ...known,
      objectives: { count: 2, unread: 1, byStatus: [{ status: 'On Track', count: 1 }] },
      attention: [
        { title: 'Grow', level: 'objective', reasons: [{ kind: 'atRisk' }], unread: ['endDate', 'progress'] },
      ],
      unjudged: 3,
      gaps: [
        { kind: 'unreadableCells', column: 'End Date', rows: 4, why: 'date' },
        { kind: 'unreadableCells', column: 'Last Check-in', rows: 1, why: 'other' },
      ],
    };
    const reading = someReading({ summary });
    assert.deepEqual(readingSchema.parse(stored(reading)), reading);
  });

  it('loses the figures that an earlier version counted although cells could not be read', () => {
    const { summary } = someReading();
    const gaps = [
      { kind: 'unreadableCells', column: 'End Date', rows: 4 },
      { kind: 'unreadableCells', column: 'Target', rows: 4 },
    ];
    const read = readingSchema.parse(stored(someReading({ summary: { ...summary, gaps } as OkrSummary })));
    const { overdue: _wrong, ...right } = summary;
    assert.deepEqual(read.summary, { ...right, gaps: gaps.map((gap) => ({ ...gap, why: 'other' })) });
  });
});

describe('a snapshot that is kept', () => {
  it('comes back with and without what this version added', () => {
    const row = { key: '1', title: 'Grow', level: 'objective' } as const;
    const snapshot: OkrSnapshot = {
      takenOn: '2026-03-02',
      capped: false,
      rows: [row, { ...row, keyWithoutId: '~x', unread: ['status', 'progress'] }],
    };
    assert.deepEqual(snapshotSchema.parse(stored(snapshot)), snapshot);
  });
});
