/** Reads the jobs that Graph tells of, one or a list; tolerant where the documents disagree. */
import * as z from 'zod';
import { parseJson } from '../../adapters/graph/http/graph-bodies.ts';
import { isGuid } from '../../domain/guid.ts';
import { present } from '../../domain/present.ts';
import type { GraphJob } from '../../ports/export-source.ts';
import { parseGraphTime } from './graph-time.ts';

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
