/** Answers for forgetting a person: tokens go, prompts go, and what was open waits. */
import type { Person } from '../domain/exports/export-job.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Background, Stores } from '../ports/runtime.ts';
import type { UserTokens } from '../ports/user-tokens.ts';
import type { Advance } from './advance.ts';
import { retirePrompt } from './sign-in-prompt.ts';

export interface SignOutDeps {
  readonly stores: Pick<Stores, 'exports' | 'signIns'>;
  readonly tokens: Pick<UserTokens, 'forget' | 'holds'>;
  readonly messenger: Messenger;
  readonly background: Background;
  readonly advance: Advance;
}

/** `waiting`: how many open exports now wait for a sign-in. */
export type SignOut = (who: {
  readonly requester: Person;
}) => Promise<{ readonly waiting: number; readonly hadTokens: boolean }>;

export const createSignOut =
  (deps: SignOutDeps): SignOut =>
  async ({ requester }) => {
    const hadTokens = await deps.tokens.holds(requester);
    await deps.tokens.forget(requester);
    const prompts = await deps.stores.signIns.settle(requester);
    const open = await deps.stores.exports.openOf(requester);
    const asking = await deps.stores.exports.waitingFor(requester);
    for (const id of new Set([...open, ...asking])) await deps.advance(id, { type: 'signedOut' });
    deps.background.run('retire prompts', async () => {
      for (const prompt of prompts) await retirePrompt(deps, prompt, 'signedOut');
    });
    return { waiting: open.length, hadTokens };
  };
