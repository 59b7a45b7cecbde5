/** Gets the bot's own token, with which it speaks to the channel's connector. */
import { ManagedIdentityApplication } from '@azure/msal-node';
import type { AskJson } from '../../../blocks/http/ask-json.ts';
import type { Clock } from '../../../ports/runtime.ts';
import { proveClient, createEntraApp, type ClientAuth } from './entra-app.ts';
import { createEntraNetwork } from './entra-network.ts';

export interface BotTokenDeps {
  /** Without a trailing slash. */
  readonly entraBaseUrl: string;
  readonly tenantId: string;
  readonly appId: string;
  /** `BOT_TYPE=UserAssignedMSI` is the identity itself, not a federated credential. */
  readonly auth: Exclude<ClientAuth, { kind: 'managedIdentity' }> | { readonly kind: 'userAssignedIdentity' };
  /** `BOT_CHANNEL_SCOPE`, ends in `/.default`. */
  readonly scope: string;
  readonly clock: Clock;
  readonly askJson: AskJson;
}

/** A bearer token, cached until shortly before its end. Rejects with what Entra ID said. */
export type BotToken = () => Promise<string>;

interface Acquired {
  readonly accessToken: string;
  readonly expiresOn: Date | null;
}
type Acquire = () => Promise<Acquired | null>;

/** As msal does: a token that is about to expire is asked for anew. */
const marginMilliseconds = 5 * 60_000;

function acquireAsIdentity({ appId, scope }: BotTokenDeps): Acquire {
  const app = new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId: appId } });
  const resource = scope.replace(/\/\.default$/, '');
  return function acquireForIdentity() {
    return app.acquireToken({ resource });
  };
}

function acquireAsApp(
  deps: BotTokenDeps,
  auth: Exclude<BotTokenDeps['auth'], { kind: 'userAssignedIdentity' }>,
): Acquire {
  const network = createEntraNetwork(deps);
  const app = createEntraApp({
    entraBaseUrl: deps.entraBaseUrl,
    tenantId: deps.tenantId,
    clientId: deps.appId,
    proof: proveClient(auth),
    network: network.client,
    takesClaims: false,
  });
  return async function acquireForApp() {
    try {
      return await app.acquireTokenByClientCredential({ scopes: [deps.scope] });
    } catch (cause) {
      const isOutage = network.failure()?.kind === 'unreachable';
      const why = isOutage
        ? 'is out of reach'
        : 'refuses the bot: check BOT_ID, BOT_TENANT_ID and its secret';
      throw new Error(`Entra ID ${why}.`, { cause });
    }
  };
}

/** Throws when a certificate cannot be read. */
export function createBotToken(deps: BotTokenDeps): BotToken {
  const { auth } = deps;
  const acquire = auth.kind === 'userAssignedIdentity' ? acquireAsIdentity(deps) : acquireAsApp(deps, auth);
  let pending: Promise<string> | undefined;
  let held: { readonly token: string; readonly until: number } | undefined;

  const ask = async (): Promise<string> => {
    const acquired = await acquire();
    const token = acquired?.accessToken ?? '';
    if (token === '') throw new Error('Entra ID answered without a token for the bot.');
    held = { token, until: (acquired?.expiresOn?.getTime() ?? 0) - marginMilliseconds };
    return token;
  };
  return function botToken() {
    if (held !== undefined && deps.clock.now().getTime() < held.until) return Promise.resolve(held.token);
    return (pending ??= ask().finally(() => (pending = undefined)));
  };
}
