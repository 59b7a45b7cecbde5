/** Gives out tokens that act as one person, who signs in once: port UserTokens. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { Clock, Log } from '../../ports/runtime.ts';
import type { AskJson } from '../../blocks/http/ask-json.ts';
import { createKeyedMutex } from '../../blocks/keyed-mutex.ts';
import type { TokenAnswer, UserTokens } from '../../ports/user-tokens.ts';
import type { Database, TransactWithin } from '../store/engine/database.ts';
import { createAppCoolDown, createDeletedAccounts, createFailureHandler } from './tokens/handle-failure.ts';
import { proveClient, type ClientAuth } from './entra/entra-app.ts';
import { createConsentState, createSignInUrls } from './sign-in/sign-in-urls.ts';
import { createAccessTokenCache, keyOf } from './tokens/access-token-cache.ts';
import { createKnownTenants } from './entra/known-tenants.ts';
import { isAppAccepted } from './entra/try-credentials.ts';
import { renewSilently, type RenewOptions } from './tokens/renew-silently.ts';
import { createSealer, type EncryptionKey } from './tokens/encryption.ts';
import { exchangeSsoToken, redeemCode, type SignInGrantsDeps } from './sign-in/sign-in-grants.ts';
import { createSsoTokenCheck } from './sign-in/sso-token.ts';
import { createTokenPartitions } from './tokens/token-partitions.ts';
import { createRenewalMutex } from './tokens/renewal-mutex.ts';

export interface UserTokensDeps {
  /** `ENTRA_BASE_URL`, without a trailing slash. */
  readonly entraBaseUrl: string;
  /** The SSO/Graph registration. */
  readonly clientId: string;
  readonly clientAuth: ClientAuth;
  readonly appIdUri: string;
  /** `<PUBLIC_URL>/auth/callback` */
  readonly redirectUri: string;
  /** `<PUBLIC_URL>/auth/consented` */
  readonly adminConsentRedirectUri: string;
  /** Client ids whose SSO tokens are taken; default: the Teams clients. */
  readonly teamsClients?: readonly string[];
  /** Full names of permissions that people may allow by themselves; without it none. */
  readonly withoutAdministrator?: readonly string[];
  /** Newest first. */
  readonly keys: readonly EncryptionKey[];
  readonly db: Database['db'];
  readonly transact: TransactWithin;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly askJson: AskJson;
}

function assemble(deps: UserTokensDeps): SignInGrantsDeps {
  const { entraBaseUrl, clientId, clock, db, transact, log, askJson } = deps;
  const partitions = createTokenPartitions({ db, transact, log, sealer: createSealer(deps.keys) });
  const coolDown = createAppCoolDown(clock);
  const withoutAdministrator = new Set(deps.withoutAdministrator);
  return {
    partitions,
    transact,
    renewalMutex: createRenewalMutex(db),
    coolDown,
    registration: {
      entraBaseUrl,
      clientId,
      proof: proveClient(deps.clientAuth),
      network: { clock, askJson },
    },
    handleFailure: createFailureHandler({ partitions, coolDown, log, withoutAdministrator }),
    accessTokens: createAccessTokenCache({ clock }),
  };
}

type Renew = (person: Person, options: RenewOptions) => Promise<TokenAnswer>;

/** Many requests may meet the same expired token at once: one renewal serves them all. */
function shareRenewals(renew: Renew): UserTokens['tokenFor'] {
  const pending = new Map<string, Promise<TokenAnswer>>();
  return function renewShared(person, options) {
    if (options.renew !== true || options.claims !== undefined) return renew(person, options);
    const key = `${keyOf(person)} ${options.scopes.join(' ')}`;
    const renewal = pending.get(key) ?? renew(person, options).finally(() => pending.delete(key));
    pending.set(key, renewal);
    return renewal;
  };
}

/** Throws when an encryption key or a certificate is unusable. */
export function createUserTokens(deps: UserTokensDeps): UserTokens {
  const parts = assemble(deps);
  const { partitions } = parts;
  const consentState = createConsentState(deps.keys);
  const ssoTokens = createSsoTokenCheck(deps);
  const mutex = createKeyedMutex();
  const orDeleted = createDeletedAccounts();
  const exclusively = <T>(person: Person, task: () => Promise<T>): Promise<T> => mutex(keyOf(person), task);

  const askWhetherAccepted = async (tenantId: string): Promise<boolean> => {
    const isAccepted = await isAppAccepted(parts.registration, tenantId);
    if (isAccepted) parts.coolDown.end(tenantId);
    return isAccepted;
  };

  return {
    tokenFor: shareRenewals((person, options) =>
      exclusively(person, async () => orDeleted(person, await renewSilently(parts, person, options))),
    ),
    exchange: async (person, grant, alongside) => {
      const verdict = await ssoTokens.check(person, grant.ssoToken);
      switch (verdict.kind) {
        case 'genuine':
          return exclusively(person, () => exchangeSsoToken(parts, person, grant, alongside));
        case 'notAccepted':
          deps.log.warn({ userId: person.userId, why: verdict.why }, 'an SSO token was not accepted');
          return { kind: 'notAccepted' };
        case 'wrongPerson':
        case 'unavailable':
          return { kind: verdict.kind };
      }
    },
    expectExchange: ssoTokens.expect,
    redeem: (person, grant, alongside) =>
      exclusively(person, () =>
        redeemCode(parts, person, { ...grant, redirectUri: deps.redirectUri }, alongside),
      ),
    forget: (person, alongside) =>
      exclusively(person, () =>
        alongside === undefined ? partitions.remove(person) : partitions.removeAlongside(person, alongside),
      ),
    holds: async (person) => (await partitions.load(person)).kind === 'tokens',
    isAppAccepted: askWhetherAccepted,
    isAppMended: async (tenantId) => {
      if (parts.coolDown.isSettled(tenantId) || !(await askWhetherAccepted(tenantId))) return false;
      parts.coolDown.settle(tenantId);
      return true;
    },
    knowsTenant: createKnownTenants({ ...deps, network: parts.registration.network }),
    isConsentState: consentState.isOurs,
    ...createSignInUrls({ ...deps, registration: parts.registration, consentState }),
  };
}
