/** Reads what Graph says of plans, goals and tasks: tolerant, for much of it is documented by samples only. */
import * as z from 'zod';
import { parseRetryAfter } from '../../domain/retry-limits.ts';
import { parseJson } from '../../adapters/graph/http/graph-bodies.ts';

const text = z.string().optional().catch(undefined);
const whole = z.number().optional().catch(undefined);

export const planSchema = z.object({
  id: z.string(),
  title: text,
  createdDateTime: text,
});

/** The names of labels, by their place: `category1` to `category25`. */
export const detailsSchema = z.object({
  categoryDescriptions: z.record(z.string(), z.string().nullable().catch(null)).nullish().catch(undefined),
});

export const bucketSchema = z.object({ id: z.string(), name: text });

export const goalSchema = z.object({
  id: z.string(),
  displayName: text,
  status: text,
  priority: whole,
  startDate: text,
  finishDate: text,
  notes: z.object({ contentType: text, content: text }).nullish().catch(undefined),
});
export type PlanGoal = z.infer<typeof goalSchema>;

export const taskSchema = z.object({
  id: z.string(),
  title: text,
  bucketId: text,
  percentComplete: whole,
  priority: whole,
  startDateTime: text,
  dueDateTime: text,
  completedDateTime: text,
  createdDateTime: text,
  assignments: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  checklistItemCount: whole,
  activeChecklistItemCount: whole,
  /** Its text has to be asked for by itself. */
  hasDescription: z.boolean().optional().catch(undefined),
  appliedCategories: z.record(z.string(), z.boolean().catch(false)).nullish().catch(undefined),
  /** Absent means unknown, not none. */
  goalIds: z.array(z.string()).optional().catch(undefined),
});
export type PlanTask = z.infer<typeof taskSchema>;

const pageSchema = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

export interface Page<T> {
  readonly items: readonly T[];
  /** Entries that are no such thing. */
  readonly unreadable: number;
  readonly nextLink: string | undefined;
}

/** Undefined when it is no page at all. */
export function readPageOf<T>(schema: z.ZodType<T>, body: string): Page<T> | undefined {
  const page = pageSchema.safeParse(parseJson(body)).data;
  if (page === undefined) return undefined;
  const items = page.value.flatMap((entry) => schema.safeParse(entry).data ?? []);
  return {
    items,
    unreadable: page.value.length - items.length,
    nextLink: page['@odata.nextLink'],
  };
}

const batchSchema = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.unknown()).optional().catch(undefined),
      body: z.unknown(),
    }),
  ),
});
export const personSchema = z.object({ displayName: z.string() });
export const taskDetailsSchema = z.object({ description: z.string().nullish() });
export type TaskDetails = z.infer<typeof taskDetailsSchema>;

/** The answer to one of the questions of a batch. */
export interface Part<T> {
  readonly id: string;
  readonly status: number;
  /** Where there is one of that shape. */
  readonly item: T | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

/** Undefined when it is no answer to a batch. */
export const readParts = <T>(schema: z.ZodType<T>, body: string, now: Date): readonly Part<T>[] | undefined =>
  batchSchema.safeParse(parseJson(body)).data?.responses.map(({ id, status, headers = {}, body: item }) => ({
    id,
    status,
    item: schema.safeParse(item).data,
    retryAfter: parseRetryAfter(retryAfterIn(headers), now),
  }));

const retryAfterIn = (headers: Readonly<Record<string, unknown>>): string | undefined =>
  Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'retry-after')
    .map(([, value]) => String(value))[0];
