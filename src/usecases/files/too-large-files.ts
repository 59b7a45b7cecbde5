/** Remembers which files outgrew the limit only while they came: the next try tells so instead of breaking off again. */
import type { ContentFault } from '../../ports/goals-exports.ts';

const outgrew: ContentFault = 'tooLarge';
const maxCauses = 5;
const maxRemembered = 1_000;

/** Whether a stream broke because of its size; looks through the chain of causes. */
export function isTooLarge(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < maxCauses && typeof current === 'object' && current !== null; depth += 1) {
    if ('fault' in current && current.fault === outgrew) return true;
    current = 'cause' in current ? current.cause : undefined;
  }
  return false;
}

/** In this process only; another one finds it out by itself. */
export function createTooLargeFiles() {
  const jobs = new Set<string>();
  return {
    noteIfTooLarge: (graphJobId: string, cause: unknown): void => {
      if (!isTooLarge(cause)) return;
      if (jobs.size >= maxRemembered) jobs.clear();
      jobs.add(graphJobId);
    },
    has: (graphJobId: string): boolean => jobs.has(graphJobId),
  };
}

export type TooLargeFiles = ReturnType<typeof createTooLargeFiles>;
