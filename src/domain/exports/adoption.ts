/** Finds the Graph job in a list that an interrupted start of ours made. */
import type { Target } from './target.ts';
import { sameTarget } from './target.ts';

interface Candidate {
  readonly id: string;
  readonly status: 'notStarted' | 'running' | 'succeeded' | 'failed' | 'unknown';
  readonly createdAt?: Date;
  readonly target?: Target;
}

/** Clocks differ: a job made this long before the intent may still be ours. */
const slackMilliseconds = 5 * 60_000;

/** Whether Graph still works on a job: a finished one is no conflict. */
export const isPending = ({ status }: Pick<Candidate, 'status'>): boolean =>
  status !== 'succeeded' && status !== 'failed';

/**
 * The newest job of the target that was not made before the intent and that no earlier run held;
 * with an unreadable creation time only a pending one counts.
 */
export function findOwnJob<C extends Candidate>(
  jobs: readonly C[],
  wish: { readonly target: Target; readonly intent: Date; readonly held: readonly string[] },
): C | undefined {
  const earliest = wish.intent.getTime() - slackMilliseconds;
  const ours = jobs.filter(
    (job) =>
      job.target !== undefined &&
      sameTarget(job.target, wish.target) &&
      !wish.held.includes(job.id) &&
      (job.createdAt === undefined ? isPending(job) : job.createdAt.getTime() >= earliest),
  );
  return ours.reduce<C | undefined>(
    (newest, job) => (madeAt(job) >= madeAt(newest) ? job : newest),
    undefined,
  );
}

const madeAt = (job: Candidate | undefined): number => job?.createdAt?.getTime() ?? 0;
