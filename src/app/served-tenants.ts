/** Keeps the bot from acting in tenants that it does not serve, whatever is still kept of them. */
import type { UserTokens } from '../ports/user-tokens.ts';

/** For what did not come through the queue, such as a link that was made before: nobody of others has a token. */
export const onlyServed = (tokens: UserTokens, tenants: ReadonlySet<string>): UserTokens => ({
  ...tokens,
  tokenFor: async (person, options) =>
    tenants.has(person.tenantId) ? tokens.tokenFor(person, options) : { kind: 'unavailable' },
});

/** Finds out whether Entra ID knows them, before anybody waits to hear it: one after the other, in the way of nobody. */
export async function meetTenants(
  { knowsTenant }: Pick<UserTokens, 'knowsTenant'>,
  tenants: ReadonlySet<string>,
  ended: AbortSignal,
): Promise<void> {
  for (const tenantId of tenants) if (!ended.aborted) await knowsTenant(tenantId);
}
