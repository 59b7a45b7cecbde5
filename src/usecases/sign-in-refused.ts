/** Answers for what a sign-in that did not succeed tells everything that waits for the person: another cause, or an operator's fault. */
import type { ExportEvent } from '../domain/exports/export-event.ts';
import type { Person } from '../domain/exports/export-job.ts';
import { present } from '../domain/present.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Stores } from '../ports/runtime.ts';
import type { SignInAnswer } from '../ports/user-tokens.ts';
import type { Advance } from './advance.ts';
import { retirePrompt } from './sign-in-prompt.ts';

export interface SignInRefusedDeps {
  readonly stores: Pick<Stores, 'exports' | 'signIns'>;
  readonly messenger: Messenger;
  readonly advance: Advance;
}

export type SignInRefused = (person: Person, answer: SignInAnswer) => Promise<void>;

export const createSignInRefused =
  (deps: SignInRefusedDeps): SignInRefused =>
  async (person, answer) => {
    switch (answer.kind) {
      case 'signInRequired':
        // Whoever just has to press the button is asked for that already.
        if (answer.cause === 'signIn') return;
        return tellAll(deps, person, {
          ...{ type: 'signInRequired', cause: answer.cause },
          ...present({ claims: answer.claims }),
        });
      case 'operatorFault':
        return blameOperator(deps, person, present({ correlationId: answer.correlationId }));
      case 'signedIn':
      case 'wrongPerson':
      case 'notAccepted':
      case 'unavailable':
      case 'userGone':
    }
  };

/** Signing in is no use until the operator has mended it: the prompts go, and come again by themselves. */
async function blameOperator(
  deps: SignInRefusedDeps,
  person: Person,
  said: { readonly correlationId?: string },
): Promise<void> {
  const prompts = await deps.stores.signIns.settle(person, 'prompts');
  await tellAll(deps, person, { type: 'operatorFault', ...said });
  for (const prompt of prompts) await retirePrompt(deps, prompt, 'operatorFault');
}

async function tellAll(deps: SignInRefusedDeps, person: Person, event: ExportEvent): Promise<void> {
  for (const id of await deps.stores.exports.waitingFor(person)) await deps.advance(id, event);
}
