/** Reads a plan page by page and hands it over as a CSV while it comes: tasks first, then the goals, whose progress is theirs. */
import type * as z from 'zod';
import { ContentBroken } from '../../adapters/graph/content/whole-content.ts';
import type { ContentAnswer } from '../../ports/export-source.ts';
import type { Log } from '../../ports/runtime.ts';
import type { PlanLink } from './plan-link.ts';
import { goalLines, headerLine, taskLines, type GoalProgress, type PlanNames } from './plan-rows.ts';
import {
  bucketSchema,
  detailsSchema,
  goalSchema,
  planSchema,
  taskSchema,
  type PlanGoal,
  type PlanTask,
} from './planner-bodies.ts';
import type { PageOf, PlannerCalls, Trouble } from './planner-calls.ts';
import { patiently } from './patience.ts';
import { createPeopleNames, type PeopleNames } from './people-names.ts';
import { createTaskNotes, type TaskNotes } from './task-notes.ts';
import { urlPart } from '../../domain/url-part.ts';

export interface ReadPlanDeps {
  readonly calls: PlannerCalls;
  readonly readsGoals: boolean;
  /** The rest is left out, and told. */
  readonly maxTasks: number;
  readonly maxBytes: number;
  readonly log: Log;
}

const pathOf = ({ planId }: PlanLink): string => `/planner/plans/${urlPart(planId)}`;

export const readPlan = ({ calls }: Pick<ReadPlanDeps, 'calls'>, accessToken: string, plan: PlanLink) =>
  calls.one(accessToken, pathOf(plan), planSchema);

/** What is known of a plan before its tasks. */
interface Opened {
  readonly kind: 'opened';
  readonly names: Omit<PlanNames, 'people' | 'notes'>;
  readonly goals: readonly PlanGoal[];
  /** What Graph did not give; the source's words tell it. */
  readonly missing: Set<string>;
  readonly firstTasks: PageOf<PlanTask>;
}

/** Whatever stands in the way before the first byte is the answer; later it breaks the stream. */
export async function readPlanContent(
  deps: ReadPlanDeps,
  accessToken: string,
  plan: PlanLink,
): Promise<ContentAnswer> {
  const opened = await open(deps, accessToken, plan);
  if (opened.kind === 'missing') return { kind: 'contentGone' };
  if (opened.kind !== 'opened') return opened;
  const people = createPeopleNames(deps, accessToken, () => void opened.missing.add('names'));
  const notes = createTaskNotes(deps, accessToken, () => void opened.missing.add('notes'));
  let rows = 0;
  const saw = (tasks: number): void => {
    rows += tasks;
  };
  const lines = linesOf(deps, accessToken, { plan, people, notes, saw, ...opened });
  return {
    kind: 'content',
    stream: streamOf(lines, deps.maxBytes),
    gaps: () => [...opened.missing],
    rowsSoFar: () => rows,
  };
}

async function open(deps: ReadPlanDeps, accessToken: string, plan: PlanLink): Promise<Opened | Trouble> {
  const { calls } = deps;
  const path = pathOf(plan);
  const missing = new Set<string>();
  const found = await calls.one(accessToken, path, planSchema);
  if (found.kind !== 'one') return found;
  const details = await calls.one(accessToken, `${path}/details`, detailsSchema);
  if (details.kind !== 'one' && !isWithheld(details)) return details;
  const buckets = await all(calls, accessToken, calls.listUrl('v1.0', `${path}/buckets`), bucketSchema);
  if ('kind' in buckets) return buckets;
  const goals = await goalsOf(deps, accessToken, path, missing);
  if ('kind' in goals) return goals;
  const firstTasks = await firstTasksOf(deps, accessToken, path, goals.length > 0);
  if (firstTasks.kind !== 'page') return firstTasks;
  const labels = details.kind === 'one' ? Object.entries(details.item.categoryDescriptions ?? {}) : [];
  return {
    kind: 'opened',
    goals,
    missing,
    firstTasks,
    names: {
      buckets: new Map(buckets.map(({ id, name = '' }) => [id, name])),
      labels: new Map(labels.flatMap(([category, name]) => (name ? [[category, name] as const] : []))),
      goals: new Map(goals.map(({ id, displayName = '' }) => [id, displayName])),
    },
  };
}

/** Graph will not give it, today or later. */
const isWithheld = ({ kind }: Trouble): boolean =>
  kind === 'missing' || kind === 'refused' || kind === 'consentMissing';

