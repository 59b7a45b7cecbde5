/** Draws how the statuses of all rows divide, as a ring, where the client can; the lines below it say the same level by level. */
import { knownStatuses } from '../../domain/okrs/reading/okr-row.ts';
import type { LevelFigures, OkrSummary, StatusCount } from '../../domain/okrs/reading/okr-summary.ts';
import type { CardElement, ChartColor } from '../blocks/adaptive-card.ts';

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

/** A word that only this organisation uses is a stranger's text, which a chart may read as markup: it counts as another. */
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
