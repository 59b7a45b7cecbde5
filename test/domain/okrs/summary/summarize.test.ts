import assert from 'node:assert/strict';
import type { OkrRow } from '../../../../src/domain/okrs/reading/okr-row.ts';
import type { OkrSummary } from '../../../../src/domain/okrs/reading/okr-summary.ts';
import { createSummarizer } from '../../../../src/domain/okrs/summary/summarize.ts';
import { rowWith } from '../sample-rows.ts';

const today = '2025-06-30';

function summaryOf(rows: readonly Partial<OkrRow>[], knowsCheckIns = true): OkrSummary {
  const summarizer = createSummarizer({ today, knowsCheckIns });
  for (const row of rows) summarizer.add(rowWith(row));
  return summarizer.summary([]);
}

describe('the figures of an export', () => {
  it('count by status over all rows, objectives and key results apart, known words in the usual order', () => {
    const { objectives, keyResults, others, rows } = summaryOf([
      { status: 'Closed' },
      { status: 'Paused' },
      { status: 'Paused' },
      { status: 'Held' },
      { status: 'Not Started' },
      {},
      { level: 'keyResult', status: 'At Risk' },
      { level: 'other', status: 'At Risk' },
    ]);
    assert.equal(rows, 8);
    assert.deepEqual(objectives, {
      count: 6,
      byStatus: [
        { status: 'Not Started', count: 1 },
        { status: 'Closed', count: 1 },
        { status: 'Paused', count: 2 },
        { status: 'Held', count: 1 },
        { status: '', count: 1 },
      ],
    });
    assert.deepEqual(keyResults, { count: 1, byStatus: [{ status: 'At Risk', count: 1 }] });
    assert.equal(others.count, 1);
  });

  it('name the first objective', () => {
    const rows = [{ level: 'keyResult', title: 'A' }, { title: 'B' }, { title: 'C' }] as const;
    assert.equal(summaryOf(rows).topObjective, 'B');
    assert.equal(summaryOf(rows.slice(0, 1)).topObjective, undefined);
  });

  it('keep at most twenty words of the file, and count the rest together', () => {
    const { byStatus } = summaryOf(
      Array.from({ length: 50 }, (_, nth) => ({ status: `Word ${nth}` })),
    ).objectives;
    assert.equal(byStatus.length, 21);
    assert.deepEqual(byStatus[0], { status: '…', count: 30 });
  });

  it('average the progress of rows that are neither closed nor postponed and say it', () => {
    const rows = [{ progress: 10 }, { progress: 55 }, { status: 'Closed', progress: 100 }, { status: 'Postponed', progress: 0 }, {}]; // prettier-ignore
    assert.equal(summaryOf(rows).averageProgress, 32.5);
    assert.equal(summaryOf([{ status: 'Closed', progress: 100 }]).averageProgress, undefined);
  });

  it('count as overdue what ended before today, is open and below 100', () => {
    const ended = { endsOn: '2025-06-29' };
    assert.equal(summaryOf([{ ...ended, progress: 99.9 }, ended]).overdue, 2);
    const not = [
      { ...ended, progress: 100 },
      { ...ended, status: 'Closed' },
      { ...ended, status: 'Postponed' },
      { endsOn: today, progress: 5 },
      { progress: 5 },
    ];
    assert.equal(summaryOf(not).overdue, 0);
  });

  it('count open rows without a check-in for 14 days; new ones have their time', () => {
    const without = [
      { lastCheckInOn: '2025-06-16' },
      { createdOn: '2025-06-16' },
      {},
      { checkIns: [{ on: '2025-06-01' }, { on: '2025-05-01' }] },
    ];
    assert.equal(summaryOf(without).withoutCheckIn, 4);
    const not = [
      { lastCheckInOn: '2025-06-17' },
      { createdOn: '2025-06-17' },
      { checkIns: [{ on: '2025-06-20' }] },
      { status: 'Closed' },
      { status: 'Postponed', lastCheckInOn: '2024-01-01' },
    ];
    assert.equal(summaryOf(not).withoutCheckIn, 0);
    assert.equal(summaryOf(without, false).withoutCheckIn, 0);
  });
});

describe('what needs attention', () => {
  const fresh = { lastCheckInOn: '2025-06-29', progress: 50 };

  it('says why, the weightiest reason first', () => {
    const [item] = summaryOf([
      { status: 'At Risk', startsOn: '2025-01-01', endsOn: '2025-03-31', progress: 0, lastCheckInOn: '2025-02-01', owner: 'Lin' },
    ]).attention; // prettier-ignore
    assert.deepEqual(item, {
      title: 'Halve the support queue',
      level: 'objective',
      owner: 'Lin',
      progress: 0,
      reasons: [
        { kind: 'atRisk' },
        { kind: 'overdue', endedOn: '2025-03-31' },
        { kind: 'noCheckIn', since: '2025-02-01' },
        { kind: 'noProgress' },
      ],
    });
  });

  it('lists the five weightiest, those with less progress first', () => {
    const { attention } = summaryOf([
      { ...fresh, title: 'fine', status: 'On Track' },
      { ...fresh, title: 'closed', status: 'Closed', endsOn: '2025-01-01' },
      { ...fresh, title: 'silent', lastCheckInOn: '2025-01-01' },
      { ...fresh, title: 'behind', status: 'Behind' },
      { ...fresh, title: 'overdue', endsOn: '2025-06-01' },
      { ...fresh, title: 'risk 70', status: 'At Risk', progress: 70 },
      { ...fresh, title: 'risk 20', status: 'At Risk', progress: 20 },
      { ...fresh, title: 'risk and overdue', status: 'At Risk', endsOn: '2025-06-01', progress: 90 },
    ]);
    assert.deepEqual(
      attention.map(({ title }) => title),
      ['risk and overdue', 'risk 20', 'risk 70', 'overdue', 'behind'],
    );
  });

  it('lists equals in the order of the file', () => {
    const { attention } = summaryOf(['a', 'b'].map((title) => ({ ...fresh, title, status: 'At Risk' })));
    assert.deepEqual(
      attention.map(({ title }) => title),
      ['a', 'b'],
    );
  });

  it('keeps titles short and whole', () => {
    const [item] = summaryOf([{ status: 'At Risk', title: `a\nb${'😀'.repeat(500_000)}` }]).attention;
    assert.ok(item !== undefined && item.title.length <= 300 && item.title.isWellFormed());
    assert.match(item.title, /^a b.*…$/u);
  });
});
