/** Takes note that an administrator has allowed the app, and lets what waited for that in the tenant try again. */
import type { Clock, Transact, Stores } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import { isGuid } from '../../domain/guid.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { Advance } from '../machine/advance.ts';

export interface ConsentLandedDeps {
  readonly tokens: Pick<UserTokens, 'isConsentState'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly allowedTenants: ReadonlySet<string>;
}

/** `thanked`: the visit did not begin with a link of ours, so nothing follows from it. */
export type ConsentLanded = (given: {
  readonly tenantId: string | undefined;
  readonly granted: boolean;
  readonly state?: string | undefined;
}) => Promise<{ readonly kind: 'granted' | 'declined' | 'unknownTenant' | 'thanked' }>;

/** Anybody can open the page: it claims nothing, each export then asks Entra ID again with its own person's token. */
export function createConsentLanded(deps: ConsentLandedDeps): ConsentLanded {
  return async function consentLanded({ tenantId, granted, state }) {
    // A refusal comes back without the tenant (learn.microsoft.com/entra/identity-platform/v2-admin-consent).
    if (!granted && tenantId === undefined) return { kind: 'declined' };
    const tenant = tenantId?.toLowerCase() ?? '';
    if (!isGuid(tenant) || !deps.allowedTenants.has(tenant)) return { kind: 'unknownTenant' };
    if (!granted) return { kind: 'declined' };
    if (state === undefined || !deps.tokens.isConsentState(tenant, state)) return { kind: 'thanked' };
    await deps.transact(async ({ queue, audit }) => {
      await queue.scheduleTask({ kind: 'consented', tenantId: tenant }, deps.clock.now());
      await audit.record({ tenantId: tenant, at: deps.clock.now(), event: 'adminConsented' });
    });
    return { kind: 'granted' };
  };
}

export interface ResumeConsentedDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly clock: Clock;
  readonly advance: Advance;
}

export type ResumeConsented = (tenantId: string) => Promise<void>;

export function createResumeConsented(deps: ResumeConsentedDeps): ResumeConsented {
  return async function resumeConsented(tenantId) {
    for (const job of await deps.stores.exports.waitingForConsent(tenantId))
      if (!isTooSoon(job, deps.clock.now())) await deps.advance(job.id, { type: 'consentGranted' });
  };
}

/** Seconds. */
const longestPause = 240;

/** The first try is free. Whoever says again and again that consent was given gets ever fewer tries out of it. */
function isTooSoon({ contact, since }: ExportJob, now: Date): boolean {
  const { consents = 0 } = contact;
  const pause = consents === 0 ? 0 : Math.min(longestPause, 5 * 2 ** Math.min(consents, 10));
  return now.getTime() - since.getTime() < pause * 1000;
}
