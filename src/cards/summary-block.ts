/** Answers for what an export says, figures first: how many, how they stand, what is late; details wait behind a button. */
import { usualHeaders } from '../domain/okrs/columns.ts';
import type { OkrField } from '../domain/okrs/columns.ts';
import type { OkrSummary } from '../domain/okrs/okr-summary.ts';
import type { CardElement, ToggleVisibility } from './adaptive-card.ts';
import { count, number, wholePercent } from './amounts.ts';
import { attentionList } from './attention-list.ts';
import { footnote, rowGroup } from './card-blocks.ts';
import type { Figure } from './figure-tiles.ts';
import { figureTiles } from './figure-tiles.ts';
import { localDateTime } from './local-time.ts';
import { gapLines } from './reading-gaps.ts';
import { statusDonut } from './status-donut.ts';
import { statusLines } from './status-lines.ts';

/** The figures that say it at one look. */
export function summaryTiles(summary: OkrSummary): readonly CardElement[] {
  const { averageProgress, overdue, withoutCheckIn } = summary;
  const known = (column: OkrField, amount: number): string => (lacks(summary, column) ? '–' : number(amount));
  return [
    figureTiles([...howMany(summary), { value: wholePercent(averageProgress), label: 'average progress' }]),
    figureTiles([
      { value: known('status', statusCount(summary, 'At Risk')), label: 'at risk' },
      { value: known('endsOn', overdue), label: 'overdue' },
      { value: known('lastCheckInOn', withoutCheckIn), label: 'no check-in for 14 days' },
    ]),
  ];
}

/** How many stand how, drawn and told, and of when that is. */
export const summaryStatuses = (summary: OkrSummary, asOf: Date): readonly CardElement[] => [
  ...(lacks(summary, 'status') ? [] : [...statusDonut(summary), ...rowGroup(statusLines(summary))]),
  ...asOfLine(asOf),
];

/** A file that does not tell objectives from key results has rows. */
function howMany({ rows, objectives, keyResults }: OkrSummary): readonly Figure[] {
  if (objectives.count + keyResults.count === 0) return [figure(rows, 'row')];
  return [figure(objectives.count, 'objective'), figure(keyResults.count, 'key result')];
}

const figure = (amount: number, what: string): Figure => ({
  ...{ value: number(amount), label: amount === 1 ? what : `${what}s` },
});

function asOfLine(asOf: Date): readonly CardElement[] {
  const when = localDateTime(asOf);
  return when === undefined ? [] : [footnote(`Data as of ${when}`)];
}

const lacks = ({ gaps }: OkrSummary, field: OkrField): boolean =>
  gaps.some((gap) => gap.kind === 'noColumn' && gap.column === usualHeaders[field]);

const statusCount = ({ objectives, keyResults, others }: OkrSummary, wanted: string): number =>
  [objectives, keyResults, others]
    .flatMap(({ byStatus }) => byStatus)
    .reduce((total, { status, count: amount }) => (status === wanted ? total + amount : total), 0);

const attentionId = 'needs-attention';

/** Hidden at first, with the button that shows it. */
export function attentionBlock({ attention }: OkrSummary): {
  readonly toggle: readonly ToggleVisibility[];
  readonly hidden: readonly CardElement[];
} {
  if (attention.length === 0) return { toggle: [], hidden: [] };
  const title =
    attention.length === 1 ? 'What needs attention' : `The ${attention.length} that need attention`;
  return {
    toggle: [{ type: 'Action.ToggleVisibility', title, targetElements: [attentionId] }],
    hidden: [
      {
        ...{ type: 'Container', id: attentionId, isVisible: false, style: 'emphasis', spacing: 'Medium' },
        items: attentionList(attention),
      },
    ],
  };
}

export const gapBlock = ({ gaps }: OkrSummary): readonly CardElement[] => gapLines(gaps);

/** For a screen reader and a notification: the same figures in one plain sentence. */
export function summarySpoken(summary: OkrSummary): string {
  const { rows, objectives, keyResults, averageProgress, overdue } = summary;
  const untold = objectives.count + keyResults.count === 0;
  return [
    untold
      ? count(rows, 'row')
      : `${count(objectives.count, 'objective')} and ${count(keyResults.count, 'key result')}`,
    ...(averageProgress === undefined ? [] : [`average progress ${wholePercent(averageProgress)}`]),
    ...(lacks(summary, 'status') ? [] : [`${number(statusCount(summary, 'At Risk'))} at risk`]),
    ...(lacks(summary, 'endsOn') ? [] : [`${number(overdue)} overdue`]),
  ].join(', ');
}
