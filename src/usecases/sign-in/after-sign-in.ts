/** Queues what follows from a sign-in before anybody is told how it went. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { Clock, Transact } from '../../ports/runtime.ts';
import type { Alongside, SignInAnswer } from '../../ports/user-tokens.ts';

interface AfterSignInDeps {
  readonly transact: Transact;
  readonly clock: Clock;
}

/** For the transaction that keeps the tokens. */
export function queueAfterSignIn({ clock }: Pick<AfterSignInDeps, 'clock'>, person: Person): Alongside {
  const { tenantId, userId } = person;
  return function queueSignedIn({ queue }) {
    return queue.scheduleTask({ kind: 'signedIn', person: { tenantId, userId } }, clock.now());
  };
}

/** What says nothing new about the person's exports queues nothing. */
export async function queueRefusal(
  { transact, clock }: AfterSignInDeps,
  { tenantId, userId }: Person,
  answer: SignInAnswer,
): Promise<void> {
  if (answer.kind !== 'signInRequired' && answer.kind !== 'operatorFault') return;
  const person = { tenantId, userId };
  await transact(async ({ exports, queue }) => {
    const jobs = await Promise.all((await exports.waitingFor(person)).map((id) => exports.load(id)));
    const waiting = jobs.flatMap((job) => (job === undefined ? [] : { id: job.id, version: job.version }));
    await queue.scheduleTask({ kind: 'signInRefused', person, answer, waiting }, clock.now());
  });
}
