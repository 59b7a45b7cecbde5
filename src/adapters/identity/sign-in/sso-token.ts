/** Checks whether a token that Teams hands over is genuine, meant for this app, and the speaker's own. */
import { errors, jwtVerify, type JWTPayload } from 'jose';
import * as z from 'zod';
import type { AskJson } from '../../../blocks/http/ask-json.ts';
import {
  createReadDocument,
  createSigningKeys,
  KeysUnreachable,
  type SigningKeys,
} from '../../../blocks/signing-keys.ts';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Clock } from '../../../ports/runtime.ts';
import { belongsTo } from '../tokens/entra-question.ts';

export interface SsoTokenDeps {
  /** `ENTRA_BASE_URL`, without a trailing slash. */
  readonly entraBaseUrl: string;
  readonly clientId: string;
  readonly appIdUri: string;
  /** Client ids that may ask for our token; default: the Teams clients. */
  readonly teamsClients?: readonly string[];
  readonly clock: Clock;
  readonly askJson: AskJson;
}

type SsoVerdict =
  | { readonly kind: 'genuine' | 'wrongPerson' | 'unavailable' }
  | { readonly kind: 'notAccepted'; readonly why: string };

export type CheckSsoToken = (person: Person, token: string) => Promise<SsoVerdict>;

interface SsoTokenCheck {
  readonly check: CheckSsoToken;
  /** Somebody of the tenant is being asked: what their token is checked with is fetched meanwhile. */
  readonly expect: (tenantId: string) => void;
}

/** Teams on desktop and phone, Teams on the web (learn.microsoft.com/microsoftteams/platform, "tab SSO"). */
export const teamsClientIds: readonly string[] = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
];
const clockToleranceSeconds = 300;

const claimsSchema = z.object({
  oid: z.string(),
  tid: z.string(),
  azp: z.string(),
  scp: z.string(),
});

function checkClaims(deps: SsoTokenDeps, person: Person, payload: JWTPayload): SsoVerdict {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return { kind: 'notAccepted', why: 'claims are missing' };
  const { oid, tid, azp, scp } = claims.data;
  const clients = deps.teamsClients ?? teamsClientIds;
  if (!clients.includes(azp)) return { kind: 'notAccepted', why: 'asked for by another client' };
  if (!scp.split(' ').includes('access_as_user'))
    return { kind: 'notAccepted', why: 'without access_as_user' };
  return { kind: belongsTo(person, { tid, oid }) ? 'genuine' : 'wrongPerson' };
}

function verdictOn(error: unknown): SsoVerdict {
  if (error instanceof KeysUnreachable) return { kind: 'unavailable' };
  if (error instanceof errors.JOSEError) return { kind: 'notAccepted', why: error.code };
  throw new Error('A token could not be checked.', { cause: error });
}

const keysUrl = (tenant: string): URL => new URL(`${tenant}/discovery/v2.0/keys`);

/** Checks version 2 tokens (`requestedAccessTokenVersion: 2` in the registration). */
export function createSsoTokenCheck(deps: SsoTokenDeps): SsoTokenCheck {
  const keysOf = new Map<string, SigningKeys>();
  const { clock } = deps;
  const read = createReadDocument(deps.askJson);
  const urlOf = (tenantId: string): string => `${deps.entraBaseUrl}/${tenantId.toLowerCase()}`;
  const keysFor = (tenant: string): SigningKeys => {
    const keys = keysOf.get(tenant) ?? createSigningKeys({ url: keysUrl(tenant), now: clock.now, read });
    keysOf.set(tenant, keys);
    return keys;
  };
  const check: CheckSsoToken = async (person, token) => {
    const tenant = urlOf(person.tenantId);
    const expected = {
      issuer: `${tenant}/v2.0`,
      audience: [deps.clientId, deps.appIdUri],
      algorithms: ['RS256'],
      clockTolerance: clockToleranceSeconds,
      currentDate: clock.now(),
      requiredClaims: ['exp', 'oid', 'tid', 'azp', 'scp'],
    };
    try {
      const { payload } = await jwtVerify(token, keysFor(tenant).keyFor, expected);
      return checkClaims(deps, person, payload);
    } catch (error) {
      return verdictOn(error);
    }
  };
  return { check, expect: (tenantId) => keysFor(urlOf(tenantId)).fetchAhead() };
}
