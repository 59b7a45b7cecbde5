/** Answers for `resourceLocation` (G23): the operator is alarmed when it leads elsewhere, and it is dropped; nothing requests it. */
import type { GraphJob } from '../../../ports/goals-exports.ts';
import type { Log } from '../../../ports/runtime.ts';
import type { ReadJob } from './goals-schema.ts';

export function dropLocation(
  { baseUrl, log }: { readonly baseUrl: string; readonly log: Log },
  job: ReadJob,
): GraphJob {
  const { resourceLocation, ...plain } = job;
  if (resourceLocation === undefined) return plain;
  const host = hostOf(resourceLocation);
  if (host !== new URL(baseUrl).host)
    log.error({ graphJobId: plain.id, host }, 'resourceLocation leads away from Graph; it is ignored');
  return plain;
}

/** The host of a link that somebody else wrote, for the log. */
export const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).host : 'unreadable');
