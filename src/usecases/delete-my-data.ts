/** Tells a person what is kept of them, and deletes it once they are sure. */
import type { Person } from '../domain/exports/export-job.ts';
import type { KeptData } from '../ports/personal-data.ts';
import type { Clock, Log, Stores } from '../ports/runtime.ts';
import type { UserTokens } from '../ports/user-tokens.ts';
import { day } from './machine/limits.ts';
import { queueCard } from './names/shared-name-card.ts';
import { queueRetirement } from './sign-in/sign-in-prompt.ts';

export interface DeleteMyDataDeps {
  readonly stores: Pick<Stores, 'personalData'>;
  readonly tokens: Pick<UserTokens, 'forget' | 'holds'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How much there is of each. */
interface KeptOfPerson extends KeptData {
  readonly signedIn: boolean;
}

export interface DeleteMyData {
  readonly preview: (who: { readonly requester: Person }) => Promise<KeptOfPerson>;
  /** What there was. Graph's own jobs stay: no call removes them. */
  readonly confirm: (who: { readonly requester: Person }) => Promise<KeptOfPerson>;
}

export function createDeleteMyData(deps: DeleteMyDataDeps): DeleteMyData {
  return {
    preview: ({ requester }) => keptOf(deps, requester),
    confirm: async ({ requester }) => {
      const kept = await keptOf(deps, requester);
      await deps.tokens.forget(requester, (stores) => erase(stores, requester, deps.clock.now()));
      // A sign-in that was under way while the rows went must not leave tokens behind.
      await deps.tokens.forget(requester);
      deps.log.info({ ...kept, tenantId: requester.tenantId }, 'somebody had their data deleted');
      return kept;
    },
  };
}

async function keptOf({ stores, tokens }: DeleteMyDataDeps, person: Person): Promise<KeptOfPerson> {
  const [kept, signedIn] = await Promise.all([stores.personalData.count(person), tokens.holds(person)]);
  return { ...kept, signedIn };
}

/** Cards and prompts that would say "running" or "sign in" for ever are changed; the rest stays true. */
async function erase(stores: Stores, person: Person, now: Date): Promise<void> {
  // A request at the same moment is either erased and counted with the rest, or comes after it.
  await stores.exports.lockCounts(person.tenantId);
  await queueRetirement(stores, await stores.signIns.settle(person), 'signedOut', now);
  for (const { id } of await stores.exports.openOf(person))
    for (const { mode, conversation, activityId } of await stores.cards.of({ kind: 'export', id }))
      if (mode === 'live' && activityId !== undefined)
        await stores.queue.scheduleTask({ kind: 'retireCard', conversation, activityId }, now);
  for (const name of await stores.sharedNames.by(person)) await queueCard(stores, name, now);
  await stores.queue.forgetTasksOf(person);
  // Those who see what the person shares learn that it is over; the task names nobody.
  for (const { id: scheduleId, audience, conversation } of await stores.schedules.of(person))
    if (audience === 'everybody')
      await stores.queue.scheduleTask({ kind: 'subscriptionOver', conversation, scheduleId }, now);
  await stores.personalData.erase(person, new Date(now.getTime() - day));
  const { tenantId, userId } = person;
  await stores.audit.record({ tenantId, userId, at: now, event: 'dataDeleted' });
  await stores.audit.forget(person);
}
