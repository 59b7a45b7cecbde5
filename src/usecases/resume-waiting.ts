/** Answers for everything that waited for one person going on once they have signed in, wherever they answered. */
import type { ExportEvent } from '../domain/exports/export-event.ts';
import type { Person } from '../domain/exports/export-job.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Stores } from '../ports/runtime.ts';
import type { Advance } from './advance.ts';
import type { ResumeConsented } from './resume-consented.ts';
import { retirePrompt } from './sign-in-prompt.ts';

export interface ResumeWaitingDeps {
  readonly stores: Pick<Stores, 'exports' | 'signIns'>;
  readonly messenger: Messenger;
  readonly advance: Advance;
  readonly resumeConsented: ResumeConsented;
}

export type ResumeWaiting = (person: Person) => Promise<void>;

const signedIn: ExportEvent = { type: 'signedIn' };

export const createResumeWaiting =
  (deps: ResumeWaitingDeps): ResumeWaiting =>
  async (person) => {
    // The exports go first: whoever finds one that waits and no prompt asks again.
    for (const id of await deps.stores.exports.waitingFor(person)) await deps.advance(id, signedIn);
    for (const prompt of await deps.stores.signIns.settle(person))
      await retirePrompt(deps, prompt, 'signedIn');
    // Whoever got tokens has consent; perhaps everybody has it by now.
    await deps.resumeConsented(person.tenantId);
  };
