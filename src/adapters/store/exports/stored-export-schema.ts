/** Answers for what the JSON columns of an export may hold; the domain's types, with Dates as ISO 8601 text. */
import { z } from 'zod';
import type {
  Contact,
  DueStep,
  ExportState,
  PastRun,
  SignInCause,
} from '../../../domain/exports/export-job.ts';
import { readingProgressSchema } from '../files/stored-own-file-schema.ts';

const moment = z.iso.datetime().transform((text) => new Date(text));
const text = z.string();
const signInCause: z.ZodType<SignInCause> = z.enum(['signIn', 'claims', 'consent', 'adminConsent']);
const reason = z.enum([
  'noAccess',
  'notAValidView',
  'organizationNotFound',
  'gone',
  'graphFailed',
  'retired',
  'refused',
] as const);
const footing = { graphJobId: text.exactOptional(), outcomeUnknown: z.boolean().exactOptional() };
const following = { graphJobId: text, missingSince: moment.exactOptional() };

export const stateSchema: z.ZodType<ExportState> = z.discriminatedUnion('status', [
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
  z.object({ status: z.literal('waiting'), ...following }),
  z.object({ status: z.literal('running'), ...following, graphStatus: text.exactOptional() }),
  z.object({
    status: z.literal('ready'),
    graphJobId: text,
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
  z.object({ status: z.literal('expired'), graphJobId: text, expiredAt: moment }),
  z.object({ status: z.literal('stopped'), by: z.enum(['person', 'noSignIn']), ...footing }),
  z.object({
    status: z.literal('parked'),
    cause: z.enum(['oddAnswers', 'operatorFault', 'crashedTooOften', 'followedTooLong']),
    correlationId: text.exactOptional(),
    ...footing,
  }),
]);

export const contactSchema: z.ZodType<Contact> = z.object({
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

export const pastRunsSchema: z.ZodType<readonly PastRun[]> = z.array(
  z.object({
    requestedAt: moment,
    endedAt: moment,
    outcome: z.enum(['failed', 'expired']),
    graphJobId: text.exactOptional(),
  }),
);

export const dueStepSchema: z.ZodType<DueStep> = z.enum([
  'start',
  'poll',
  'abandonSignIn',
  'expire',
  'resume',
] as const);
