/** Makes and reads the tokens of the simulated Entra ID: signed access and id tokens, sealed codes and refresh tokens. */
import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { SignJWT, errors, importJWK, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Person } from '../chat/people.ts';
import { createSeal, type SigningKey } from '../loopback/simulator-keys.ts';
import type { AppRegistration } from './directory.ts';

const codeContent = z.object({
  kind: z.literal('code'),
  nth: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  challenge: z.string(),
  oid: z.string(),
  tid: z.string(),
  scope: z.string(),
  nonce: z.string().optional(),
  claims: z.string().optional(),
  /** Milliseconds since 1970. */
  issuedAt: z.number(),
});
const refreshContent = z.object({
  kind: z.literal('refresh'),
  nth: z.string(),
  clientId: z.string(),
  oid: z.string(),
  tid: z.string(),
  scope: z.string(),
  issuedAt: z.number(),
});

type CodeContent = z.infer<typeof codeContent>;
type RefreshContent = z.infer<typeof refreshContent>;

type AssertionVerdict =
  | Readonly<{ kind: 'valid'; oid: string; tid: string }>
  | Readonly<{ kind: 'expired' }>
  | Readonly<{ kind: 'invalid' }>;

export type EntraTokens = Readonly<{
  /** Signs any claims with the issuer of `tid`; `expiresInSeconds` may be negative. */
  sign: (claims: JWTPayload & { tid: string }, expiresInSeconds: number) => Promise<string>;
  idToken: (person: Person, clientId: string, nonce: string | undefined) => Promise<string>;
  verifyAssertion: (assertion: string, app: AppRegistration) => Promise<AssertionVerdict>;
  sealCode: (content: Omit<CodeContent, 'kind' | 'nth' | 'issuedAt'>) => string;
  openCode: (code: string | undefined) => CodeContent | undefined;
  sealRefresh: (content: Omit<RefreshContent, 'kind' | 'nth' | 'issuedAt'>) => string;
  openRefresh: (token: string | undefined) => RefreshContent | undefined;
}>;

export const createEntraTokens = (deps: {
  key: SigningKey;
  clock: () => number;
  base: () => string;
}): EntraTokens => {
  const { key, clock } = deps;
  const box = createSeal(key.secret);
  const issuerOf = (tid: string) => `${deps.base()}/${tid}/v2.0`;
  const seal = (content: object) =>
    box.seal(Buffer.from(JSON.stringify({ ...content, nth: randomUUID(), issuedAt: clock() })));

  const sign: EntraTokens['sign'] = (claims, expiresInSeconds) => {
    const now = Math.floor(clock() / 1000);
    const times = { iat: now, nbf: Math.min(now, now + expiresInSeconds) - 5, exp: now + expiresInSeconds };
    const payload = { iss: issuerOf(claims.tid), ver: '2.0', uti: randomUUID(), ...times, ...claims };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid })
      .sign(key.privateKey);
  };

  return {
    sign,
    idToken: (person, clientId, nonce) =>
      sign(
        {
          aud: clientId,
          sub: `${person.oid}.${clientId}`,
          oid: person.oid,
          tid: person.tid,
          name: person.name,
          preferred_username: person.userPrincipalName,
          ...(nonce === undefined ? {} : { nonce }),
        },
        3_600,
      ),
    verifyAssertion: async (assertion, app) => {
      try {
        const audience = [app.clientId, ...(app.appIdUri === undefined ? [] : [app.appIdUri])];
        const currentDate = new Date(clock());
        const { payload } = await jwtVerify(assertion, await importJWK(key.publicJwk), {
          audience,
          currentDate,
        });
        const { oid, tid } = z.object({ oid: z.string(), tid: z.string() }).parse(payload);
        return payload.iss === issuerOf(tid) ? { kind: 'valid', oid, tid } : { kind: 'invalid' };
      } catch (error) {
        return { kind: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
      }
    },
    sealCode: (content) => seal({ ...content, kind: 'code' }),
    openCode: (code) => openAs(codeContent, box.open(code ?? '')),
    sealRefresh: (content) => seal({ ...content, kind: 'refresh' }),
    openRefresh: (token) => openAs(refreshContent, box.open(token ?? '')),
  };
};

const openAs = <T>(schema: z.ZodType<T>, bytes: Buffer | undefined): T | undefined =>
  bytes && schema.safeParse(JSON.parse(bytes.toString('utf8'))).data;
