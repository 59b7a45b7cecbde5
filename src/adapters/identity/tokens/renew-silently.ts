/** Gets a person's token without asking them: from the cache, or with the refresh token. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfidentialClientApplication } from '@azure/msal-node';
import type { AskJson } from '../../../blocks/http/ask-json.ts';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { TokenAnswer } from '../../../ports/user-tokens.ts';
import type { AppCoolDown, HandleFailure } from './handle-failure.ts';
import type { EntraRegistration } from '../entra/entra-app.ts';
import type { EntraNetworkDeps } from '../entra/entra-network.ts';
import type { AccessTokenCache } from './access-token-cache.ts';
import { askEntra } from './entra-question.ts';
import { keepRenewed, type Held, type TokenPartitions, type Tokens } from './token-partitions.ts';
import type { RenewalMutex } from './renewal-mutex.ts';

export interface RenewOptions {
  /** Delegated permissions of Graph. */
  readonly scopes: readonly string[];
  readonly renew?: boolean;
  readonly claims?: string;
}

export interface RenewSilentlyDeps {
  readonly registration: EntraRegistration;
  readonly partitions: TokenPartitions;
  readonly renewalMutex: RenewalMutex;
  readonly coolDown: AppCoolDown;
  readonly handleFailure: HandleFailure;
  readonly accessTokens: AccessTokenCache;
}

type HeldTokens = Extract<Held, { kind: 'tokens' }>;

const signIn: TokenAnswer = { kind: 'signInRequired', cause: 'signIn' };

function silently({ homeAccountId }: Tokens, { renew, claims, scopes }: RenewOptions) {
  return async function renewSilently(app: ConfidentialClientApplication) {
    const account = (await app.getTokenCache().getAllAccounts()).find(
      (candidate) => candidate.homeAccountId === homeAccountId,
    );
    if (account === undefined) return null;
    const request = { account, scopes: [...scopes], forceRefresh: renew === true };
    return app.acquireTokenSilent({ ...request, ...(claims === undefined ? {} : { claims }) });
  };
}

/** Milliseconds. A refresh token that is refused may have just been replaced by a sign-in. */
const waitsForNewer = [0, 250, 750];

async function findNewer(
  partitions: TokenPartitions,
  person: Person,
  seen: HeldTokens,
): Promise<Held | undefined> {
  for (const wait of waitsForNewer) {
    if (wait > 0) await pause(wait);
    const now = await partitions.load(person);
    if (now.kind === 'nothing' || now.mark !== seen.mark) return now;
  }
  return undefined;
}

/** Seconds. */
const askAgainAfter = 5;

function refusalDuring(coolDown: AppCoolDown, { tenantId }: Person): TokenAnswer | undefined {
  switch (coolDown.mayAsk(tenantId)) {
    case 'refused':
      return { kind: 'operatorFault' };
    case 'wait':
      return { kind: 'unavailable', retryAfter: askAgainAfter };
    case 'ask':
      return undefined;
  }
}

async function renewOnce(
  deps: RenewSilentlyDeps,
  person: Person,
  held: HeldTokens,
  options: RenewOptions,
): Promise<TokenAnswer | { readonly kind: 'grantRefused' }> {
  const trouble = refusalDuring(deps.coolDown, person);
  if (trouble !== undefined) return trouble;
  const answer = await askEntra(
    deps.registration,
    person,
    Promise.resolve(held.tokens),
    silently(held.tokens, options),
  );
  switch (answer.kind) {
    case 'tokens': {
      deps.coolDown.end(person.tenantId);
      if (answer.changed !== undefined) {
        const kept = await keepRenewed(deps.partitions, person, held, answer.changed);
        if (kept === 'forgotten') return signIn;
      }
      return { kind: 'token', accessToken: answer.accessToken };
    }
    case 'wrongPerson':
      deps.coolDown.end(person.tenantId);
      await deps.partitions.remove(person, held);
      return signIn;
    case 'failure': {
      const verdict = await deps.handleFailure(person, options.scopes, answer.failure);
      switch (verdict.kind) {
        case 'trouble':
          return verdict.trouble;
        case 'grantRefused':
          return { kind: 'grantRefused' };
        case 'requestRefused':
          return { ...verdict, kind: 'operatorFault' };
      }
    }
  }
}

/** One that was given out before, while the sealed row is the one it came from. */
async function knownToken(
  { accessTokens, partitions }: RenewSilentlyDeps,
  person: Person,
  scopes: readonly string[],
): Promise<TokenAnswer | undefined> {
  if (!accessTokens.has(person, scopes)) return undefined;
  const accessToken = accessTokens.find(person, scopes, (await partitions.headNow(person)) ?? '');
  return accessToken === undefined ? undefined : { kind: 'token', accessToken };
}

/** What can be had without Entra ID. */
async function fromCache(
  deps: RenewSilentlyDeps,
  person: Person,
  { tokens, mark }: HeldTokens,
  scopes: readonly string[],
): Promise<TokenAnswer | undefined> {
  const network: EntraNetworkDeps = { ...deps.registration.network, askJson: onlyTheCache };
  const registration = { ...deps.registration, network };
  const answer = await askEntra(registration, person, Promise.resolve(tokens), silently(tokens, { scopes }));
  if (answer.kind !== 'tokens') return undefined;
  const { accessToken, expiresAt, changed } = answer;
  // What msal has changed is not kept: another row would be another mark.
  if (expiresAt !== undefined && changed === undefined)
    deps.accessTokens.keep(person, scopes, mark, { accessToken, expiresAt });
  return { kind: 'token', accessToken };
}

const onlyTheCache: AskJson = () =>
  Promise.resolve({ kind: 'unavailable', trouble: 'unreachable', notSent: true });

/** Not to be run twice at a time for one person in one process. A refresh token that is dead for good is removed. */
export async function renewSilently(
  deps: RenewSilentlyDeps,
  person: Person,
  options: RenewOptions,
): Promise<TokenAnswer> {
  const wantsNew = options.renew === true || options.claims !== undefined;
  const known = wantsNew ? undefined : await knownToken(deps, person, options.scopes);
  if (known !== undefined) return known;
  const held = await deps.partitions.load(person);
  if (held.kind !== 'tokens') return signIn;
  const cached = wantsNew ? undefined : await fromCache(deps, person, held, options.scopes);
  if (cached !== undefined) return cached;
  const renewed = await deps.renewalMutex(person, () => renewExclusively(deps, person, held, options));
  if (renewed !== undefined) return renewed;
  return (await deps.partitions.load(person)).kind === 'tokens' ? { kind: 'unavailable' } : signIn;
}

async function renewExclusively(
  deps: RenewSilentlyDeps,
  person: Person,
  seen: HeldTokens,
  options: RenewOptions,
): Promise<TokenAnswer> {
  let held = await deps.partitions.load(person);
  for (let round = 0; round < 3; round += 1) {
    if (held.kind !== 'tokens') return signIn;
    // Another instance has renewed them while this one waited for its turn.
    const isFresh = held.mark !== seen.mark && options.claims === undefined;
    const answer = await renewOnce(deps, person, held, isFresh ? { scopes: options.scopes } : options);
    if (answer.kind !== 'grantRefused') return answer;
    const newer = await findNewer(deps.partitions, person, held);
    if (newer === undefined) {
      await deps.partitions.remove(person, held);
      return signIn;
    }
    held = newer;
  }
  return { kind: 'unavailable' };
}
