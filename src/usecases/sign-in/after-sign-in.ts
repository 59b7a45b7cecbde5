/** Does what follows from a sign-in: what waited goes on with it, or is told why it failed by a task that is queued first. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { Clock, Transact, Stores } from '../../ports/runtime.ts';
import type { Alongside, SignInAnswer, TokenAnswer } from '../../ports/user-tokens.ts';
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { Advance, AdvanceWithin } from '../machine/advance.ts';
import type { WithdrawPromptsDeps } from './sign-in-prompt.ts';
import { queueRetirement, withdrawPrompts } from './sign-in-prompt.ts';
import { present } from '../../domain/present.ts';
import type { RefusedSignIn, WaitingExport } from '../../ports/queued-tasks.ts';

export interface AfterSignInDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly advanceWithin: AdvanceWithin;
  readonly clock: Clock;
}

/** What follows from new tokens. */
export interface AfterSignIn {
  /** For the transaction that keeps them: what waited for the person goes on, wherever they answered. */
  readonly alongside: Alongside;
  /** Once that has committed. */
  readonly act: () => void;
}

const signedIn: ExportEvent = { type: 'signedIn' };

/** Milliseconds: somebody waits for the cards, and for nobody's prompt to go. */
const cardsFirst = 250;

/** @param way in which they sign in; without it they have signed in before */
export async function afterSignIn(
  { stores: { exports }, advanceWithin, clock }: AfterSignInDeps,
  { tenantId, userId }: Person,
  way?: 'silent' | 'browser',
): Promise<AfterSignIn> {
  const person = { tenantId, userId };
  // Outside, because it looks through a tenant.
  const { isConsentAwaited, hasSchedules } = await exports.concernedBySignIn(person);
  let acts: readonly (() => void)[] = [];
  const alongside: Alongside = async (stores) => {
    const { signIns, queue } = stores;
    // In this order, in which the database gets them: whatever is found to wait includes all that were asked for by these.
    const [prompts, waiting] = await Promise.all([signIns.settle(person), stores.exports.waitingFor(person)]);
    const now = clock.now();
    const soon = new Date(now.getTime() + cardsFirst);
    const goOn = async (): Promise<void> => {
      const moved: (() => void)[] = [];
      for (const known of waiting) moved.push(await advanceWithin(stores, known, signedIn));
      acts = moved;
    };
    await Promise.all([
      goOn(),
      way !== undefined && stores.audit.record({ ...person, at: now, event: 'signedIn', outcome: way }),
      waiting.length === 0
        ? queueRetirement(stores, prompts, 'signedInOnly', now)
        : queueRetirement(stores, prompts, 'signedIn', soon),
      hasSchedules && queue.scheduleTask({ kind: 'ownerSignedIn', person }, soon),
      // Somebody who got tokens has consent, so perhaps everybody in the tenant has it by now.
      isConsentAwaited && queue.scheduleTask({ kind: 'consented', tenantId }, now),
    ]);
  };
  const act = (): void => {
    for (const goOn of acts) goOn();
  };
  return { alongside, act };
}

/** For a task that an earlier release has queued with the tokens. */
export type ResumeWaiting = (person: Person) => Promise<void>;

export function createResumeWaiting(deps: AfterSignInDeps & { readonly transact: Transact }): ResumeWaiting {
  return async function resumeWaiting(person) {
    const { alongside, act } = await afterSignIn(deps, person);
    await deps.transact(alongside);
    act();
  };
}

/** Only what needs the same permissions is concerned by it. */
export const isAboutConsent = (answer: SignInAnswer | TokenAnswer): boolean =>
  answer.kind === 'signInRequired' && (answer.cause === 'consent' || answer.cause === 'adminConsent');

/** A sign-in that was declined, or that came back without an answer of Entra ID. */
export const recordFailure = (
  { transact, clock }: { readonly transact: Transact; readonly clock: Clock },
  { tenantId, userId }: Person,
  outcome: string,
): Promise<void> =>
  transact(({ audit }) =>
    audit.record({ tenantId, userId, at: clock.now(), event: 'signInFailed', outcome }),
  );

/**
 * Records what failed. An answer that says nothing new about the exports queues nothing.
 * @param source whose permissions were asked for, where the answer is about consent
 */
export async function queueRefusal(
  { transact, clock }: { readonly transact: Transact; readonly clock: Clock },
  { tenantId, userId }: Person,
  answer: SignInAnswer,
  source?: string,
): Promise<void> {
  if (answer.kind === 'signedIn') return;
  const person = { tenantId, userId };
  const outcome = answer.kind === 'signInRequired' ? `needs: ${answer.cause}` : answer.kind;
  const failed = { event: 'signInFailed', outcome, ...present({ source }) } as const;
  await transact(async ({ exports, queue, audit }) => {
    await audit.record({ ...person, at: clock.now(), ...failed });
    if (answer.kind !== 'signInRequired' && answer.kind !== 'operatorFault') return;
    const waiting = (await exports.waitingFor(person))
      .filter(({ target }) => source === undefined || target.source === source)
      .map(({ id, version }) => ({ id, version }));
    await queue.scheduleTask({ kind: 'signInRefused', person, answer, waiting }, clock.now());
  });
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
        const { correlationId } = answer;
        const outcome = waiting.length === 0 ? 'operatorFaultOnly' : 'operatorFault';
        // Signing in is no use until the operator has mended it: the prompts go, and those of exports come again by themselves.
        if (await isStillSo(deps, waiting))
          await withdrawPrompts(deps, person, outcome, { which: 'prompts', correlationId });
        return tellAll(deps, waiting, { type: 'operatorFault', ...present({ correlationId }) });
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
