/** Says what an OKR says at one moment: two exports some seconds apart differ a little, the same moment never does. */
import type { PlannedOkr } from './planned-okr.ts';

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
