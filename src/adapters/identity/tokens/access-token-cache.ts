/** Answers for opening a person's sealed tokens once, not for each call: an access token is remembered while the row it came from stays the same. */
import { createHash } from 'node:crypto';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Clock } from '../../../ports/runtime.ts';

export interface KnownAccessTokens {
  /** @param mark the row as it is now: after a renewal, a sign-in or a sign-out anywhere it is another one */
  readonly find: (person: Person, mark: string) => string | undefined;
  readonly keep: (
    person: Person,
    mark: string,
    token: { readonly accessToken: string; readonly expiresAt: Date },
  ) => void;
}

interface Known {
  readonly digest: string;
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const mostRemembered = 10_000;
/** As msal does it: what is about to expire is renewed. */
const sparedMilliseconds = 5 * 60_000;

const digestOf = (mark: string): string => createHash('sha256').update(mark).digest('base64');
const keyOf = ({ tenantId, userId }: Person): string => `${tenantId}/${userId}`;

export function createKnownAccessTokens({ clock }: { readonly clock: Clock }): KnownAccessTokens {
  const known = new Map<string, Known>();
  return {
    find: (person, mark) => {
      const found = known.get(keyOf(person));
      if (found === undefined) return undefined;
      if (found.until > clock.now().getTime() && found.digest === digestOf(mark)) return found.accessToken;
      known.delete(keyOf(person));
      return undefined;
    },
    keep: (person, mark, { accessToken, expiresAt }) => {
      const [oldest] = known.keys();
      if (known.size >= mostRemembered && oldest !== undefined) known.delete(oldest);
      const until = expiresAt.getTime() - sparedMilliseconds;
      known.set(keyOf(person), { digest: digestOf(mark), accessToken, until });
    },
  };
}
