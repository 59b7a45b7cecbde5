/** Makes up a plan that moves on by steps: its buckets, labels, goals, and tasks with people on them. */
import { createDraw, type Draw } from '../okr-data/draw.ts';

export type PlanShape = Readonly<{
  planId: string;
  title: string;
  tasks: number;
  /** Names of goals; none where the plan has none. */
  goals: readonly string[];
  /** Object ids of who may be on a task; the directory may not know all of them. */
  people: readonly string[];
  /** So much has happened since it was begun: 0 at first. */
  step: number;
  /** Milliseconds since 1970: dates lie around it. */
  begunAt: number;
}>;

export type SimulatedTask = Readonly<{
  id: string;
  goalIds: readonly string[];
  body: Record<string, unknown>;
}>;

const day = 86_400_000;
const bucketNames = ['To do', 'This week', 'Waiting', 'In review', 'Done'] as const;
const labelNames = { category1: 'Quick win', category2: 'Blocked', category3: 'Customer' };
const verbs = [
  'Draft',
  'Review',
  'Order',
  'Plan',
  'Test',
  'Write down',
  'Invite',
  'Measure',
  'Repair',
] as const;
const things = [
  'the seed catalogue',
  'the watering rota',
  'the harvest basket',
  'the greenhouse roof',
  'the visitors’ map',
  'the compost report',
  'the apple tasting',
  'the tool shed list',
] as const;

/** 28 letters, as ids of plans and tasks have. */
const idOf = (kind: string, planId: string, nth: number): string =>
  `${kind}${String(nth).padStart(6, '0')}${planId}`.slice(0, 28).padEnd(28, 'x');

const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 10)}T10:00:00Z`;

export const bucketsOf = ({ planId }: PlanShape) =>
  bucketNames.map((name, nth) => ({ id: idOf('B', planId, nth), name, planId, orderHint: `${nth}` }));

export const detailsOf = ({ planId }: PlanShape) => ({
  id: planId,
  sharedWith: {},
  categoryDescriptions: { ...labelNames, category4: null },
});

const goalStatuses = ['onTrack', 'behind', 'atRisk', 'notStarted'] as const;

export const goalsOf = ({ planId, goals, step, begunAt }: PlanShape) =>
  goals.map((displayName, nth) => ({
    id: `${idOf('G', planId, nth)}y`,
    planId,
    displayName,
    status: goalStatuses[(nth + step) % goalStatuses.length],
    priority: nth === 0 ? 1 : 5,
    startDate: moment(begunAt - 40 * day).slice(0, 10),
    finishDate: moment(begunAt + (nth * 30 - 10) * day).slice(0, 10),
    notes: {
      contentType: 'html',
      content: `<p>Why: <b>${displayName}</b> &amp; more.</p><ul><li>look at it weekly</li><li>ask early</li></ul>`,
    },
  }));

/** The same plan at the same step says the same; later ones have moved on, with a task more for each step. */
export function tasksOf(shape: PlanShape): readonly SimulatedTask[] {
  return Array.from({ length: shape.tasks + shape.step }, (_, nth) => taskOf(shape, nth)).filter(
    // Somebody deletes one now and then.
    (_, nth) => !(nth === 5 && shape.step >= 2),
  );
}

function taskOf(shape: PlanShape, nth: number): SimulatedTask {
  const { planId, goals, begunAt, step } = shape;
  const draw = createDraw(`${planId} ${nth}`);
  const title = `${draw.of(verbs)} ${draw.of(things)}${nth < verbs.length ? '' : ` ${nth + 1}`}`;
  const first = draw.of([0, 0, 50, 50, 100]);
  const moves = draw.below(6);
  const percentComplete = moves < step ? Math.min(100, first + 50 * (step - moves)) : first;
  const isDone = percentComplete === 100;
  const bucket = isDone ? bucketNames.length - 1 : (draw.below(3) + (moves < step ? 1 : 0)) % 4;
  const due = draw.chance(20)
    ? undefined
    : begunAt + (draw.between(-12, 30) + (nth % 7 === 0 ? step : 0)) * day;
  const items = draw.below(5);
  const goalIds =
    goals.length > 0 && draw.chance(75) ? [`${idOf('G', planId, draw.below(goals.length))}y`] : [];
  const id = idOf('T', planId, nth);
  return {
    id,
    goalIds,
    body: {
      id,
      planId,
      title,
      bucketId: idOf('B', planId, bucket),
      percentComplete,
      priority: draw.of([1, 3, 5, 5, 9]),
      startDateTime: draw.chance(50) ? moment(begunAt - draw.between(5, 30) * day) : null,
      dueDateTime: due === undefined ? null : moment(due),
      completedDateTime: isDone ? moment(begunAt - draw.below(5) * day) : null,
      createdDateTime: moment(begunAt - 35 * day),
      assignments: assignmentsOf(shape, draw, nth),
      checklistItemCount: items,
      activeChecklistItemCount: isDone ? 0 : Math.floor(items / 2),
      appliedCategories: draw.chance(30) ? { category1: true, category9: true } : {},
      hasDescription: draw.chance(30),
    },
  };
}

const notes: readonly [string, ...string[]] = [
  'Ask the neighbours first: they have a longer ladder.',
  'Last year it took two days.\nBring gloves.',
  'The list is in the shed, behind the door.',
  'Not before the first frost.',
];

/** What is written on a task that has a description. */
export const notesOf = (taskId: string): string => createDraw(`notes ${taskId}`).of(notes);

const assignmentsOf = ({ people, step }: PlanShape, draw: Draw, nth: number): Record<string, unknown> => {
  const count = draw.of([0, 1, 1, 1, 2]);
  const from = draw.below(Math.max(1, people.length)) + (nth % 9 === 0 ? step : 0);
  const ids = Array.from({ length: count }, (_, at) => people[(from + at) % people.length]);
  return Object.fromEntries(
    ids.flatMap((id) =>
      id === undefined ? [] : [[id, { '@odata.type': '#microsoft.graph.plannerAssignment', orderHint: '' }]],
    ),
  );
};
