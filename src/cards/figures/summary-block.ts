/** Shows the figures of a file: how many rows, how they stand, what is late. */
import { usualHeaders } from '../../domain/okrs/reading/columns.ts';
import type { OkrField } from '../../domain/okrs/reading/columns.ts';
import { isKnownEnough } from '../../domain/okrs/reading/row-rules.ts';
import type { OkrSummary } from '../../domain/okrs/reading/okr-summary.ts';
import {
  toldFigures,
  toldLevels,
  type LevelCount,
  type ToldFigure,
} from '../../domain/okrs/summary/told-figures.ts';
import type { CardElement, ColumnSet } from '../blocks/adaptive-card.ts';
import type { Words } from '../../words/words.ts';
import { heading, rowGroup } from '../blocks/card-blocks.ts';
import { statusDonut, statusLines } from './status-block.ts';

/** The figures that say it at one look. */
export function summaryTiles(words: Words, summary: OkrSummary): readonly CardElement[] {
  const { amounts, figures } = words;
  const average = {
    value: amounts.wholePercent(summary.averageProgress),
    label: figures.label('averageProgress'),
  };
  const tile = (figure: ToldFigure): Figure => {
    const amount = known(summary, figure);
    return { value: amount === undefined ? '–' : amounts.number(amount), label: figures.label(figure) };
  };
  return [
    figureTiles([...howMany(words, summary), average]),
    ...toldFigures(summary).map((row) => figureTiles(row.map(tile))),
  ];
}

const sources: Readonly<
  Record<ToldFigure, { readonly column: OkrField; readonly of: (summary: OkrSummary) => number | undefined }>
> = {
  atRisk: { column: 'status', of: atRiskIn },
  overdue: { column: 'endsOn', of: ({ overdue }) => overdue },
  noCheckIn: { column: 'lastCheckInOn', of: ({ withoutCheckIn }) => withoutCheckIn },
  dueSoon: { column: 'endsOn', of: ({ dueSoon }) => dueSoon },
  noOwner: { column: 'owner', of: ({ withoutOwner }) => withoutOwner },
  noDueDate: { column: 'endsOn', of: ({ withoutDueDate }) => withoutDueDate },
};

/** Undefined also where the file has no such column. */
const known = (summary: OkrSummary, figure: ToldFigure): number | undefined =>
  lacks(summary, sources[figure].column) ? undefined : sources[figure].of(summary);

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
function levelsOf({ amounts, figures }: Words, summary: OkrSummary): string {
  const { objectives, keyResults, others } = summary;
  const told = toldLevels(summary);
  const levels: readonly LevelCount[] = told.some(({ what }) => what === 'row')
    ? told
    : [
        { what: 'objective', amount: objectives.count },
        { what: 'keyResult', amount: keyResults.count },
        { what: 'other', amount: others.count },
      ];
  return amounts.list(
    levels.filter(({ amount }) => amount > 0).map(({ what, amount }) => figures.counted(what, amount)),
  );
}

const howMany = ({ amounts, figures }: Words, summary: OkrSummary): readonly Figure[] =>
  toldLevels(summary).map(({ what, amount }) => ({
    value: amounts.number(amount),
    label: figures.noun(what, amount),
  }));

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
export function summarySpoken({ amounts, figures }: Words, summary: OkrSummary): string {
  const { averageProgress } = summary;
  const { counted, spoken } = figures;
  const told = toldFigures(summary)
    .flat()
    .filter((figure) => figure !== 'noCheckIn')
    .flatMap((figure) => {
      const amount = known(summary, figure);
      return amount === undefined ? [] : [spoken.count(figure, amount)];
    });
  return spoken.sentence([
    amounts.list(toldLevels(summary).map(({ what, amount }) => counted(what, amount))),
    ...(averageProgress === undefined ? [] : [spoken.averageProgress(amounts.wholePercent(averageProgress))]),
    ...told,
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
