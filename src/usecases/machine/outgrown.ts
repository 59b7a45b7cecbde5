/** Answers for files that turned out larger than the limit only while they came: told at the next try, instead of breaking off again. */
import type { ContentFault } from '../../ports/goals-exports.ts';

const outgrew: ContentFault = 'tooLarge';
const mostCauses = 5;
const mostRemembered = 1_000;

/** Whether that is why a stream broke, wherever in the chain of causes it says so. */
export function hasOutgrown(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < mostCauses && typeof current === 'object' && current !== null; depth += 1) {
    if ('fault' in current && current.fault === outgrew) return true;
    current = 'cause' in current ? current.cause : undefined;
  }
  return false;
}

/** Of this process only: another one finds it out again. */
export function createOutgrown() {
  const jobs = new Set<string>();
  return {
    heed: (graphJobId: string, cause: unknown): void => {
      if (!hasOutgrown(cause)) return;
      if (jobs.size >= mostRemembered) jobs.clear();
      jobs.add(graphJobId);
    },
    has: (graphJobId: string): boolean => jobs.has(graphJobId),
  };
}

export type Outgrown = ReturnType<typeof createOutgrown>;
