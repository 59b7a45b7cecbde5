/** Shows the figures of a file: how many rows, how they stand, what is late. */
import { usualHeaders } from '../../domain/okrs/reading/columns.ts';
import type { OkrField } from '../../domain/okrs/reading/columns.ts';
import type { OkrLevel } from '../../domain/okrs/reading/okr-row.ts';
import { isKnownEnough } from '../../domain/okrs/reading/row-rules.ts';
import type { OkrSummary } from '../../domain/okrs/reading/okr-summary.ts';
import type { CardElement, ColumnSet } from '../blocks/adaptive-card.ts';
import type { Words } from '../../words/words.ts';
import { heading, rowGroup } from '../blocks/card-blocks.ts';
import { statusDonut, statusLines } from './status-block.ts';

/** The figures that say it at one look. */
export function summaryTiles(words: Words, summary: OkrSummary): readonly CardElement[] {
  const { amounts, figures } = words;
  const { averageProgress, overdue, withoutCheckIn } = summary;
  const average = { value: amounts.wholePercent(averageProgress), label: figures.label('averageProgress') };
  const known = (column: OkrField, amount: number | undefined): string =>
    lacks(summary, column) || amount === undefined ? '–' : amounts.number(amount);
  return [
    figureTiles([...howMany(words, summary), average]),
    figureTiles([
      { value: known('status', atRiskIn(summary)), label: figures.label('atRisk') },
      { value: known('endsOn', overdue), label: figures.label('overdue') },
      { value: known('lastCheckInOn', withoutCheckIn), label: figures.label('noCheckIn') },
    ]),
  ];
}

/** How many stand how, drawn and told; all rows together, as in the tiles. */
export function summaryStatuses(words: Words, summary: OkrSummary): readonly CardElement[] {
  if (lacks(summary, 'status')) return [];
  return [
    heading(words.figures.levelsByStatus(levelsOf(words, summary))),
    ...statusDonut(words, summary),
    ...rowGroup(statusLines(words, summary)),
  ];
}

/** "35 objectives, 93 key results and 2 other rows". */
function levelsOf({ amounts, figures }: Words, { rows, objectives, keyResults, others }: OkrSummary): string {
  if (objectives.count + keyResults.count === 0) return figures.counted('row', rows);
  const levels = [
    [objectives.count, 'objective'],
    [keyResults.count, 'keyResult'],
    [others.count, 'other'],
  ] as const;
  return amounts.list(
    levels.filter(([amount]) => amount > 0).map(([amount, what]) => figures.counted(what, amount)),
  );
}

/** A file that does not tell objectives from key results has rows. */
function howMany(
  { amounts, figures }: Words,
  { rows, objectives, keyResults }: OkrSummary,
): readonly Figure[] {
  const figure = (what: 'row' | OkrLevel, amount: number): Figure => ({
    value: amounts.number(amount),
    label: figures.noun(what, amount),
  });
  if (objectives.count + keyResults.count === 0) return [figure('row', rows)];
  return [figure('objective', objectives.count), figure('keyResult', keyResults.count)];
}

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
export function summarySpoken({ amounts, figures: { counted, spoken } }: Words, summary: OkrSummary): string {
  const { rows, objectives, keyResults, averageProgress, overdue } = summary;
  const atRisk = lacks(summary, 'status') ? undefined : atRiskIn(summary);
  const untold = objectives.count + keyResults.count === 0;
  return spoken.sentence([
    untold ? counted('row', rows) : spoken.levels(objectives.count, keyResults.count),
    ...(averageProgress === undefined ? [] : [spoken.averageProgress(amounts.wholePercent(averageProgress))]),
    ...(atRisk === undefined ? [] : [spoken.count('atRisk', atRisk)]),
    ...(overdue === undefined || lacks(summary, 'endsOn') ? [] : [spoken.count('overdue', overdue)]),
  ]);
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
