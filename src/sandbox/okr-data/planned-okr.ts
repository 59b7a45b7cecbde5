/** Makes up one OKR: what stays the same in every export of its view, how it moves, and what it says at one moment. */
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

export type OkrAsOf = Readonly<{
  status: string;
  /** Percent. */
  progress: number;
  owner: string;
}>;

/** @param at milliseconds since 1970; undefined when the OKR does not exist then */
export const okrAsOf = (okr: PlannedOkr, at: number): OkrAsOf | undefined => {
  const { status, owner, deputy } = okr;
  switch (okr.move) {
    case 'steady':
      return { status, owner, progress: okr.parts.length === 0 ? okr.progress : overParts(okr.parts, at) };
    case 'wavers':
      return isHigh(okr.id, at)
        ? { status: 'At Risk', owner, progress: Math.max(0, okr.progress - 20) }
        : { status, owner, progress: okr.progress };
    case 'advances':
      return { status, owner, progress: Math.min(99, okr.progress - 15 + 4 * stepOf(okr.id, at)) };
    case 'changesHands':
      return { status, owner: isHigh(okr.id, at) ? deputy : owner, progress: okr.progress };
    case 'comesAndGoes':
      return isHigh(okr.id, at) ? { status, owner, progress: okr.progress } : undefined;
  }
};

/** An objective has come as far as its key results on average. */
const overParts = (parts: readonly PlannedOkr[], at: number): number => {
  const seen = parts.flatMap((part) => okrAsOf(part, at)?.progress ?? []);
  return seen.length === 0 ? 0 : Math.round(seen.reduce((sum, one) => sum + one, 0) / seen.length);
};

/** Each swings with a period of its own, so that whatever the time between two exports, some have turned. */
const isHigh = (id: number, at: number): boolean => {
  const halfMs = 19_000 + ((id * 7_919) % 23_011);
  return Math.floor((at + id * 13_007) / halfMs) % 2 === 0;
};

/** 0–5, one more each 20 to 40 seconds, then back to 0. */
const stepOf = (id: number, at: number): number => {
  const eachMs = 20_000 + ((id * 6_007) % 20_011);
  return Math.floor((at + id * 29_009) / eachMs) % 6;
};
