/** Turns an export into a row and back; its JSON columns hold the domain's types, with Dates as ISO 8601 text. */
import type { Insertable, Selectable } from 'kysely';
import * as z from 'zod';
import {
  isOpen,
  type Contact,
  type Due,
  type DueStep,
  type ExportJob,
  type ExportState,
  type PastRun,
  type SignInCause,
} from '../../../domain/exports/export-job.ts';
import { pacedOtherwise } from '../../../domain/exports/look-again.ts';
import { present } from '../../../domain/present.ts';
import { readingProgressSchema } from '../files/stored-reading-schema.ts';
import { columnsOfRequester, requesterOf, storableJson, storableText } from '../rows/column-values.ts';
import type { ExportsTable } from '../rows/table-types.ts';

/** Those that an export is read from. */
export const exportColumns = [
  'id',
  'tenant_id',
  'user_id',
  'user_name',
  'channel_user_id',
  'locale',
  'source',
  'target_key',
  'target_label',
  'target_address',
  'target_place',
  'is_scheduled',
  'requested_at',
  'since',
  'state',
  'due_at',
  'due_step',
  'contact',
  'joined',
  'past_runs',
  'version',
] as const;

type Row = Pick<Selectable<ExportsTable>, (typeof exportColumns)[number]>;

/** What changes from version to version; whose export of what it is never does. */
export const changingColumns = (job: ExportJob) => ({
  requested_at: job.requestedAt,
  since: job.since,
  status: job.state.status,
  is_open: isOpen(job),
  state: storableJson(job.state),
  contact: storableJson(job.contact),
  due_at: job.due?.at ?? null,
  due_step: job.due?.step ?? null,
  ...paceOf(job),
  joined: job.joined,
  past_runs: storableJson(job.pastRuns),
  version: job.version,
});

/** For `takeDue`, which sets the next look as one begins. */
export const paceOf = (job: ExportJob) => ({
  followed_since: job.contact.followedSince ?? null,
  look_every: pacedOtherwise(job) ?? null,
});

export const rowOf = (job: ExportJob): Insertable<ExportsTable> => ({
  id: job.id,
  tenant_id: job.requester.tenantId,
  user_id: job.requester.userId,
  ...columnsOfRequester(job.requester),
  source: job.target.source,
  target_key: job.target.key,
  target_label: storableText(job.target.label),
  target_address: job.target.address ?? null,
  target_place: maybeStorable(job.target.place),
  is_scheduled: job.bySchedule === true,
  ...changingColumns(job),
});

/** @throws Error that names the export when the row is not one that this version wrote */
export function exportOf(row: Row): ExportJob {
  try {
    return parse(row);
  } catch (cause) {
    throw new Error(`Export ${row.id} cannot be read from the database`, { cause });
  }
}

function parse(row: Row): ExportJob {
  const due = dueOf(row);
  return {
    id: row.id,
    requester: requesterOf(row),
    target: targetOf(row),
    ...(row.is_scheduled ? { bySchedule: true } : {}),
    requestedAt: row.requested_at,
    since: row.since,
    state: stateSchema.parse(row.state),
    ...(due === undefined ? {} : { due }),
    contact: contactSchema.parse(row.contact),
    joined: row.joined,
    pastRuns: pastRunsSchema.parse(row.past_runs),
    version: row.version,
  };
}

const maybeStorable = (words: string | undefined): string | null =>
  words === undefined ? null : storableText(words);

const targetOf = (row: Row): ExportJob['target'] => ({
  source: row.source,
  key: row.target_key,
  label: row.target_label,
  ...present({ address: row.target_address ?? undefined, place: row.target_place ?? undefined }),
});

function dueOf({ due_at: at, due_step: step }: Row): Due | undefined {
  return at === null || step === null ? undefined : { at, step: dueStepSchema.parse(step) };
}

const moment = z.iso.datetime().transform((text) => new Date(text));
const text = z.string();
const signInCause: z.ZodType<SignInCause> = z.enum(['signIn', 'claims', 'consent', 'adminConsent']);
const reason = z.enum([
  'noAccess',
  'notValid',
  'placeNotFound',
  'gone',
  'graphFailed',
  'retired',
  'refused',
] as const);
const footing = { graphJobId: text.exactOptional(), outcomeUnknown: z.boolean().exactOptional() };
const following = { graphJobId: text, missingSince: moment.exactOptional() };

const stateSchema: z.ZodType<ExportState> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('requested') }),
  z.object({
    status: z.literal('waitingForSignIn'),
    cause: signInCause,
    claims: text.exactOptional(),
    quiet: z.literal(true).exactOptional(),
    ...footing,
  }),
  z.object({
    status: z.literal('starting'),
    outcomeUnknown: z.boolean(),
    pendingElsewhere: z.boolean().exactOptional(),
  }),
  z.object({ status: z.literal('waiting'), ...following, isUnshown: z.literal(true).exactOptional() }),
  z.object({ status: z.literal('running'), ...following, graphStatus: text.exactOptional() }),
  z.object({
    status: z.literal('ready'),
    graphJobId: text.exactOptional(),
    title: text.exactOptional(),
    place: text.exactOptional(),
    expiresAt: moment.exactOptional(),
    size: z.number().exactOptional(),
    exportedAgainAt: moment.exactOptional(),
    signInCause: signInCause.exactOptional(),
    claims: text.exactOptional(),
    reading: readingProgressSchema.exactOptional(),
    readInVersion: z.int().exactOptional(),
  }),
  z.object({
    status: z.literal('failed'),
    reason,
    graphJobId: text.exactOptional(),
    requestId: text.exactOptional(),
    message: text.exactOptional(),
  }),
  z.object({
    status: z.literal('expired'),
    graphJobId: text.exactOptional(),
    expiredAt: moment,
  }),
  z.object({ status: z.literal('stopped'), by: z.enum(['person', 'noSignIn']), ...footing }),
  z.object({
    status: z.literal('parked'),
    cause: z.enum(['oddAnswers', 'operatorFault', 'crashedTooOften', 'followedTooLong']),
    correlationId: text.exactOptional(),
    ...footing,
  }),
]);

const contactSchema: z.ZodType<Contact> = z.object({
  followedSince: moment.exactOptional(),
  lookedAt: moment.exactOptional(),
  attempts: z.number(),
  signIns: z.number(),
  oddAnswers: z.number(),
  consents: z.number().exactOptional(),
  operatorFaults: z.number().exactOptional(),
  trouble: z
    .object({ since: moment, kind: z.enum(['busy', 'unreachable', 'insecure', 'oddAnswer']) })
    .exactOptional(),
});

const pastRunsSchema: z.ZodType<readonly PastRun[]> = z.array(
  z.object({
    requestedAt: moment,
    endedAt: moment,
    outcome: z.enum(['failed', 'expired']),
    graphJobId: text.exactOptional(),
  }),
);

const dueStepSchema: z.ZodType<DueStep> = z.enum([
  'start',
  'poll',
  'abandonSignIn',
  'expire',
  'resume',
] as const);
