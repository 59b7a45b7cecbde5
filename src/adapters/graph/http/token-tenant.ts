/** Reads of which tenant an access token says that it is. */
import * as z from 'zod';
import { parseJson } from './graph-bodies.ts';

const claims = z.object({ tid: z.string().max(100) });

/** Undefined where it cannot be read, which Microsoft does not promise. Nobody has checked the token here: nothing is granted by it. */
export function tenantOfToken(accessToken: string): string | undefined {
  const payload = Buffer.from(accessToken.split('.', 2)[1] ?? '', 'base64url').toString('utf8');
  return claims.safeParse(parseJson(payload)).data?.tid;
}
