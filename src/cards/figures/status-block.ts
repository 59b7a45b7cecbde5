/** Shows how many rows have each status: a ring where the client can draw one, and a line for each level. */
import type { LevelFigures, OkrSummary, StatusCount } from '../../domain/okrs/reading/okr-summary.ts';
import type { ColumnSet, TextRun, CardElement, ChartColor } from '../blocks/adaptive-card.ts';
import type { Words } from '../../words/words.ts';
import { row } from '../blocks/card-blocks.ts';
import { run, untrustedRun } from '../blocks/untrusted-text.ts';
import { knownStatuses } from '../../domain/okrs/reading/okr-row.ts';

const maxStatuses = 8;

/** A line for each level that the file has. */
export const statusLines = (
  words: Words,
  { objectives, keyResults, others }: OkrSummary,
): readonly ColumnSet[] => [
  ...lineOf(words, words.figures.all('objective'), objectives),
  ...lineOf(words, words.figures.all('keyResult'), keyResults),
  ...lineOf(words, words.figures.all('other'), others),
];

function lineOf(
  { amounts, figures: { statuses } }: Words,
  name: string,
  { count, byStatus, unread = 0 }: LevelFigures,
): readonly ColumnSet[] {
  if (count === 0) return [];
  const rest = sum(byStatus.slice(maxStatuses));
  const told: readonly (readonly [amount: number, status: TextRun])[] = [
    ...byStatus
      .slice(0, maxStatuses)
      .map(
        ({ status, count: amount }) =>
          [amount, status === '' ? run(statuses.none) : untrustedRun(status)] as const,
      ),
    ...(rest === 0 ? [] : [[rest, run(statuses.others)] as const]),
    ...(unread === 0 ? [] : [[unread, run(statuses.unknown)] as const]),
  ];
  const inlines = told.flatMap(([amount, status], nth) => [
    run(`${nth === 0 ? '' : ' · '}${amounts.number(amount)}\u00A0`),
    status,
  ]);
  return [row(name, { type: 'RichTextBlock', inlines })];
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
export function statusDonut(
  words: Words,
  { objectives, keyResults, others }: OkrSummary,
): readonly CardElement[] {
  const data = slices(words, [objectives, keyResults, others]);
  return data.length < 2 ? [] : [{ type: 'Chart.Donut', data, fallback: 'drop', spacing: 'Medium' }];
}

/** A word that only this organisation uses is untrusted text, which a chart may read as markup: it counts as another. */
function slices({ figures: { statuses } }: Words, levels: readonly LevelFigures[]) {
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
    ...(other === 0
      ? []
      : [{ legend: statuses.others, value: other, color: 'categoricalLightBlue' as const }]),
    ...(none === 0 ? [] : [{ legend: statuses.none, value: none, color: 'neutral' as const }]),
    ...(unread === 0 ? [] : [{ legend: statuses.unknown, value: unread, color: 'neutral' as const }]),
  ];
}

const sum = (counts: readonly StatusCount[]): number => counts.reduce((total, { count }) => total + count, 0);
