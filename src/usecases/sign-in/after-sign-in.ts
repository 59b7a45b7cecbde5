/** Does what follows from a sign-in: queued before anybody is told how it went, then carried out for all that waited. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { Clock, Transact, Stores } from '../../ports/runtime.ts';
import type { Alongside, SignInAnswer, TokenAnswer } from '../../ports/user-tokens.ts';
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { Advance } from '../machine/advance.ts';
import type { ResumeConsented } from './admin-consent.ts';
import type { WithdrawPromptsDeps } from './sign-in-prompt.ts';
import { withdrawPrompts } from './sign-in-prompt.ts';
import { present } from '../../domain/present.ts';
import type { RefusedSignIn, WaitingExport } from '../../ports/queued-tasks.ts';

interface AfterSignInDeps {
  readonly transact: Transact;
  readonly clock: Clock;
}

/** What had waited goes on; for the transaction that keeps the tokens. */
export function queueAfterSignIn({ clock }: Pick<AfterSignInDeps, 'clock'>, person: Person): Alongside {
  const { tenantId, userId } = person;
  return function queueSignedIn({ queue }) {
    return queue.scheduleTask({ kind: 'signedIn', person: { tenantId, userId } }, clock.now());
  };
}

/** Only what needs the same permissions is concerned by it. */
export const isAboutConsent = (answer: SignInAnswer | TokenAnswer): boolean =>
  answer.kind === 'signInRequired' && (answer.cause === 'consent' || answer.cause === 'adminConsent');

/**
 * An answer that says nothing new about the exports queues nothing.
 * @param source whose permissions were asked for, where the answer is about consent
 */
export async function queueRefusal(
  { transact, clock }: AfterSignInDeps,
  { tenantId, userId }: Person,
  answer: SignInAnswer,
  source?: string,
): Promise<void> {
  if (answer.kind !== 'signInRequired' && answer.kind !== 'operatorFault') return;
  const person = { tenantId, userId };
  await transact(async ({ exports, queue }) => {
    const waiting = (await exports.waitingFor(person))
      .filter(({ target }) => source === undefined || target.source === source)
      .map(({ id, version }) => ({ id, version }));
    await queue.scheduleTask({ kind: 'signInRefused', person, answer, waiting }, clock.now());
  });
}

export interface ResumeWaitingDeps extends WithdrawPromptsDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly advance: Advance;
  readonly resumeConsented: ResumeConsented;
}

/** Lets everything that waited for the person go on, wherever they answered. */
export type ResumeWaiting = (person: Person) => Promise<void>;

const signedIn: ExportEvent = { type: 'signedIn' };

export function createResumeWaiting(deps: ResumeWaitingDeps): ResumeWaiting {
  return async function resumeWaiting(person) {
    const [waiting] = await Promise.all([
      deps.stores.exports.waitingFor(person),
      // Somebody who got tokens has consent, so perhaps everybody in the tenant has it by now.
      deps.resumeConsented(person.tenantId),
    ]);
    // The exports go first: an export that waits without a prompt would be asked for again.
    for (const known of waiting) await deps.advance(known.id, signedIn, { known });
    await withdrawPrompts(deps, person, waiting.length > 0 ? 'signedIn' : 'signedInOnly');
    await lookAfterLateComers(deps, person, new Set(waiting.map(({ id }) => id)));
  };
}

/** Their prompts may just have been withdrawn: exports that came to wait since go on, those that wait again are asked for again. */
async function lookAfterLateComers(
  { stores, transact, clock, advance }: ResumeWaitingDeps,
  { tenantId, userId }: Person,
  before: ReadonlySet<string>,
): Promise<void> {
  for (const { id } of await stores.exports.waitingFor({ tenantId, userId }))
    if (!before.has(id)) await advance(id, signedIn);
    else await transact(({ queue }) => queue.schedule(id, clock.now()));
}

export interface SignInRefusedDeps extends WithdrawPromptsDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly advance: Advance;
}

/**
 * Tells everything that waited why the sign-in did not succeed: another cause, or an operator's fault.
 * @param waiting what waited for the person when they were refused; what has gone on since is left alone
 */
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
        // The prompt that stands asks for that already.
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
