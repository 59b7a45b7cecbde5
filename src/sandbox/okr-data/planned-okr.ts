/** Makes up one OKR before anybody asks for it: what stays the same in every export of its view, and how it moves. */
import type { Draw } from './draw.ts';
import type { Metric } from './metrics.ts';
import { descriptions, notes } from './words.ts';

export type CheckInPlan = Readonly<{ daysAgo: number; by: string; note: string; progress: number }>;

/** What changes from export to export, so that comparing two shows something. */
type Move = 'steady' | 'wavers' | 'advances' | 'comesAndGoes' | 'changesHands';

export type OkrName = Readonly<{ id: number; title: string }>;

export type PlannedOkr = OkrName &
  Readonly<{
    team: string;
    creator: string;
    owner: string;
    /** Takes over when it changes hands. */
    deputy: string;
    objectType: 'Objective' | 'Key result' | 'Deliverable';
    goalType: string;
    annual: boolean;
    parents: readonly OkrName[];
    metric?: Metric;
    description: string;
    status: string;
    progress: number;
    createdDaysAgo: number;
    /** Its own date; without it the period's end. */
    dueInDays?: number;
    /** The latest first. */
    checkIns: readonly CheckInPlan[];
    move: Move;
    /** Key results and deliverables of an objective. */
    parts: readonly PlannedOkr[];
  }>;

/** How far an OKR of that status has come, in percent. */
const progressWithin: Readonly<Record<string, readonly [number, number]>> = {
  'Not Started': [0, 0],
  'On Track': [45, 92],
  Behind: [22, 48],
  'At Risk': [4, 34],
  Closed: [100, 100],
  Postponed: [0, 40],
  Reopened: [35, 80],
  Blocked: [5, 60],
};

export const drawProgress = (draw: Draw, status: string): number =>
  draw.between(...(progressWithin[status] ?? [0, 100]));

/** `Blocked` is a tenant's own word. */
export const drawStatus = (draw: Draw): string => {
  const roll = draw.below(100);
  if (roll < 56) return 'On Track';
  if (roll < 68) return 'Behind';
  if (roll < 74) return 'At Risk';
  if (roll < 84) return 'Closed';
  if (roll < 92) return 'Not Started';
  if (roll < 96) return 'Postponed';
  return roll < 99 ? 'Reopened' : 'Blocked';
};

/** Most of what is under way was checked in within two weeks; some was forgotten, some never begun. */
export const drawCheckIns = (
  draw: Draw,
  { status, progress, owner }: Pick<PlannedOkr, 'status' | 'progress' | 'owner'>,
): readonly CheckInPlan[] => {
  if (status === 'Not Started' || draw.chance(4)) return [];
  const latest = draw.chance(12) ? draw.between(16, 45) : draw.between(0, 12);
  const count = draw.between(1, 5);
  return Array.from({ length: count }, (_, nth) => ({
    daysAgo: latest + nth * 9,
    by: owner,
    note: draw.of(notes),
    progress: Math.round((progress * (count - nth)) / count),
  }));
};

export const drawDescription = (draw: Draw): string => draw.of(descriptions);

/** Objectives move with their key results. */
export const moveOf = (index: number, status: string): Move => {
  if (index % 27 === 12) return 'comesAndGoes';
  if (status !== 'On Track') return 'steady';
  if (index % 8 === 3) return 'wavers';
  if (index % 13 === 6) return 'changesHands';
  return index % 5 === 1 ? 'advances' : 'steady';
};
