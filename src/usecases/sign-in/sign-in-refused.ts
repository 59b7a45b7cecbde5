/** Tells everything that waits for a person why their sign-in did not succeed: another cause, or an operator's fault. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { Person } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { RefusedSignIn, WaitingExport } from '../../ports/queued-tasks.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { Advance } from '../machine/advance.ts';
import { withdrawPrompts, type WithdrawPromptsDeps } from './sign-in-prompt.ts';

export interface SignInRefusedDeps extends WithdrawPromptsDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly advance: Advance;
}

/** @param waiting what waited for the person when they were refused; what has gone on since is left alone */
export type SignInRefused = (
  person: Person,
  answer: RefusedSignIn,
  waiting: readonly WaitingExport[],
) => Promise<void>;

export function createSignInRefused(deps: SignInRefusedDeps): SignInRefused {
  return async function signInRefused(person, answer, waiting) {
    switch (answer.kind) {
      case 'signInRequired': {
        const { cause, claims } = answer;
        // Whoever just has to press the button is asked for that already.
        if (cause === 'signIn') return;
        return tellAll(deps, waiting, { type: 'signInRequired', cause, ...present({ claims }) });
      }
      case 'operatorFault': {
        // Signing in is no use until the operator has mended it: the prompts go, and come again by themselves.
        if (await isStillSo(deps, waiting)) await withdrawPrompts(deps, person, 'operatorFault', 'prompts');
        return tellAll(deps, waiting, {
          type: 'operatorFault',
          ...present({ correlationId: answer.correlationId }),
        });
      }
    }
  };
}

/** Run again after a crash, it must not take away what was asked in the meantime. */
async function isStillSo({ stores }: SignInRefusedDeps, waiting: readonly WaitingExport[]): Promise<boolean> {
  for (const { id, version } of waiting)
    if ((await stores.exports.load(id))?.version === version) return true;
  return waiting.length === 0;
}

async function tellAll(
  { advance }: SignInRefusedDeps,
  waiting: readonly WaitingExport[],
  event: ExportEvent,
): Promise<void> {
  for (const { id, version } of waiting) await advance(id, event, { ifVersion: version });
}
