/** Chooses the figures that say at one look where a file stands: those of OKRs, or those of a list of tasks. */
import { usualHeaders } from '../reading/columns.ts';
import type { OkrLevel } from '../reading/okr-row.ts';
import type { OkrSummary, ReadingGap } from '../reading/okr-summary.ts';

/** Figures that stand by themselves. */
export type ToldFigure = 'atRisk' | 'overdue' | 'noCheckIn' | 'dueSoon' | 'noOwner' | 'noDueDate';

/** Three stand in a row. */
const ofOkrs: readonly (readonly ToldFigure[])[] = [['atRisk', 'overdue', 'noCheckIn']];
const ofTasks: typeof ofOkrs = [
  ['overdue', 'dueSoon'],
  ['noOwner', 'noDueDate'],
];
/** Tasks are never at risk. */
const ofObjectivesToo: typeof ofOkrs = [
  ['overdue', 'dueSoon', 'atRisk'],
  ['noOwner', 'noDueDate'],
];

/** No key results but something else that is worked on, and all that figures need but check-ins: nobody makes any there. */
export function isOfTasks({ keyResults, others, gaps }: OkrSummary): boolean {
  const lacking = gaps.filter(({ kind }) => kind === 'noColumn');
  return keyResults.count === 0 && others.count > 0 && lacking.length === 1 && lacking.every(isAboutCheckIns);
}

const isAboutCheckIns = (gap: ReadingGap): boolean =>
  gap.kind === 'noColumn' && gap.column === usualHeaders.lastCheckInOn;

export function toldFigures(summary: OkrSummary): typeof ofOkrs {
  if (!isOfTasks(summary)) return ofOkrs;
  return summary.objectives.count > 0 ? ofObjectivesToo : ofTasks;
}

/** Those on which nothing depends that is told are none. */
export const toldGaps = (summary: OkrSummary): readonly ReadingGap[] =>
  isOfTasks(summary) ? summary.gaps.filter((gap) => !isAboutCheckIns(gap)) : summary.gaps;

export interface LevelCount {
  readonly what: OkrLevel | 'row';
  readonly amount: number;
}

/** How many there are of what; a file that tells no levels apart has rows. */
export function toldLevels(summary: OkrSummary): readonly LevelCount[] {
  const { rows, objectives, keyResults, others } = summary;
  const objective = { what: 'objective', amount: objectives.count } as const;
  if (isOfTasks(summary))
    return [...(objectives.count > 0 ? [objective] : []), { what: 'other', amount: others.count }];
  if (objectives.count + keyResults.count === 0) return [{ what: 'row', amount: rows }];
  return [objective, { what: 'keyResult', amount: keyResults.count }];
}
