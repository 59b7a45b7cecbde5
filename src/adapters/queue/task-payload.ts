/** Reads queued tasks back from the database, and names them, so that the same one is queued once. */
import * as z from 'zod';
import type { SignInCause } from '../../domain/exports/export-job.ts';
import { endCauses, pauseCauses, type ScheduleNotice } from '../../domain/schedules/schedule.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { SaveFailure } from '../../ports/people-files.ts';
import type { PromptOutcome, QueuedTask } from '../../ports/queued-tasks.ts';

const person = z.object({ tenantId: z.string(), userId: z.string() });
const locale = z.string().exactOptional();
const requester = person.extend({ name: z.string(), channelUserId: z.string(), locale });
const conversation: z.ZodType<Conversation> = z.object({
  tenantId: z.string(),
  conversationId: z.string(),
  kind: z.enum(['personal', 'groupChat', 'channel']),
  serviceUrl: z.string(),
  botChannelId: z.string(),
});
const activityId = z.string();
const cause: z.ZodType<SignInCause> = z.enum(['signIn', 'claims', 'consent', 'adminConsent']);
const claims = z.string().exactOptional();
const outcome: z.ZodType<PromptOutcome> = z.enum([
  'signedIn',
  'signedInOnly',
  'abandoned',
  'signedOut',
  'askedAgain',
  'operatorFault',
  'operatorFaultOnly',
]);
const correlationId = z.string().exactOptional();
const saved: z.ZodType<SaveFailure | 'saved'> = z.enum([
  'saved',
  'sessionOver',
  'noRoom',
  'tooLarge',
  'locked',
  'hostNotAllowed',
  'refused',
  'unavailable',
  'noFile',
]);
const refused = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signInRequired'), cause, claims }),
  z.object({ kind: z.literal('operatorFault'), correlationId }),
]);

const scheduleId = z.string();
const pauseCause = z.enum(pauseCauses);
const endCause = z.enum(endCauses);
const scheduleNotice: z.ZodType<ScheduleNotice> = z.discriminatedUnion('what', [
  z.object({ what: z.literal('paused'), why: pauseCause }),
  z.object({ what: z.literal('ended'), why: endCause }),
  z.object({ what: z.literal('skipped'), dueAt: z.iso.datetime() }),
  z.object({ what: z.literal('endsSoon') }),
  z.object({ what: z.literal('setUp') }),
  z.object({ what: z.literal('pauseAsked'), by: z.string() }),
]);

const taskSchema: z.ZodType<QueuedTask> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signedIn'), person }),
  z.object({ kind: z.literal('ownerSignedIn'), person }),
  z.object({
    kind: z.literal('signInRefused'),
    person,
    answer: refused,
    waiting: z.array(z.object({ id: z.string(), version: z.number() })),
  }),
  z.object({ kind: z.literal('signedOut'), person }),
  z.object({ kind: z.literal('consented'), tenantId: z.string() }),
  z.object({ kind: z.literal('askWithButton'), person: requester, conversation, code: z.string() }),
  z.object({
    kind: z.literal('askAgain'),
    person: requester,
    conversation,
    question: z.object({ cause, silent: z.boolean(), claims }),
  }),
  z.object({
    kind: z.literal('retirePrompt'),
    conversation,
    activityId,
    outcome,
    correlationId,
    locale,
  }),
  z.object({ kind: z.literal('retireCard'), conversation, activityId }),
  z.object({
    kind: z.literal('showSharedName'),
    conversation,
    activityId,
    nameId: z.string(),
    locale,
  }),
  z.object({ kind: z.literal('removeMessage'), conversation, activityId }),
  z.object({ kind: z.literal('tellSaved'), tenantId: z.string(), offerId: z.string(), outcome: saved }),
  z.object({ kind: z.literal('catchUp'), tenantId: z.string(), conversationId: z.string() }),
  z.object({ kind: z.literal('runSchedule'), person, scheduleId, dueAt: z.iso.datetime() }),
  z.object({ kind: z.literal('carryRun'), person, scheduleId, dueAt: z.iso.datetime() }),
  z.object({ kind: z.literal('endSchedule'), person, scheduleId, until: z.iso.datetime() }),
  z.object({
    kind: z.literal('tellSchedule'),
    person,
    scheduleId,
    conversation,
    notice: scheduleNotice,
    key: z.string(),
  }),
  z.object({
    kind: z.literal('share'),
    exportId: z.string(),
    conversation,
    claim: z.string(),
    scheduleId: scheduleId.exactOptional(),
  }),
  z.object({ kind: z.literal('subscriptionOver'), conversation, scheduleId }),
]);

/** @throws ZodError when it is none that this version knows */
export const parseTask = (data: unknown): QueuedTask => taskSchema.parse(data);

/** What is queued for the same key replaces what waits there. */
export function keyOfTask(task: QueuedTask): string {
  switch (task.kind) {
    case 'signedIn':
    case 'ownerSignedIn':
    case 'signInRefused':
    case 'signedOut':
      return `${task.kind} ${task.person.tenantId}/${task.person.userId}`;
    case 'consented':
      return `${task.kind} ${task.tenantId}`;
    case 'askWithButton':
    case 'askAgain':
      return `${task.kind} ${task.person.userId} ${task.conversation.conversationId}`;
    case 'retirePrompt':
    case 'retireCard':
    case 'showSharedName':
    case 'removeMessage':
      return `${task.kind} ${task.conversation.conversationId} ${task.activityId}`;
    case 'tellSaved':
      return `${task.kind} ${task.offerId}`;
    case 'catchUp':
      return `${task.kind} ${task.tenantId} ${task.conversationId}`;
    case 'share':
      return `${task.kind} ${task.exportId} ${task.claim}`;
    // One that is tried again, though what it did is kept, must not replace the next one.
    case 'runSchedule':
    case 'carryRun':
      return `${task.kind} ${task.scheduleId} ${task.dueAt}`;
    case 'endSchedule':
      return `${task.kind} ${task.scheduleId} ${task.until}`;
    case 'tellSchedule':
      return `${task.kind} ${task.scheduleId} ${task.key}`;
    case 'subscriptionOver':
      return `${task.kind} ${task.scheduleId}`;
  }
}

/** Only so many of one tenant are worked on at the same time. */
export function tenantOfTask(task: QueuedTask): string {
  switch (task.kind) {
    case 'signedIn':
    case 'ownerSignedIn':
    case 'signInRefused':
    case 'signedOut':
    case 'askWithButton':
    case 'askAgain':
    case 'runSchedule':
    case 'carryRun':
    case 'endSchedule':
    case 'tellSchedule':
      return task.person.tenantId;
    case 'consented':
    case 'tellSaved':
    case 'catchUp':
      return task.tenantId;
    case 'retirePrompt':
    case 'retireCard':
    case 'showSharedName':
    case 'removeMessage':
    case 'share':
    case 'subscriptionOver':
      return task.conversation.tenantId;
  }
}

/** Runs of schedules go after what people wait for, the one that has been due for longest first; pg-boss takes whole numbers. */
export const priorityOfTask = (task: QueuedTask): number =>
  task.kind === 'runSchedule' || task.kind === 'carryRun'
    ? -Math.floor(new Date(task.dueAt).getTime() / 60_000)
    : 0;
