/** Answers for an administrator's visit ending: what waited in that tenant for consent tries again. */
import type { Background } from '../ports/runtime.ts';
import type { UserTokens } from '../ports/user-tokens.ts';
import { isGuid } from '../domain/exports/explorer-url.ts';
import type { ResumeConsented } from './resume-consented.ts';

export interface ConsentLandedDeps {
  readonly tokens: Pick<UserTokens, 'isConsentState'>;
  readonly background: Background;
  readonly allowedTenants: ReadonlySet<string>;
  readonly resumeConsented: ResumeConsented;
}

/** `thanked`: the visit did not begin with a link of ours, so nothing follows from it. */
export type ConsentLanded = (given: {
  readonly tenantId: string | undefined;
  readonly granted: boolean;
  readonly state?: string | undefined;
}) => Promise<{ readonly kind: 'granted' | 'declined' | 'unknownTenant' | 'thanked' }>;

/** Anybody can open the page: it claims nothing, each export then asks Entra ID again with its own person's token. */
export const createConsentLanded =
  (deps: ConsentLandedDeps): ConsentLanded =>
  ({ tenantId, granted, state }) => {
    // A refusal comes back without the tenant (learn.microsoft.com/entra/identity-platform/v2-admin-consent).
    if (!granted && tenantId === undefined) return Promise.resolve({ kind: 'declined' });
    const tenant = tenantId?.toLowerCase() ?? '';
    if (!isGuid(tenant) || !deps.allowedTenants.has(tenant))
      return Promise.resolve({ kind: 'unknownTenant' });
    if (!granted) return Promise.resolve({ kind: 'declined' });
    if (state === undefined || !deps.tokens.isConsentState(tenant, state))
      return Promise.resolve({ kind: 'thanked' });
    deps.background.run('consent', () => deps.resumeConsented(tenant));
    return Promise.resolve({ kind: 'granted' });
  };
