/** Lets everything that waited for one person go on once they have signed in, wherever they answered. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { Person } from '../../domain/exports/export-job.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { Advance } from '../machine/advance.ts';
import type { ResumeConsented } from './resume-consented.ts';
import { withdrawPrompts, type WithdrawPromptsDeps } from './sign-in-prompt.ts';

export interface ResumeWaitingDeps extends WithdrawPromptsDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly advance: Advance;
  readonly resumeConsented: ResumeConsented;
}

export type ResumeWaiting = (person: Person) => Promise<void>;

const signedIn: ExportEvent = { type: 'signedIn' };

export function createResumeWaiting(deps: ResumeWaitingDeps): ResumeWaiting {
  return async function resumeWaiting(person) {
    // Whoever got tokens has consent; perhaps everybody has it by now. What goes on below may find that it is missing still.
    await deps.resumeConsented(person.tenantId);
    // The exports go first: whoever finds one that waits and no prompt asks again.
    const waiting = await deps.stores.exports.waitingFor(person);
    for (const id of waiting) await deps.advance(id, signedIn);
    await withdrawPrompts(deps, person, waiting.length > 0 ? 'signedIn' : 'signedInOnly');
    await lookAfterLateComers(deps, person, waiting);
  };
}

/** Their prompts may just have been withdrawn: who has come to wait since goes on, who waits once more is asked again. */
async function lookAfterLateComers(
  { stores, transact, clock, advance }: ResumeWaitingDeps,
  { tenantId, userId }: Person,
  before: readonly string[],
): Promise<void> {
  for (const id of await stores.exports.waitingFor({ tenantId, userId }))
    if (!before.includes(id)) await advance(id, signedIn);
    else await transact(({ queue }) => queue.schedule(id, clock.now(), { tenantId }));
}
