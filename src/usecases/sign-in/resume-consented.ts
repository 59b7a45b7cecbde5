/** Answers for everything in a tenant that waits for an administrator trying again, and for not trying without end. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { Clock, Stores } from '../../ports/runtime.ts';
import type { Advance } from '../machine/advance.ts';

export interface ResumeConsentedDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly clock: Clock;
  readonly advance: Advance;
}

export type ResumeConsented = (tenantId: string) => Promise<void>;

export function createResumeConsented(deps: ResumeConsentedDeps): ResumeConsented {
  return async function resumeConsented(tenantId) {
    for (const id of await deps.stores.exports.waitingForConsent(tenantId)) {
      const job = await deps.stores.exports.load(id);
      if (job !== undefined && !isTooSoon(job, deps.clock.now()))
        await deps.advance(id, { type: 'consentGranted' });
    }
  };
}

const longestPause = 240;

/** The first try is free. Whoever says again and again that consent was given gets ever fewer tries out of it. */
function isTooSoon({ contact, since }: ExportJob, now: Date): boolean {
  const { consents = 0 } = contact;
  const pause = consents === 0 ? 0 : Math.min(longestPause, 5 * 2 ** Math.min(consents, 10));
  return now.getTime() - since.getTime() < pause * 1000;
}
