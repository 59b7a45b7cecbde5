/** Writes goals and tasks of a plan as rows of a CSV, in words instead of Graph's numbers and ids. */
import { parse } from 'node-html-parser';
import { stringify } from 'csv-stringify/sync';
import { planAddress, type PlanLink } from './plan-link.ts';
import type { PlanGoal, PlanTask } from './planner-bodies.ts';
import { urlPart } from '../../domain/url-part.ts';

/** The reader's own names first, then Planner's. */
const header = [
  'Id',
  'Title',
  'Object Type',
  'Owner',
  'Status',
  'Progress %',
  'Start Date',
  'End Date',
  'Aligned To',
  'Bucket',
  'Priority',
  'Labels',
  'Checklist',
  'Completed At',
  'Created At',
  'Description',
  'Progress From',
  'Link',
] as const;

type Cells = Readonly<Partial<Record<(typeof header)[number], string>>>;

/** What rows say by name, though Graph gives ids. */
export interface PlanNames {
  readonly buckets: ReadonlyMap<string, string>;
  /** By `category1` to `category25`. */
  readonly labels: ReadonlyMap<string, string>;
  readonly goals: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  /** By the ids of tasks. */
  readonly notes: ReadonlyMap<string, string>;
}

export const headerLine = (): string => csv([header]);

export const taskLines = (plan: PlanLink, names: PlanNames, tasks: readonly PlanTask[]): string =>
  csv(tasks.map((task) => recordOf(taskCells(plan, names, task))));

export const goalLines = (
  goals: readonly PlanGoal[],
  progressOf: (goalId: string) => GoalProgress | undefined,
): string => csv(goals.map((goal) => recordOf(goalCells(goal, progressOf(goal.id)))));

const csv = (records: readonly (readonly string[])[]): string =>
  stringify([...records], { record_delimiter: 'windows', quote_record_delimiter: true });

const recordOf = (cells: Cells): readonly string[] => header.map((name) => cells[name] ?? '');

export interface GoalProgress {
  /** Percent, with one decimal at most. */
  readonly mean: number;
  readonly tasks: number;
}

function taskCells(plan: PlanLink, names: PlanNames, task: PlanTask): Cells {
  const { percentComplete: progress, checklistItemCount: all = 0, activeChecklistItemCount: open = 0 } = task;
  return {
    Id: task.id,
    Title: task.title ?? '',
    'Object Type': 'Task',
    Owner: ownersOf(task, names),
    Status: progress === undefined ? '' : statusOfTask(progress),
    'Progress %': progress === undefined ? '' : percent(progress),
    'Start Date': dayIn(task.startDateTime),
    'End Date': dayIn(task.dueDateTime),
    'Aligned To': (task.goalIds ?? []).map((id) => `${names.goals.get(id) ?? ''} (Id: ${id})`).join(' / '),
    Bucket: names.buckets.get(task.bucketId ?? '') ?? '',
    Priority: task.priority === undefined ? '' : priorityIn(task.priority),
    Labels: labelsOf(task, names),
    // Spreadsheets take 2/5 for a date.
    Checklist: all === 0 ? '' : `${all - open} of ${all}`,
    'Completed At': dayIn(task.completedDateTime),
    'Created At': dayIn(task.createdDateTime),
    Description: (names.notes.get(task.id) ?? '').slice(0, longestNotes),
    Link: `${planAddress({ planId: plan.planId })}/task/${urlPart(task.id)}`,
  };
}

function goalCells(goal: PlanGoal, progress: GoalProgress | undefined): Cells {
  return {
    Id: goal.id,
    Title: goal.displayName ?? '',
    'Object Type': 'Goal',
    Status: statusOfGoal(goal.status),
    'Progress %': progress === undefined ? '' : percent(progress.mean),
    'Start Date': dayIn(goal.startDate),
    'End Date': dayIn(goal.finishDate),
    Priority: goal.priority === undefined ? '' : priorityIn(goal.priority),
    Description: notesOf(goal),
    'Progress From': progress === undefined ? '' : `the mean of ${progress.tasks} of its tasks`,
  };
}

const percent = (progress: number): string => `${progress}%`;

function statusOfTask(progress: number): string {
  if (progress >= 100) return 'Completed';
  return progress <= 0 ? 'Not Started' : 'In Progress';
}

/** `onTrack` reads "On Track"; what is not known yet has no status. */
const statusOfGoal = (status = ''): string =>
  /unknown/i.test(status)
    ? ''
    : status.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (first) => first.toUpperCase());

function priorityIn(priority: number): string {
  if (priority <= 1) return 'Urgent';
  if (priority <= 4) return 'Important';
  return priority <= 7 ? 'Medium' : 'Low';
}

const ownersOf = ({ assignments }: PlanTask, { people }: PlanNames): string =>
  assigneesOf({ assignments })
    .map((id) => people.get(id) ?? id.slice(0, 8))
    .toSorted((a, b) => a.localeCompare(b, 'en'))
    .join('; ');

/** Who is taken off a task stays there with nothing. */
export const assigneesOf = ({ assignments }: Pick<PlanTask, 'assignments'>): readonly string[] =>
  Object.entries(assignments ?? {}).flatMap(([id, assignment]) =>
    assignment === null || assignment === undefined ? [] : [id],
  );

const labelsOf = ({ appliedCategories }: PlanTask, { labels }: PlanNames): string =>
  Object.entries(appliedCategories ?? {})
    .flatMap(([category, isApplied]) =>
      isApplied ? [labels.get(category) ?? category.replace(/^category/, 'Label ')] : [],
    )
    .join('; ');

/** Planner keeps moments; people see days. */
const dayIn = (moment: string | undefined | null): string =>
  /^\d{4}-\d{2}-\d{2}/.exec(moment ?? '')?.[0] ?? '';

/** Characters; a spreadsheet's cell holds 32,767. */
const longestNotes = 30_000;

function notesOf({ notes }: PlanGoal): string {
  const content = (notes?.content ?? '').slice(0, longestNotes);
  if (!/html/i.test(notes?.contentType ?? 'html')) return content;
  const root = parse(content);
  for (const hidden of root.querySelectorAll('script, style')) hidden.remove();
  return root.structuredText;
}
