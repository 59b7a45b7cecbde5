/** Answers for how statuses divide, in words: objectives and key results apart. */
import type { LevelFigures, OkrSummary } from '../../domain/okrs/reading/okr-summary.ts';
import type { ColumnSet, TextRun } from '../blocks/adaptive-card.ts';
import { number } from '../blocks/amounts.ts';
import { row } from '../blocks/card-blocks.ts';
import { run, untrustedRun } from '../blocks/untrusted-text.ts';

const mostStatuses = 8;

/** A line for each level that the file has. */
export const statusLines = ({ objectives, keyResults, others }: OkrSummary): readonly ColumnSet[] => [
  ...lineOf('Objectives', objectives),
  ...lineOf('Key results', keyResults),
  ...lineOf('Other rows', others),
];

function lineOf(name: string, { count, byStatus, unread = 0 }: LevelFigures): readonly ColumnSet[] {
  if (count === 0) return [];
  const shown = byStatus.slice(0, mostStatuses);
  const rest = byStatus.slice(mostStatuses).reduce((total, one) => total + one.count, 0);
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
