/** Answers for whose limit a call counts for. A grouping only: nothing is decided about anybody by a token that nobody has checked here. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from './goals-schema.ts';

const claims = z.object({ tid: z.string().max(100) });

/** The token's tenant where it can be read, which Microsoft does not promise; else each token counts for itself. */
export function tenantOf(accessToken: string): string {
  const payload = Buffer.from(accessToken.split('.', 2)[1] ?? '', 'base64url').toString('utf8');
  const reading = claims.safeParse(parseJson(payload));
  return reading.success ? reading.data.tid : createHash('sha256').update(accessToken).digest('base64url');
}
