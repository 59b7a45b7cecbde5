/** Withdraws prompts that nobody needs to answer any more: Graph took the person's token, or nothing waits. */
import type { ExportJob, Person } from '../../domain/exports/export-job.ts';
import { answersOf, isOpen, waitsForPerson } from '../../domain/exports/export-job.ts';
import type { Stores } from '../../ports/runtime.ts';
import { questionOf } from './ask-sign-in.ts';
import { withdrawPrompts, type WithdrawPromptsDeps } from './sign-in-prompt.ts';

export interface SettlePromptsDeps extends WithdrawPromptsDeps {
  readonly stores: Pick<Stores, 'exports' | 'signIns'>;
}

export interface SettlePrompts {
  /** Graph has taken the person's token. */
  readonly proved: (person: Person) => Promise<void>;
  /**
   * The export has ended, was stopped, or waits for an administrator; derived from what is stored, so that it may be repeated.
   * @param isAsked whether the person was asked a moment ago, beside questions on cards
   */
  readonly abandoned: (job: ExportJob, isAsked?: boolean) => Promise<void>;
}

export const createSettlePrompts = (deps: SettlePromptsDeps): SettlePrompts => ({
  proved: async (person) => {
    if (!(await deps.stores.signIns.isAsked(person)) || (await isAwaited(deps, person))) return;
    await withdrawPrompts(deps, person, 'signedIn');
  },
  abandoned: async (job, isAsked) => {
    const { requester } = job;
    const isForAdministrator = job.state.status === 'waitingForSignIn' && !waitsForPerson(job);
    if ((isOpen(job) && !isForAdministrator) || questionOf(job) !== undefined) return;
    if (!(isAsked ?? (await deps.stores.signIns.isAsked(requester, 'prompts')))) return;
    if ((await isAwaited(deps, requester)) || (await isUnproved(deps, requester))) return;
    await withdrawPrompts(deps, requester, 'abandoned', { which: 'prompts' });
  },
});

async function isAwaited({ stores }: SettlePromptsDeps, person: Person): Promise<boolean> {
  return (await stores.exports.waitingFor(person)).some((job) => questionOf(job) !== undefined);
}

/** An export that goes on after an answer may turn out to wait still, with the prompt that stands. */
async function isUnproved({ stores }: SettlePromptsDeps, person: Person): Promise<boolean> {
  return (await stores.exports.openOf(person)).some(
    ({ state, contact }) => state.status !== 'waitingForSignIn' && answersOf(contact) > 0,
  );
}
