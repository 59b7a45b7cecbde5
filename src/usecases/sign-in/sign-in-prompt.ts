/** Posts the question to sign in, changes it where it stands, and takes it away once it needs no answer any more. */
import type { Person } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { Messenger, SendOutcome } from '../../ports/messenger.ts';
import type { PromptOutcome, QueuedTask } from '../../ports/queued-tasks.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { SignInRequest } from '../../ports/sign-ins.ts';
import { retryWrite } from '../../blocks/retry-write.ts';

export interface SignInPromptDeps extends WithdrawPromptsDeps {
  readonly stores: Pick<Stores, 'signIns' | 'conversations'>;
  readonly messenger: Messenger;
  readonly log: Log;
}

const secondsUntilRetry = 5;
const secondsUntilBlockedAgain = 3600;

/** Seconds until it should be tried again, when it could not be posted. */
export async function postPrompt(
  deps: SignInPromptDeps,
  request: SignInRequest,
): Promise<number | undefined> {
  const isBlocked = await deps.stores.conversations.isBlocked(request.conversation);
  return isBlocked ? notPosted(deps, request, { kind: 'blocked' }) : postWhereHeard(deps, request);
}

/** Where somebody has just been heard from, which ends a block. */
export async function postWhereHeard(
  deps: SignInPromptDeps,
  request: SignInRequest,
): Promise<number | undefined> {
  const outcome = await deps.messenger.post(request.conversation, { kind: 'signIn', request });
  if (outcome.kind === 'sent' && outcome.activityId !== undefined) {
    const { activityId } = outcome;
    // A prompt that is not recorded would be posted once more.
    await retryWrite(() => recordPosted(deps, { ...request, activityId }));
    return undefined;
  }
  return notPosted(deps, request, outcome);
}

async function notPosted(
  deps: SignInPromptDeps,
  request: SignInRequest,
  outcome: SendOutcome,
): Promise<number | undefined> {
  const { tenantId } = request.person;
  deps.log.warn({ outcome: outcome.kind, tenantId }, 'a sign-in prompt could not be posted');
  // It may have arrived, and its link must work then.
  if (outcome.kind === 'sent' || outcome.kind === 'unknown') return secondsUntilRetry;
  // An unposted request would hold up every later prompt; a prompt that stands goes on asking.
  if (request.activityId === undefined) await deps.stores.signIns.settleOne(request.id);
  if (outcome.kind === 'blocked') return secondsUntilBlockedAgain;
  return outcome.kind === 'busy' ? (outcome.retryAfter ?? secondsUntilRetry) : undefined;
}

/** A changed question keeps its row, and with it the activity of the prompt that asked the old one: that goes. */
async function recordPosted(
  { stores: { signIns }, transact, clock }: SignInPromptDeps,
  request: SignInRequest & { readonly activityId: string },
): Promise<void> {
  // As a rule nothing else follows from it.
  if (await signIns.firstPosted(request.id, request.activityId)) return;
  await transact(async (stores) => {
    const now = await stores.signIns.posted(request.id, request.activityId);
    if (now.kind === 'withdrawn') await queueRetirement(stores, [request], 'abandoned', clock.now());
    else if (now.replaced !== undefined) {
      const old = { ...request, activityId: now.replaced };
      await queueRetirement(stores, [old], 'askedAgain', clock.now());
    }
  });
}

/** An older wording that stays because Teams is busy does no harm: its link is the same. */
export async function changePrompt(
  deps: SignInPromptDeps,
  request: SignInRequest,
): Promise<number | undefined> {
  if (request.activityId === undefined) return postPrompt(deps, request);
  const { conversation, activityId } = request;
  const outcome = await deps.messenger.update(conversation, activityId, { kind: 'signIn', request });
  if (outcome.kind === 'gone' || outcome.kind === 'refused') return postPrompt(deps, request);
  if (outcome.kind === 'sent') await retryWrite(() => recordPosted(deps, { ...request, activityId }));
  return undefined;
}

/** Takes a prompt away; a client that cannot do so says in its place that it is over. */
export async function retirePrompt(
  deps: { readonly messenger: Pick<Messenger, 'remove' | 'update'> },
  task: Omit<Extract<QueuedTask, { kind: 'retirePrompt' }>, 'kind'>,
): Promise<SendOutcome | undefined> {
  const { conversation, activityId, outcome, correlationId, locale } = task;
  const tells = outcome === 'signedInOnly' || outcome === 'operatorFaultOnly';
  const removed = tells ? undefined : await deps.messenger.remove(conversation, activityId);
  const mayStand = removed === undefined || removed.kind === 'unknown' || removed.kind === 'refused';
  return mayStand
    ? deps.messenger.update(conversation, activityId, {
        kind: 'signInSettled',
        outcome,
        ...present({ correlationId, locale }),
      })
    : removed;
}

export interface WithdrawPromptsDeps {
  readonly transact: Transact;
  readonly clock: Clock;
}

/** Settles what the person is asked, and queues in the same transaction that the messages go; `prompts` leaves questions on cards. */
export async function withdrawPrompts(
  { transact, clock }: WithdrawPromptsDeps,
  person: Person,
  outcome: PromptOutcome,
  { which, correlationId }: { readonly which?: 'prompts'; readonly correlationId?: string | undefined } = {},
): Promise<void> {
  await transact(async (stores) => {
    const prompts = await stores.signIns.settle(person, which);
    await queueRetirement(stores, prompts, outcome, clock.now(), correlationId);
  });
}

/** Queues, in the transaction that withdraws prompts, that their messages go. */
export async function queueRetirement(
  { queue }: Pick<Stores, 'queue'>,
  prompts: readonly SignInRequest[],
  outcome: PromptOutcome,
  now: Date,
  correlationId?: string,
): Promise<void> {
  for (const { conversation, activityId, person } of prompts) {
    if (activityId === undefined) continue;
    const told = present({ correlationId, locale: person.locale });
    await queue.scheduleTask({ kind: 'retirePrompt', conversation, activityId, outcome, ...told }, now);
  }
}
