/** Makes one objective with its two to four key results. */
import type { Draw } from './draw.ts';
import { figure } from './okr-record.ts';
import type { Metric } from './metrics.ts';
import {
  drawCheckIns,
  drawDescription,
  drawProgress,
  drawStatus,
  moveOf,
  type OkrName,
  type PlannedOkr,
} from './planned-okr.ts';
import { oddTitles } from './words.ts';

/** Who has the objective, and where it belongs. */
export type Group = Readonly<{
  team: string;
  /** Tells its key results from another team's. */
  mark?: string;
  people: readonly [string, ...string[]];
  parents: readonly OkrName[];
  /** The first three are taken. */
  metrics: readonly Metric[];
  annual?: boolean;
}>;

const firstId = 4_100;
const oddTitleEvery = 23;

const deliverables: readonly [string, ...string[]] = [
  'Publish the handbook',
  'Run the pilot with five shops',
  'Decide on the supplier',
  'Hold the kick-off with everybody',
  'Move the last team over',
];

/** @param index rows before this one; the objective comes first, its parts follow */
export const planObjective = (
  draw: Draw,
  index: number,
  title: string,
  group: Group,
): readonly PlannedOkr[] => {
  const name: OkrName = { id: firstId + index, title: titleAt(index, title) };
  const parts = Array.from({ length: draw.between(2, 4) }, (_, nth) =>
    // The fourth is something to hand over, not to measure.
    planPart(draw, index + 1 + nth, name, group, nth === 3 ? undefined : group.metrics[nth]),
  );
  const status = statusOver(parts.map((part) => part.status));
  const progress = drawProgress(draw, status);
  const common = planCommon(draw, group, status, progress);
  return [
    { ...name, ...common, objectType: 'Objective', parents: group.parents, move: 'steady', parts },
    ...parts,
  ];
};

const planPart = (
  draw: Draw,
  index: number,
  parent: OkrName,
  group: Group,
  metric: Metric | undefined,
): PlannedOkr => {
  const status = drawStatus(draw);
  const mark = group.mark === undefined ? '' : ` (${group.mark})`;
  const words = `${metric ? wordsOf(metric) : draw.of(deliverables)}${mark}`;
  const overdue = status !== 'Closed' && draw.chance(7);
  return {
    ...planCommon(draw, group, status, drawProgress(draw, status)),
    id: firstId + index,
    title: titleAt(index, words),
    parents: [parent],
    parts: [],
    objectType: metric ? 'Key result' : 'Deliverable',
    move: moveOf(index, status),
    ...(metric ? { metric } : {}),
    ...(overdue ? { dueInDays: -draw.between(2, 30) } : {}),
  };
};

const planCommon = (
  draw: Draw,
  { team, people, annual = false }: Group,
  status: string,
  progress: number,
) => {
  const owner = draw.of(people);
  const deputy = draw.of(people);
  return {
    team,
    annual,
    status,
    progress,
    creator: people[0],
    deputy,
    owner: draw.chance(6) && deputy !== owner ? `${owner}, ${deputy}` : owner,
    goalType: draw.chance(70) ? 'Committed' : 'Aspirational',
    description: drawDescription(draw),
    createdDaysAgo: draw.between(50, 120),
    checkIns: drawCheckIns(draw, { status, progress, owner }),
  };
};

const titleAt = (index: number, usual: string): string => {
  const nth = (index - 17) / oddTitleEvery;
  return (Number.isInteger(nth) ? oddTitles[nth] : undefined) ?? usual;
};

/** An objective is as its key results are. */
const statusOver = (statuses: readonly string[]): string => {
  const all = (status: string): boolean => statuses.every((one) => one === status);
  if (all('Closed') || all('Not Started')) return statuses[0] ?? '';
  const worst = ['At Risk', 'Behind'].find(
    (bad) => statuses.filter((one) => one === bad).length * 2 >= statuses.length,
  );
  return worst ?? 'On Track';
};

/** `Raise availability from 99.5% to 99.95%` */
const wordsOf = ({ goal, unit, start, target }: Metric): string => {
  const amount = (value: number): string => `${figure(value)}${unit === '%' ? '%' : ''}`;
  const after = unit === '%' || unit === '#' ? '' : ` ${unit === 'x' ? 'times' : unit}`;
  return start === 0 && unit !== '%'
    ? `${goal}: ${amount(target)}${after}`
    : `${goal} from ${amount(start)} to ${amount(target)}${after}`;
};
