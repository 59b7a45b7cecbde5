/** Answers for what is stored of a secret that somebody will present again. */
import { createHash } from 'node:crypto';

/** SHA-256, base64url. The secrets are 256 random bits, so nothing slower is needed. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
