/** Checks the bearer token of whoever calls the simulated Graph, against the simulated Entra ID. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';

export type GraphCaller = Readonly<{ oid: string; tid: string; scopes: readonly string[] }>;

type TokenVerdict =
  Readonly<{ kind: 'caller'; caller: GraphCaller }> | Readonly<{ kind: 'refused'; message: string }>;

export type VerifyGraphToken = (authorization: string | undefined) => Promise<TokenVerdict>;

const graphAudiences: readonly string[] = [
  'https://graph.microsoft.com',
  '00000003-0000-0000-c000-000000000000',
];

const claims = z.object({ oid: z.string(), tid: z.string(), scp: z.string() });

/** Seconds. A token counts in whole seconds, and is on its way for some of them. */
const clockTolerance = 5;

export const createGraphTokenCheck = (options: {
  jwksUrl: string;
  clock: () => number;
}): VerifyGraphToken => {
  const keys = createRemoteJWKSet(new URL(options.jwksUrl));

  return async function verifyGraphToken(authorization) {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { kind: 'refused', message: 'Access token is empty.' };
    try {
      const { payload } = await jwtVerify(token, keys, {
        audience: [...graphAudiences],
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'iss'],
        currentDate: new Date(options.clock()),
        clockTolerance,
      });
      const { oid, tid, scp } = claims.parse(payload);
      return { kind: 'caller', caller: { oid, tid, scopes: scp.split(' ') } };
    } catch (error) {
      return { kind: 'refused', message: wordsFor(error) };
    }
  };
};

const wordsFor = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed, the token is expired.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return 'Access token validation failure. Invalid audience.';
  return 'IDX14100: JWT is not well formed or its signature is invalid.';
};
