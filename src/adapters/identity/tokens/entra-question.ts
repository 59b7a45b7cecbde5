/** Asks Entra ID one question about one person through msal, and checks whose tokens come back. */
import {
  ClientAuthError,
  InteractionRequiredAuthError,
  type AuthenticationResult,
  type ConfidentialClientApplication,
  type ICachePlugin,
} from '@azure/msal-node';
import type { Person } from '../../../domain/exports/export-job.ts';
import { present } from '../../../domain/present.ts';
import type { EntraFailure } from '../entra/classify.ts';
import { createEntraApp, type EntraRegistration } from '../entra/entra-app.ts';
import { createEntraNetwork } from '../entra/entra-network.ts';
import type { Tokens } from './token-partitions.ts';

export type EntraAnswer =
  | {
      readonly kind: 'tokens';
      readonly accessToken: string;
      readonly expiresAt?: Date;
      /** What to keep from now on; absent when it is what was held. */
      readonly changed?: Tokens;
    }
  /** Nothing of it may be kept. */
  | { readonly kind: 'wrongPerson' }
  | { readonly kind: 'failure'; readonly failure: EntraFailure };

export type Ask = (app: ConfidentialClientApplication) => Promise<AuthenticationResult | null>;

const locallyUnrenewable = new Set(['no_tokens_found', 'refresh_token_expired', 'no_account_found']);
const outageCodes = new Set(['network_error', 'endpoints_resolution_error']);

/** What msal found out by itself, without or beside an answer of Entra ID. */
function failureOf(error: unknown): EntraFailure {
  if (error instanceof InteractionRequiredAuthError && locallyUnrenewable.has(error.errorCode))
    return { kind: 'nothingToRenew' };
  if (error instanceof ClientAuthError && locallyUnrenewable.has(error.errorCode))
    return { kind: 'nothingToRenew' };
  if (error instanceof ClientAuthError && outageCodes.has(error.errorCode)) return { kind: 'unreachable' };
  throw new Error('Asking Entra ID failed unexpectedly.', { cause: error });
}

/** @throws Error when msal fails in a way that is neither a refusal nor an outage, or what is held cannot be read. */
export async function askEntra(
  registration: EntraRegistration,
  person: Person,
  held: Promise<Tokens | undefined>,
  ask: Ask,
): Promise<EntraAnswer> {
  const network = createEntraNetwork(registration.network);
  const session = createCacheSession(held);
  const app = createEntraApp({
    ...registration,
    tenantId: person.tenantId,
    network: network.client,
    cachePlugin: session.plugin,
    takesClaims: true,
  });
  let result: AuthenticationResult | null;
  try {
    result = await ask(app);
  } catch (error) {
    return { kind: 'failure', failure: network.failure() ?? failureOf(error) };
  }
  if (result === null) return { kind: 'failure', failure: { kind: 'nothingToRenew' } };
  if (result.accessToken === '') return { kind: 'failure', failure: { kind: 'unreachable' } };
  if (!belongsTo(person, { oid: result.uniqueId, tid: result.tenantId })) return { kind: 'wrongPerson' };
  const { accessToken, account, expiresOn } = result;
  const token = { accessToken, ...present({ expiresAt: expiresOn ?? undefined }) };
  if (!session.hasChanged() || account === null) return { kind: 'tokens', ...token };
  const changed = { homeAccountId: account.homeAccountId, cache: session.contents() };
  return { kind: 'tokens', ...token, changed };
}

/** Object id and tenant id are GUIDs, and GUIDs have no case. */
export const belongsTo = (person: Person, token: { readonly oid: string; readonly tid: string }): boolean =>
  token.oid.toLowerCase() === person.userId.toLowerCase() &&
  token.tid.toLowerCase() === person.tenantId.toLowerCase();

interface CacheSession {
  readonly plugin: ICachePlugin;
  /** msal's serialised cache as it is now. */
  readonly contents: () => string;
  readonly hasChanged: () => boolean;
}

/** msal works on a copy of the person's cache, once it wants it; the caller decides whether to keep it. */
function createCacheSession(held: Promise<Tokens | undefined>): CacheSession {
  let contents: string | undefined;
  let changed = false;
  return {
    plugin: {
      beforeCacheAccess: async (context) => {
        contents ??= (await held)?.cache ?? '';
        context.tokenCache.deserialize(contents);
      },
      afterCacheAccess: (context) => {
        if (context.cacheHasChanged) {
          contents = context.tokenCache.serialize();
          changed = true;
        }
        return Promise.resolve();
      },
    },
    contents: () => contents ?? '',
    hasChanged: () => changed,
  };
}
