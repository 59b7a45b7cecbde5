/** Finds out whether Entra ID knows a tenant at all: nobody of an unknown one can ever sign in. */
import type { Clock, Log } from '../../../ports/runtime.ts';
import type { EntraFailure } from './classify.ts';
import { createEntraNetwork, type EntraNetworkDeps } from './entra-network.ts';

/** Also true as long as it cannot be told. Never rejects. */
export type KnowsTenant = (tenantId: string) => Promise<boolean>;

export interface KnownTenantsDeps {
  readonly entraBaseUrl: string;
  readonly network: EntraNetworkDeps;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error' | 'warn'>;
}

type Standing = 'known' | 'unknown' | 'unclear';

/** Milliseconds. A tenant ends rarely, and one that is new or was mistyped is there soon after. */
const rememberedFor: Readonly<Record<Standing, number>> = {
  known: 24 * 3_600_000,
  unknown: 5 * 60_000,
  unclear: 60_000,
};

/** Milliseconds: somebody waits, and Teams for no longer than 5 s. */
const patience = 2_000;

// "Tenant not found" (learn.microsoft.com/entra/identity-platform/reference-error-codes).
const saysUnknown = (failure: EntraFailure | undefined): boolean =>
  failure?.kind === 'oauth' && (failure.error === 'invalid_tenant' || failure.codes.includes(90002));

/** OpenID Connect Discovery 1.0, §4: each tenant has metadata of its own. Asked once per tenant and day. */
async function look({ entraBaseUrl, network }: KnownTenantsDeps, tenantId: string): Promise<Standing> {
  const { client, failure } = createEntraNetwork({ timeout: patience, ...network });
  try {
    await client.sendGetRequestAsync(`${entraBaseUrl}/${tenantId}/v2.0/.well-known/openid-configuration`);
  } catch {
    return 'unclear';
  }
  if (failure() === undefined) return 'known';
  return saysUnknown(failure()) ? 'unknown' : 'unclear';
}

interface Look {
  standing: Promise<Standing>;
  until: number;
  /** As far as was told: nobody waits to hear again what was so a day ago. */
  isKnown: boolean;
}

export function createKnownTenants(deps: KnownTenantsDeps): KnowsTenant {
  const { clock, log } = deps;
  const looks = new Map<string, Look>();

  const lookAnew = (tenantId: string, isKnown: boolean): Look => {
    const entry = { standing: look(deps, tenantId), until: Number.POSITIVE_INFINITY, isKnown };
    looks.set(tenantId, entry);
    entry.standing = entry.standing.then((standing) => {
      entry.isKnown = standing === 'known' || (standing === 'unclear' && entry.isKnown);
      entry.until = clock.now().getTime() + rememberedFor[standing];
      if (standing === 'unknown')
        log.error(
          { tenantId },
          'Entra ID knows no such tenant, so nobody of it is served: check ALLOWED_TENANTS',
        );
      if (standing === 'unclear') log.warn({ tenantId }, 'Entra ID did not tell whether it knows a tenant');
      return standing;
    });
    return entry;
  };

  return async function knowsTenant(tenantId) {
    const seen = looks.get(tenantId);
    const isFresh = seen !== undefined && clock.now().getTime() < seen.until;
    const { isKnown, standing } = isFresh ? seen : lookAnew(tenantId, seen?.isKnown === true);
    return isKnown || (await standing) !== 'unknown';
  };
}
