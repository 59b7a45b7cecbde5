/** Answers for an administrator's visit ending: what waited in that tenant for consent tries again. */
import type { Clock, Transact } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import { isGuid } from '../../domain/exports/explorer-url.ts';

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
    await deps.transact(({ queue }) =>
      queue.scheduleTask({ kind: 'consented', tenantId: tenant }, deps.clock.now()),
    );
    return { kind: 'granted' };
  };
}
