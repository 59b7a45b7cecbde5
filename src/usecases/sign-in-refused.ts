/** Tells everything that waits for a person why their sign-in did not succeed: another cause, or an operator's fault. */
import type { ExportEvent } from '../domain/exports/export-event.ts';
import type { Person } from '../domain/exports/export-job.ts';
import { present } from '../domain/present.ts';
import type { RefusedSignIn } from '../ports/queued-tasks.ts';
import type { Stores } from '../ports/runtime.ts';
import type { Advance } from './advance.ts';
import { withdrawPrompts, type WithdrawPromptsDeps } from './sign-in-prompt.ts';

export interface SignInRefusedDeps extends WithdrawPromptsDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly advance: Advance;
}

export type SignInRefused = (person: Person, answer: RefusedSignIn) => Promise<void>;

export function createSignInRefused(deps: SignInRefusedDeps): SignInRefused {
  return async function signInRefused(person, answer) {
    switch (answer.kind) {
      case 'signInRequired': {
        const { cause, claims } = answer;
        // Whoever just has to press the button is asked for that already.
        if (cause === 'signIn') return;
        return tellAll(deps, person, { type: 'signInRequired', cause, ...present({ claims }) });
      }
      case 'operatorFault':
        return blameOperator(deps, person, present({ correlationId: answer.correlationId }));
    }
  };
}

/** Signing in is no use until the operator has mended it: the prompts go, and come again by themselves. */
async function blameOperator(
  deps: SignInRefusedDeps,
  person: Person,
  said: { readonly correlationId?: string },
): Promise<void> {
  await withdrawPrompts(deps, person, 'operatorFault', 'prompts');
  await tellAll(deps, person, { type: 'operatorFault', ...said });
}

async function tellAll(deps: SignInRefusedDeps, person: Person, event: ExportEvent): Promise<void> {
  for (const id of await deps.stores.exports.waitingFor(person)) await deps.advance(id, event);
}
