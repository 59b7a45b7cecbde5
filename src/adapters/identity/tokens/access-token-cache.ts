/** Caches access tokens by person and permissions, so that a person's sealed tokens are not opened for each call. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Clock } from '../../../ports/runtime.ts';
import { headOf } from './token-partitions.ts';

export interface AccessTokenCache {
  /** Whether it is worth asking for the row's mark. */
  readonly has: (person: Person, scopes: readonly string[]) => boolean;
  /** @param mark the row as it is now: after a renewal, a sign-in or a sign-out anywhere it is another one */
  readonly find: (person: Person, scopes: readonly string[], mark: string) => string | undefined;
  readonly keep: (
    person: Person,
    scopes: readonly string[],
    mark: string,
    token: { readonly accessToken: string; readonly expiresAt: Date },
  ) => void;
}

interface Known {
  readonly mark: string;
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const maxRemembered = 10_000;
/** As msal does: what is about to expire is renewed. */
const marginMilliseconds = 5 * 60_000;

export const keyOf = ({ tenantId, userId }: Person): string => `${tenantId}/${userId}`;
const entryOf = (person: Person, scopes: readonly string[]): string => `${keyOf(person)} ${scopes.join(' ')}`;

export function createAccessTokenCache({ clock }: { readonly clock: Clock }): AccessTokenCache {
  const known = new Map<string, Known>();
  return {
    has: (person, scopes) => known.has(entryOf(person, scopes)),
    find: (person, scopes, mark) => {
      const key = entryOf(person, scopes);
      const found = known.get(key);
      if (found === undefined) return undefined;
      if (found.until > clock.now().getTime() && found.mark === headOf(mark)) return found.accessToken;
      known.delete(key);
      return undefined;
    },
    keep: (person, scopes, mark, { accessToken, expiresAt }) => {
      const [oldest] = known.keys();
      if (known.size >= maxRemembered && oldest !== undefined) known.delete(oldest);
      const until = expiresAt.getTime() - marginMilliseconds;
      known.set(entryOf(person, scopes), { mark: headOf(mark), accessToken, until });
    },
  };
}
