/** How long open exports were left alone after a process that worked on them was gone. */
import type { Call } from '../../src/sandbox/loopback/script.ts';
import type { FleetEvent } from './bot-fleet.ts';

interface Followed {
  readonly jobId: string;
  readonly userId: string;
  /** Milliseconds since 1970, as is when Graph has its result. */
  readonly startedAt: number;
  readonly endsAt: number;
}

/** Milliseconds. */
export interface Recoveries {
  /** No further process ended in between. */
  readonly undisturbed: readonly number[];
  readonly all: readonly number[];
}

/** From the moment at which some instance works after another has ended, until the next look at each job that is still open. */
export function recoveries(
  events: readonly FleetEvent[],
  polls: readonly Call[],
  followed: readonly Followed[],
): Recoveries {
  const looks = new Map(followed.map((one) => [one, looksAt(polls, one)] as const));
  const working = new Set<number>();
  const [undisturbed, all]: [number[], number[]] = [[], []];
  for (const [index, event] of events.entries()) {
    if (event.kind === 'listening') working.add(event.slot);
    else working.delete(event.slot);
    if (event.kind === 'listening') continue;
    const next = events.slice(index).find(({ kind }) => kind === 'listening');
    const from = working.size > 0 ? event.at : next?.at;
    if (from === undefined) continue;
    for (const [{ startedAt, endsAt }, times] of looks) {
      const isFollowed = startedAt <= event.at && !times.some((at) => at <= event.at && at >= endsAt);
      const after = times.find((at) => at > event.at);
      if (!isFollowed || after === undefined) continue;
      all.push(Math.max(0, after - from));
      const isDisturbed = events.some(({ kind, at }) => kind === 'ended' && at > event.at && at < after);
      if (!isDisturbed) undisturbed.push(Math.max(0, after - from));
    }
  }
  return { undisturbed, all };
}

const looksAt = (polls: readonly Call[], { jobId, userId }: Followed): readonly number[] =>
  polls.filter(({ user, about }) => user === userId && about['job'] === jobId).map(({ at }) => at);

/** The value that so large a part (0 to 1) of the samples does not exceed. */
export const percentile = (samples: readonly number[], part: number): number =>
  [...samples].sort((a, b) => a - b)[Math.max(0, Math.ceil(samples.length * part) - 1)] ?? 0;
