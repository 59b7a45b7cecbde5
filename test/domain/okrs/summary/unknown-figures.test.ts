/** What could not be read is unknown: never zero, and never a reason for anything. */
import assert from 'node:assert/strict';
import type { OkrRow } from '../../../../src/domain/okrs/reading/okr-row.ts';
import type { OkrSummary } from '../../../../src/domain/okrs/reading/okr-summary.ts';
import { createSummarizer } from '../../../../src/domain/okrs/summary/summarize.ts';
import { rowWith } from '../sample-rows.ts';

const today = '2025-06-30';
const fine = { lastCheckInOn: '2025-06-29', endsOn: '2025-12-31', progress: 50, status: 'On Track' };
const late = { ...fine, endsOn: '2025-06-01' };
const times = <T>(count: number, row: T): T[] => Array.from({ length: count }, () => row);

function summaryOf(rows: readonly Partial<OkrRow>[]): OkrSummary {
  const summarizer = createSummarizer({ today, knowsCheckIns: true });
  for (const row of rows) summarizer.add(rowWith(row));
  return summarizer.summary([]);
}

const without = <Key extends keyof typeof fine>(key: Key): Omit<typeof fine, Key> => {
  const { [key]: _, ...rest } = fine;
  return rest;
};

describe('figures of which something could not be read', () => {
  it('are unknown where it could make a difference', () => {
    const overdue = (row: Partial<OkrRow>) => summaryOf([row]).overdue;
    assert.equal(overdue({ ...without('endsOn'), unread: ['endsOn'] }), undefined);
    assert.equal(overdue({ ...late, status: 'Behind', unread: ['status'] }), undefined);
    assert.equal(summaryOf([{ endsOn: '2025-06-01', unread: ['progress'] }]).overdue, undefined);
    const silent = (row: Partial<OkrRow>) => summaryOf([row]).withoutCheckIn;
    assert.equal(silent({ ...without('lastCheckInOn'), unread: ['lastCheckInOn'] }), undefined);
    assert.equal(silent({ ...fine, lastCheckInOn: '2025-01-01', unread: ['checkIns'] }), undefined);
    assert.equal(silent({ ...without('lastCheckInOn'), unread: ['createdAt'] }), undefined);
    const average = (row: Partial<OkrRow>) => summaryOf([fine, row]).averageProgress;
    assert.equal(average({ ...without('progress'), unread: ['progress'] }), undefined);
    assert.equal(average({ ...fine, unread: ['status'] }), undefined);
  });

  it('are known where it makes none', () => {
    const closed = { status: 'Closed', unread: ['endsOn', 'lastCheckInOn', 'progress'] } as const;
    const done = { ...without('endsOn'), progress: 100, unread: ['endsOn'] } as const;
    const early = { ...fine, unread: ['createdAt', 'score', 'startsOn'] } as const;
    const recent = { ...fine, checkIns: [], unread: ['checkIns'] } as const;
    const { overdue, withoutCheckIn, averageProgress } = summaryOf([closed, done, early, recent]);
    assert.deepEqual([overdue, withoutCheckIn, averageProgress], [0, 0, 200 / 3]);
  });

  it('are told while at most one part in a hundred is unknown', () => {
    const unread = { ...without('endsOn'), unread: ['endsOn'] } as const;
    assert.equal(summaryOf([...times(100, late), unread]).overdue, 100);
    assert.equal(summaryOf([...times(99, late), unread]).overdue, undefined);
    assert.equal(summaryOf([...times(1_000, fine), unread]).overdue, undefined, 'unknown is no zero');
    const noProgress = { ...without('progress'), unread: ['progress'] } as const;
    assert.equal(summaryOf([...times(100, fine), noProgress]).averageProgress, 50);
    assert.equal(summaryOf([...times(99, fine), noProgress]).averageProgress, undefined);
  });

  it('count statuses that could not be read apart from rows without one', () => {
    const { objectives } = summaryOf([{ status: 'Closed' }, {}, { unread: ['status'] }]);
    assert.deepEqual(objectives, {
      count: 3,
      unread: 1,
      byStatus: [
        { status: 'Closed', count: 1 },
        { status: '', count: 1 },
      ],
    });
  });
});

describe('what needs attention where something could not be read', () => {
  it('takes it for no reason, and says it', () => {
    const unread = ['lastCheckInOn', 'endsOn', 'progress', 'checkIns'] as const;
    const { attention, unjudged } = summaryOf([{ status: 'At Risk', unread }]);
    assert.deepEqual(
      attention.map(({ reasons, unread: facts }) => [reasons, facts]),
      [[[{ kind: 'atRisk' }], ['lastCheckIn', 'endDate', 'progress']]],
    );
    assert.equal(unjudged, undefined);
  });

  it('counts the rows that may need it', () => {
    const { attention, unjudged } = summaryOf([
      fine,
      { ...without('endsOn'), unread: ['endsOn'] },
      { ...without('status'), unread: ['status'] },
      { status: 'Closed', unread: ['endsOn'] },
      { ...fine, unread: ['owner'] },
    ]);
    assert.deepEqual([attention, unjudged], [[], 2]);
  });
});