/** The beta may be gone, or the tenant may have no goals: the export goes on without them. */
async function goalsOf(
  { calls, readsGoals }: ReadPlanDeps,
  accessToken: string,
  path: string,
  missing: Set<string>,
): Promise<readonly PlanGoal[] | Trouble> {
  if (!readsGoals) return [];
  const goals = await all(calls, accessToken, calls.listUrl('beta', `${path}/goals`), goalSchema);
  if (!('kind' in goals) || !isWithheld(goals)) return goals;
  missing.add('goals');
  return [];
}

/** Only the beta says which goals a task belongs to. */
async function firstTasksOf({ calls }: ReadPlanDeps, accessToken: string, path: string, hasGoals: boolean) {
  const tasks = `${path}/tasks`;
  if (hasGoals) {
    const first = await calls.page(accessToken, calls.listUrl('beta', tasks), taskSchema);
    if (first.kind === 'page' || !isWithheld(first)) return first;
  }
  return calls.page(accessToken, calls.listUrl('v1.0', tasks), taskSchema);
}

async function all<T>(
  calls: PlannerCalls,
  accessToken: string,
  firstUrl: string,
  schema: z.ZodType<T>,
): Promise<readonly T[] | Trouble> {
  const items: T[] = [];
  let url: string | undefined = firstUrl;
  while (url !== undefined) {
    const page: PageOf<T> | Trouble = await calls.page(accessToken, url, schema);
    if (page.kind !== 'page') return page;
    items.push(...page.items);
    url = page.next;
  }
  return items;
}

interface Reading extends Omit<Opened, 'kind'> {
  readonly plan: PlanLink;
  readonly people: PeopleNames;
  readonly notes: TaskNotes;
  /** So many more have come. */
  readonly saw: (tasks: number) => void;
}

async function* linesOf(
  deps: ReadPlanDeps,
  accessToken: string,
  { plan, names, goals, missing, firstTasks, people, notes, saw }: Reading,
): AsyncGenerator<string, void> {
  const progress = createGoalProgress();
  yield headerLine();
  let page = firstTasks;
  let left = deps.maxTasks;
  for (;;) {
    const tasks = page.items.slice(0, left);
    left -= tasks.length;
    await people.learn(tasks);
    for (const task of tasks) progress.see(task);
    saw(tasks.length);
    const told = { ...names, people: people.known, notes: await notes.of(tasks) };
    if (tasks.length > 0) yield taskLines(plan, told, tasks);
    const { next } = page;
    const isMore = next !== undefined || tasks.length < page.items.length;
    if (left === 0 && isMore) missing.add('moreTasks');
    if (left === 0 || next === undefined) break;
    page = await patiently(deps.log, () => deps.calls.page(accessToken, next, taskSchema));
  }
  if (goals.length > 0 && !progress.knowsGoals()) missing.add('tasksOfGoals');
  if (goals.length > 0) yield goalLines(goals, progress.of);
}

function createGoalProgress() {
  const sums = new Map<string, { sum: number; tasks: number }>();
  let isKnown = false;
  return {
    see: ({ goalIds, percentComplete = 0 }: PlanTask): void => {
      isKnown ||= goalIds !== undefined;
      for (const id of goalIds ?? []) {
        const { sum, tasks } = sums.get(id) ?? { sum: 0, tasks: 0 };
        sums.set(id, { sum: sum + percentComplete, tasks: tasks + 1 });
      }
    },
    /** Whether Graph says at all which goals its tasks belong to. */
    knowsGoals: (): boolean => isKnown,
    of: (goalId: string): GoalProgress | undefined => {
      const found = sums.get(goalId);
      return found && { mean: Math.round((found.sum / found.tasks) * 10) / 10, tasks: found.tasks };
    },
  };
}

/** Reads no page ahead of its reader; one that goes away ends the reading. */
function streamOf(lines: AsyncGenerator<string, void>, maxBytes: number): ReadableStream<Uint8Array> {
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const piece = await lines.next();
        if (piece.done === true) return controller.close();
        const encoded = new TextEncoder().encode(piece.value);
        bytes += encoded.byteLength;
        if (bytes > maxBytes) throw new ContentBroken('tooLarge');
        controller.enqueue(encoded);
      },
      cancel: async () => {
        await lines.return();
      },
    },
    { highWaterMark: 0 },
  );
}
