/** Signs a person out, also when the bot is removed: tokens and prompts go, and what was open waits. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import type { Advance } from '../machine/advance.ts';
import { queueRetirement } from './sign-in-prompt.ts';

export interface SignOutDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly tokens: Pick<UserTokens, 'forget' | 'holds'>;
  readonly clock: Clock;
}

/**
 * `waiting`: how many open exports now wait for a sign-in.
 * @param removedFrom the bot is not there any more: nothing there is updated
 */
export type SignOut = (who: {
  readonly requester: Person;
  readonly removedFrom?: Conversation;
}) => Promise<{ readonly waiting: number; readonly hadTokens: boolean }>;

export function createSignOut({ stores, tokens, clock }: SignOutDeps): SignOut {
  return async function signOut({ requester, removedFrom }) {
    const { tenantId, userId } = requester;
    const hadTokens = await tokens.holds(requester);
    const open = await stores.exports.openOf(requester);
    await tokens.forget(requester, async (within) => {
      if (removedFrom !== undefined)
        await within.conversations.forget(removedFrom.tenantId, removedFrom.conversationId);
      if (hadTokens) {
        const outcome = removedFrom === undefined ? 'asked' : 'appRemoved';
        await within.audit.record({ tenantId, userId, at: clock.now(), event: 'signedOut', outcome });
      }
      const prompts = await within.signIns.settle(requester);
      await queueRetirement(within, prompts, 'signedOut', clock.now());
      await within.queue.scheduleTask({ kind: 'signedOut', person: { tenantId, userId } }, clock.now());
    });
    return { waiting: open.length, hadTokens };
  };
}

export interface HoldOpenExportsDeps extends Pick<SignOutDeps, 'stores'> {
  readonly tokens: Pick<UserTokens, 'holds'>;
  readonly advance: Advance;
}

/** The open exports of somebody who signed out wait; those of somebody who has signed in again go on. */
export type HoldOpenExports = (person: Person) => Promise<void>;

export function createHoldOpenExports({ stores, tokens, advance }: HoldOpenExportsDeps): HoldOpenExports {
  return async function holdOpenExports(person) {
    if (await tokens.holds(person)) return;
    const open = await stores.exports.openOf(person);
    const asking = await stores.exports.waitingFor(person);
    const ids = new Set(open.concat(asking).map(({ id }) => id));
    for (const id of ids) await advance(id, { type: 'signedOut' });
  };
}

export interface BotRemovedDeps {
  readonly transact: Transact;
  /** What was posted there by schedule. */
  readonly endSubscriptions: (stores: Stores, conversation: Conversation) => Promise<void>;
  readonly signOut: SignOut;
}

/** From a person's own chat it forgets the person, from a team or group that conversation only. */
export type BotRemoved = (given: {
  readonly conversation: Conversation;
  readonly requester?: Person;
}) => Promise<void>;

export function createBotRemoved({ transact, endSubscriptions, signOut }: BotRemovedDeps): BotRemoved {
  return async function botRemoved({ conversation, requester }) {
    if (conversation.kind === 'personal' && requester !== undefined) {
      await signOut({ requester, removedFrom: conversation });
      return;
    }
    await transact(async (stores) => {
      await endSubscriptions(stores, conversation);
      await stores.conversations.forget(conversation.tenantId, conversation.conversationId);
    });
  };
}
