/** Makes up figures of an export, and what changed in it, for every shape that a card can show. */
import type { ChangedOkr, OkrChanges } from '../../domain/okrs/changes/okr-changes.ts';
import type { LevelFigures, OkrSummary } from '../../domain/okrs/reading/okr-summary.ts';
import { sampleNow } from './sample-jobs.ts';

const levels = (...byStatus: readonly (readonly [status: string, count: number])[]): LevelFigures => ({
  count: byStatus.reduce((total, [, count]) => total + count, 0),
  byStatus: byStatus.map(([status, count]) => ({ status, count })),
});

export const sampleSummary: OkrSummary = {
  rows: 128,
  objectives: levels(['Not Started', 4], ['On Track', 17], ['Behind', 6], ['At Risk', 5], ['Closed', 3]),
  keyResults: levels(
    ['Not Started', 11],
    ['On Track', 44],
    ['Behind', 16],
    ['At Risk', 12],
    ['Closed', 7],
    ['Postponed', 3],
  ),
  others: levels(),
  averageProgress: 61.7,
  overdue: 9,
  withoutCheckIn: 31,
  attention: [
    {
      title: 'Cut the time from order to delivery to 48 hours',
      level: 'keyResult',
      progress: 12,
      owner: 'Noor Sample',
      reasons: [{ kind: 'atRisk' }, { kind: 'overdue', endedOn: '2026-01-31' }],
    },
    {
      title: 'Every depot runs on renewable power',
      level: 'objective',
      progress: 35,
      owner: 'Kim Probe',
      reasons: [{ kind: 'atRisk' }, { kind: 'noCheckIn', since: '2026-01-12' }],
    },
    {
      title: 'Hire 12 technicians',
      level: 'keyResult',
      progress: 41.7,
      owner: 'Robin Sample',
      reasons: [{ kind: 'overdue', endedOn: '2026-02-15' }],
    },
    {
      title: 'Launch the returns portal',
      level: 'keyResult',
      owner: 'Sascha Exempel',
      reasons: [{ kind: 'behind' }, { kind: 'noCheckIn' }],
    },
    {
      title: 'Halve customer waiting time',
      level: 'objective',
      progress: 0,
      reasons: [{ kind: 'noProgress' }],
    },
  ],
  today: '2026-03-04',
  gaps: [],
};

const inKeyResults = { level: 'keyResult', owner: 'Noor Sample' } as const;

const items: readonly ChangedOkr[] = [
  { kind: 'newlyAtRisk', from: 'On Track', to: 'At Risk', title: 'Hire 12 technicians', ...inKeyResults },
  {
    kind: 'newlyAtRisk',
    from: 'Behind',
    to: 'At Risk',
    ...inKeyResults,
    title: 'Cut the time from order to delivery to 48 hours',
  },
  { kind: 'progressDown', from: 58, to: 41.7, title: 'Supplier quality above 98%', ...inKeyResults },
  { kind: 'gone', title: 'Pilot with two partner depots', level: 'keyResult' },
  { kind: 'recovered', from: 'At Risk', to: 'On Track', title: 'Keep the lights on', level: 'objective' },
  { kind: 'progressUp', from: 20, to: 64, title: 'Train every team lead', ...inKeyResults },
  { kind: 'progressUp', from: 0, to: 30, title: 'Launch the returns portal', ...inKeyResults },
  { kind: 'added', title: 'Answer nine of ten calls within a minute', ...inKeyResults },
  { kind: 'statusChanged', from: 'On Track', to: 'Closed', title: 'Open the new depot', level: 'objective' },
  {
    kind: 'ownerChanged',
    from: 'Kim Probe',
    to: 'Noor Sample',
    title: 'Halve waiting time',
    level: 'objective',
  },
];

const countsOf = (changed: readonly ChangedOkr[]): OkrChanges['counts'] => {
  const of = (kind: ChangedOkr['kind']): number => changed.filter((one) => one.kind === kind).length;
  return {
    newlyAtRisk: of('newlyAtRisk'),
    progressDown: of('progressDown'),
    gone: of('gone'),
    recovered: of('recovered'),
    progressUp: of('progressUp'),
    added: of('added'),
    statusChanged: of('statusChanged'),
    ownerChanged: of('ownerChanged'),
  };
};

const since = new Date(sampleNow.getTime() - 7 * 24 * 3600_000);

export const changesOf = (changed: readonly ChangedOkr[]): OkrChanges => ({
  since,
  counts: countsOf(changed),
  items: changed.slice(0, 1000),
});

export const sampleChanges = changesOf(items);
export const nothingChanged = changesOf([]);

/** 1,400 changes with long titles: more than a message carries. */
export const manyChanges = changesOf(
  Array.from({ length: 1400 }, (_, index) => ({
    ...(index < 21
      ? { kind: 'progressDown', from: (index % 90) + 5.5, to: index % 90 }
      : { kind: 'progressUp', from: index % 90, to: (index % 90) + 5.5 }),
    level: 'keyResult',
    title: `Made-up key result ${index} with a title as long as titles of key results sometimes are, and then some`,
  })),
);

/** Titles and names from right to left, and other scripts. */
export const rightToLeftSummary: OkrSummary = {
  ...sampleSummary,
  attention: [
    {
      title: 'خفض وقت التسليم إلى 48 ساعة (المرحلة 2)',
      level: 'keyResult',
      progress: 12,
      owner: 'نور مثال',
      reasons: [{ kind: 'atRisk' }, { kind: 'overdue', endedOn: '2026-01-31' }],
    },
    {
      title: 'לצמצם את זמן ההמתנה ב-50%',
      level: 'objective',
      progress: 35,
      owner: 'דוגמה לוי',
      reasons: [{ kind: 'behind' }],
    },
    {
      title: '顧客の待ち時間を半分にする',
      level: 'objective',
      progress: 0,
      owner: '見本 太郎',
      reasons: [{ kind: 'noProgress' }],
    },
  ],
};

export const rightToLeftChanges = changesOf([
  {
    kind: 'newlyAtRisk',
    from: 'On Track',
    to: 'At Risk',
    title: 'خفض وقت التسليم إلى 48 ساعة',
    level: 'keyResult',
  },
  { kind: 'progressUp', from: 20, to: 64, title: 'לצמצם את זמן ההמתנה ב-50%', level: 'objective' },
  {
    kind: 'ownerChanged',
    from: 'نور مثال',
    to: 'דוגמה לוי',
    title: '顧客の待ち時間を半分にする',
    level: 'objective',
  },
]);

/** A file that lacks much of what an export usually has. */
export const thinSummary: OkrSummary = {
  rows: 6,
  objectives: levels(),
  keyResults: levels(),
  others: levels(['', 6]),
  overdue: 0,
  withoutCheckIn: 0,
  attention: [],
  today: '2026-03-04',
  gaps: [
    { kind: 'unreadableLetters', rows: 3 },
    { kind: 'noColumn', column: 'Status' },
    { kind: 'noColumn', column: 'End Date' },
    { kind: 'noColumn', column: 'Last Check-in' },
    { kind: 'unreadableCells', column: 'Progress %', rows: 2, why: 'number' },
    { kind: 'rowsWithoutTitle', rows: 1 },
    { kind: 'capped', what: 'changes', rows: 50_000 },
  ],
};
