/** Shows how many rows have each status: a ring where the client can draw one, and a line for each level. */
import type { LevelFigures, OkrSummary, StatusCount } from '../../domain/okrs/reading/okr-summary.ts';
import type { ColumnSet, TextRun, CardElement, ChartColor } from '../blocks/adaptive-card.ts';
import { number } from '../../words/en/amounts.ts';
import { row } from '../blocks/card-blocks.ts';
import { run, untrustedRun } from '../blocks/untrusted-text.ts';
import { knownStatuses } from '../../domain/okrs/reading/okr-row.ts';

const maxStatuses = 8;

/** A line for each level that the file has. */
export const statusLines = ({ objectives, keyResults, others }: OkrSummary): readonly ColumnSet[] => [
  ...lineOf('Objectives', objectives),
  ...lineOf('Key results', keyResults),
  ...lineOf('Other rows', others),
];

function lineOf(name: string, { count, byStatus, unread = 0 }: LevelFigures): readonly ColumnSet[] {
  if (count === 0) return [];
  const shown = byStatus.slice(0, maxStatuses);
  const rest = byStatus.slice(maxStatuses).reduce((total, one) => total + one.count, 0);
  const inlines = shown.flatMap(({ status, count: amount }, index) => [
    run(`${index === 0 ? '' : ' · '}${number(amount)}\u00A0`),
    status === '' ? run('without status') : untrustedRun(status),
  ]);
  const more: readonly TextRun[] =
    rest === 0 ? [] : [run(` · ${number(rest)} ${rest === 1 ? 'other' : 'others'}`)];
  const unknown =
    unread === 0 ? [] : [run(`${inlines.length === 0 ? '' : ' · '}${number(unread)}\u00A0unknown`)];
  return [row(name, { type: 'RichTextBlock', inlines: [...inlines, ...more, ...unknown] })];
}

const colours: Readonly<Record<(typeof knownStatuses)[number], ChartColor>> = {
  'Not Started': 'neutral',
  'On Track': 'good',
  Behind: 'warning',
  'At Risk': 'attention',
  Closed: 'categoricalBlue',
  Postponed: 'categoricalPurple',
  Reopened: 'categoricalTeal',
};

/** Nothing without two different statuses: a ring of one colour says nothing. */
export function statusDonut({ objectives, keyResults, others }: OkrSummary): readonly CardElement[] {
  const data = slices([objectives, keyResults, others]);
  return data.length < 2 ? [] : [{ type: 'Chart.Donut', data, fallback: 'drop', spacing: 'Medium' }];
}

/** A word that only this organisation uses is untrusted text, which a chart may read as markup: it counts as another. */
function slices(levels: readonly LevelFigures[]) {
  const byStatus = levels.flatMap((level) => level.byStatus);
  const unread = levels.reduce((total, level) => total + (level.unread ?? 0), 0);
  const known = knownStatuses.flatMap((status) => {
    const value = sum(byStatus.filter((one) => one.status === status));
    return value === 0 ? [] : [{ legend: status, value, color: colours[status] }];
  });
  const isKnown = new Set<string>(knownStatuses);
  const other = sum(byStatus.filter(({ status }) => status !== '' && !isKnown.has(status)));
  const none = sum(byStatus.filter(({ status }) => status === ''));
  return [
    ...known,
    ...(other === 0 ? [] : [{ legend: 'Other', value: other, color: 'categoricalLightBlue' as const }]),
    ...(none === 0 ? [] : [{ legend: 'No status', value: none, color: 'neutral' as const }]),
    ...(unread === 0 ? [] : [{ legend: 'Unknown', value: unread, color: 'neutral' as const }]),
  ];
}

const sum = (counts: readonly StatusCount[]): number => counts.reduce((total, { count }) => total + count, 0);
