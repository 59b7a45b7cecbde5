/** Reads the bodies that Graph sends, a job, a list or an error; tolerant where the documents disagree. */
import { z } from 'zod';
import { isGuid } from '../../../domain/guid.ts';
import { parseGraphTime } from '../../../domain/exports/graph-time.ts';
import { present } from '../../../domain/present.ts';
import type { GraphJob } from '../../../ports/export-source.ts';

const jobId = /^[A-Za-z0-9!_-]{1,256}$/;
/** Ids are opaque, but nothing else is ever put into a path. */
export const isJobId = (text: string): boolean => jobId.test(text);

const knownStatuses = ['notStarted', 'running', 'succeeded', 'failed'] as const;
const longestUnknownStatus = 64;

const tolerantGuid = z
  .unknown()
  .optional()
  .transform((id) => (typeof id === 'string' && isGuid(id) ? id.toLowerCase() : undefined));
const tolerantTime = z.unknown().optional().transform(parseGraphTime);
const tolerantText = z
  .unknown()
  .optional()
  .transform((text) => (typeof text === 'string' && text !== '' ? text : undefined));

const jobSchema = z.object({
  id: z.string().regex(jobId),
  status: z.string().min(1),
  createdDateTime: tolerantTime,
  expirationDateTime: tolerantTime,
  goalsOrganizationId: tolerantGuid,
  explorerViewId: tolerantGuid,
  resourceLocation: tolerantText,
});

/** Graph's `goalsExportJob`; its ids are lower-case GUIDs. */
export interface GoalsJob extends Omit<GraphJob, 'target' | 'label'> {
  readonly organizationId?: string;
  readonly viewId?: string;
}

/** `resourceLocation` is for the log at most: nothing ever requests it. */
export type ReadJob = GoalsJob & { readonly resourceLocation?: string };

function toJob(job: z.infer<typeof jobSchema>): ReadJob {
  const status = knownStatuses.find((known) => known === job.status);
  return {
    id: job.id,
    status: status ?? 'unknown',
    ...present({
      unknownStatus: status === undefined ? job.status.slice(0, longestUnknownStatus) : undefined,
      createdAt: job.createdDateTime,
      expiresAt: job.expirationDateTime,
      organizationId: job.goalsOrganizationId,
      viewId: job.explorerViewId,
      resourceLocation: job.resourceLocation,
    }),
  };
}

const readJobSchema = jobSchema.transform(toJob);
/** The job itself, `{"value": job}`, or a list of exactly one. */
const oneJobSchema = z.union([
  readJobSchema,
  z.object({ value: readJobSchema }).transform(({ value }) => value),
  z.object({ value: z.tuple([readJobSchema]) }).transform(({ value }) => value[0]),
]);

const pageSchema = z.object({ value: z.array(z.unknown()), '@odata.nextLink': tolerantText });

const idSchema = z.object({ id: z.string().regex(jobId) });
const anyIdSchema = z.union([idSchema, z.object({ value: idSchema }).transform(({ value }) => value)]);

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

export const readJob = (text: string): ReadJob | undefined => oneJobSchema.safeParse(parseJson(text)).data;

/** The id alone: an answer to a create may lack everything else. */
export const readJobId = (text: string): string | undefined =>
  anyIdSchema.safeParse(parseJson(text)).data?.id;

/** Entries that are no jobs are left out and counted. */
export function readPage(
  text: string,
):
  { readonly jobs: readonly ReadJob[]; readonly unreadable: number; readonly nextLink?: string } | undefined {
  const page = pageSchema.safeParse(parseJson(text)).data;
  if (page === undefined) return undefined;
  const jobs = page.value.flatMap((entry) => readJobSchema.safeParse(entry).data ?? []);
  const unreadable = page.value.length - jobs.length;
  return { jobs, unreadable, ...present({ nextLink: page['@odata.nextLink'] }) };
}

const anyText = z.string().optional().catch(undefined);
const deepestInner = 5;
const longestMessage = 500;
const requestIdShape = /^[\w-]{1,128}$/;

/** Spelled in two ways. */
const innerSchema = z.object({
  code: anyText,
  'request-id': anyText,
  innererror: z.unknown().optional(),
  innerError: z.unknown().optional(),
});
const errorSchema = z.object({ error: innerSchema.extend({ message: anyText, target: anyText }) });

export interface GraphError {
  readonly code?: string;
  readonly message?: string;
  readonly target?: string;
  /** From the outside in. */
  readonly innerCodes: readonly string[];
  readonly requestId?: string;
}

/** `undefined` when the body is no Graph error: a web page, junk, or nothing. */
export function readGraphError(body: string): GraphError | undefined {
  const error = errorSchema.safeParse(parseJson(body)).data?.error;
  if (error === undefined) return undefined;
  const inner = innerObjects(error);
  const requestId = inner
    .map((object) => object['request-id'])
    .find((id) => id !== undefined && requestIdShape.test(id));
  return {
    innerCodes: inner.flatMap(({ code }) => code ?? []),
    ...present({
      code: error.code,
      target: error.target,
      requestId,
      message: error.message?.slice(0, longestMessage),
    }),
  };
}

function innerObjects(outer: z.infer<typeof innerSchema>): readonly z.infer<typeof innerSchema>[] {
  const found: z.infer<typeof innerSchema>[] = [];
  let current = innerSchema.safeParse(outer.innererror ?? outer.innerError).data;
  while (current !== undefined && found.length < deepestInner) {
    found.push(current);
    current = innerSchema.safeParse(current.innererror ?? current.innerError).data;
  }
  return found;
}

/** Graph's request id, to quote to support: from the error's body, else from the headers. */
export function requestIdOf(headers: Headers, error?: GraphError): string | undefined {
  const header = headers.get('request-id') ?? undefined;
  return error?.requestId ?? (header !== undefined && requestIdShape.test(header) ? header : undefined);
}
