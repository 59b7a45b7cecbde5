/** Shows the figures of a file: how many rows, how they stand, what is late. */
import { usualHeaders } from '../../domain/okrs/reading/columns.ts';
import type { OkrField } from '../../domain/okrs/reading/columns.ts';
import { isKnownEnough } from '../../domain/okrs/reading/row-rules.ts';
import type { OkrSummary } from '../../domain/okrs/reading/okr-summary.ts';
import type { CardElement, ColumnSet } from '../blocks/adaptive-card.ts';
import { count, list, number, wholePercent } from '../../words/en/amounts.ts';
import { heading, rowGroup } from '../blocks/card-blocks.ts';
import { statusDonut, statusLines } from './status-block.ts';

/** The figures that say it at one look. */
export function summaryTiles(summary: OkrSummary): readonly CardElement[] {
  const { averageProgress, overdue, withoutCheckIn } = summary;
  const known = (column: OkrField, amount: number | undefined): string =>
    lacks(summary, column) || amount === undefined ? '–' : number(amount);
  return [
    figureTiles([...howMany(summary), { value: wholePercent(averageProgress), label: 'average progress' }]),
    figureTiles([
      { value: known('status', atRiskIn(summary)), label: 'at risk' },
      { value: known('endsOn', overdue), label: 'overdue' },
      { value: known('lastCheckInOn', withoutCheckIn), label: 'no check-in for 14 days' },
    ]),
  ];
}

/** How many stand how, drawn and told; all rows together, as in the tiles. */
export function summaryStatuses(summary: OkrSummary): readonly CardElement[] {
  if (lacks(summary, 'status')) return [];
  return [
    heading(`${levelsOf(summary)} by status`),
    ...statusDonut(summary),
    ...rowGroup(statusLines(summary)),
  ];
}

/** "35 objectives, 93 key results and 2 other rows". */
function levelsOf({ rows, objectives, keyResults, others }: OkrSummary): string {
  if (objectives.count + keyResults.count === 0) return count(rows, 'row');
  const levels = [
    [objectives.count, 'objective'],
    [keyResults.count, 'key result'],
    [others.count, 'other row'],
  ] as const;
  return list(levels.filter(([amount]) => amount > 0).map(([amount, what]) => count(amount, what)));
}

/** A file that does not tell objectives from key results has rows. */
function howMany({ rows, objectives, keyResults }: OkrSummary): readonly Figure[] {
  if (objectives.count + keyResults.count === 0) return [figure(rows, 'row')];
  return [figure(objectives.count, 'objective'), figure(keyResults.count, 'key result')];
}

const figure = (amount: number, what: string): Figure => ({
  value: number(amount),
  label: amount === 1 ? what : `${what}s`,
});

const lacks = ({ gaps }: OkrSummary, field: OkrField): boolean =>
  gaps.some((gap) => gap.kind === 'noColumn' && gap.column === usualHeaders[field]);

/** Undefined when too many statuses could not be read to say it. */
function atRiskIn({ objectives, keyResults, others }: OkrSummary): number | undefined {
  const levels = [objectives, keyResults, others];
  const unread = levels.reduce((total, level) => total + (level.unread ?? 0), 0);
  const atRisk = levels
    .flatMap(({ byStatus }) => byStatus)
    .reduce((total, { status, count: amount }) => (status === 'At Risk' ? total + amount : total), 0);
  return isKnownEnough(atRisk, unread) ? atRisk : undefined;
}

/** For a screen reader and a notification: the same figures in one plain sentence. */
export function summarySpoken(summary: OkrSummary): string {
  const { rows, objectives, keyResults, averageProgress, overdue } = summary;
  const atRisk = lacks(summary, 'status') ? undefined : atRiskIn(summary);
  const untold = objectives.count + keyResults.count === 0;
  return [
    untold
      ? count(rows, 'row')
      : `${count(objectives.count, 'objective')} and ${count(keyResults.count, 'key result')}`,
    ...(averageProgress === undefined ? [] : [`average progress ${wholePercent(averageProgress)}`]),
    ...(atRisk === undefined ? [] : [`${number(atRisk)} at risk`]),
    ...(overdue === undefined || lacks(summary, 'endsOn') ? [] : [`${number(overdue)} overdue`]),
  ].join(', ');
}

interface Figure {
  /** Our own words or a number in words. */
  readonly value: string;
  readonly label: string;
}

/** Three stand in a row also on a phone. */
const figureTiles = (figures: readonly Figure[]): ColumnSet => ({
  type: 'ColumnSet',
  spacing: 'Medium',
  columns: figures.map(({ value, label }) => ({
    type: 'Column',
    width: 'stretch',
    items: [
      { type: 'TextBlock', text: value, wrap: true, size: 'ExtraLarge', weight: 'Bolder' },
      { type: 'TextBlock', text: label, wrap: true, size: 'Small', isSubtle: true, spacing: 'None' },
    ],
  })),
});
