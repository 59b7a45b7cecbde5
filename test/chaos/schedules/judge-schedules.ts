/** Whether schedules kept every promise: each due run carried out once, told once where it belongs, and the next one set. */
import { nextRun } from '../../../src/domain/schedules/next-run.ts';
import { isNotice } from '../../support/app/app-suite.ts';
import { cardOf, wordsOf } from '../../support/teams/card-search.ts';
import type { KeptActivity } from '../../support/teams/connector-api.ts';
import type { Kept, KeptExport } from '../kept-exports.ts';
import { isHit, killing, type Harm } from '../harm.ts';
import { isFinal, shownExports } from '../shown-exports.ts';
import { titleOf } from '../verdict.ts';
import type { KeptSchedule } from './kept-schedules.ts';
import { nothingButSummaries } from './posted-there.ts';
import type { SeededSchedule } from './seed-schedules.ts';

export interface ScheduleEvidence {
  readonly seeded: readonly SeededSchedule[];
  readonly activities: readonly KeptActivity[];
  readonly kept: Kept;
  readonly harms: readonly Harm[];
  /** What was due until then must have been carried out. */
  readonly lastDueAt: Date;
}

/** One run that was due, and the export that it began. */
interface CarriedRun {
  readonly dueAt: Date;
  readonly job: KeptExport;
  /** It was to end with a message. */
  readonly isTold: boolean;
}

interface Judged {
  readonly breaches: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

/** Milliseconds: a run whose export ended so shortly before the next one was due may be left for that. */
const toEndRun = 60_000;

export function judgeSchedules(evidence: ScheduleEvidence): Judged {
  const judged = evidence.seeded.map((one) => judgeOne(evidence, one));
  const figures: Record<string, number> = {
    schedules: evidence.seeded.length,
    'of them subscriptions': evidence.seeded.filter(isSubscription).length,
  };
  for (const one of judged)
    for (const [name, count] of Object.entries(one.figures)) figures[name] = (figures[name] ?? 0) + count;
  return { breaches: judged.flatMap(({ breaches }) => breaches), figures };
}

const isSubscription = ({ place }: SeededSchedule): boolean => place.kind !== 'personal';

/** Its activities, and everything in the conversation of a subscription, which is its own. */
export function isOfSchedule(seeded: readonly SeededSchedule[]): (activity: KeptActivity) => boolean {
  const views = new Set(seeded.map(({ viewId }) => viewId));
  const places = new Set(seeded.filter(isSubscription).map(({ place }) => place.id));
  return (activity) =>
    places.has(activity.conversationId) || shownExports([activity]).some(({ viewId }) => views.has(viewId));
}

function judgeOne(evidence: ScheduleEvidence, one: SeededSchedule): Judged {
  const { kept, lastDueAt } = evidence;
  const row = kept.schedules.find(({ id }) => id === one.id);
  const { runs, twice, nextAt } = runsOf(evidence, one);
  const isJoined =
    nextAt !== undefined &&
    row?.run?.dueAt.getTime() === nextAt.getTime() &&
    row.run.exportId === runs.at(-1)?.job.id;
  const next = isJoined ? nextRun(one.schedule.timing, one.schedule.zone, nextAt) : nextAt;
  const lost = next !== undefined && next <= lastDueAt ? 1 : 0;
  const told = judgeMessages(evidence, one, runs);
  const breaches = [
    ...(twice > 0 ? ['a run was carried out twice'] : []),
    ...(lost > 0 ? [`the run that was due at ${String(next?.toISOString())} was lost`] : []),
    ...(lost === 0 ? standing(one, row, runs, next) : []),
    ...told.breaches,
    ...strays(evidence, one),
  ];
  const joined = isJoined ? 1 : 0;
  return {
    breaches: breaches.map((breach) => `the schedule of ${one.viewId} in ${one.place.kind}: ${breach}`),
    figures: {
      'runs that were due': runs.length - twice + joined + lost,
      'runs carried out once': runs.length - 2 * twice + joined,
      'runs carried out twice': twice,
      'runs lost': lost,
      'runs that followed the export of the one before': joined,
      ...told.figures,
    },
  };
}

/** Each export of it was begun by a run: the first is due as seeded, each other after the one before it had begun. */
function runsOf({ kept }: ScheduleEvidence, one: SeededSchedule) {
  const { schedule, viewId, person, firstDueAt } = one;
  const jobs = kept.exports
    .filter((job) => job.viewId === viewId && job.userId === person.oid)
    .toSorted((a, b) => a.requestedAt.getTime() - b.requestedAt.getTime());
  let nextAt: Date | undefined = firstDueAt;
  let twice = 0;
  const runs: CarriedRun[] = [];
  for (const [nth, job] of jobs.entries()) {
    const { requestedAt: begunAt } = job;
    const isDue: boolean = nextAt !== undefined && begunAt.getTime() >= nextAt.getTime() - ahead;
    const dueAt = isDue ? (nextAt ?? begunAt) : (runs.at(-1)?.dueAt ?? begunAt);
    runs.push({ dueAt, job, isTold: isToldOf(one, nth) });
    if (!isDue) twice += 1;
    else if (nextAt !== undefined)
      nextAt = nextRun(schedule.timing, schedule.zone, begunAt > nextAt ? begunAt : nextAt);
  }
  return { runs, twice, nextAt };
}

/** Milliseconds: the queue's clock may be a little ahead. */
const ahead = 1_000;

/** Of a subscription nobody is told that one run failed; nothing changes between two runs. */
function isToldOf(one: SeededSchedule, nth: number): boolean {
  if (one.ends === 'failed') return !isSubscription(one);
  return nth === 0 || one.condition === 'always';
}

const isAbout = (activity: KeptActivity, viewId: string): boolean =>
  !saysLeftOut(activity) && shownExports([activity]).some((shown) => shown.viewId === viewId);

/** Its owner is told so where they had not signed in before the next run was due. */
const saysLeftOut = ({ versions }: KeptActivity): boolean =>
  versions.some((version) => wordsOf(cardOf(version)).includes('I left a run out'));

function standing(
  one: SeededSchedule,
  row: KeptSchedule | undefined,
  runs: readonly CarriedRun[],
  next: Date | undefined,
): readonly string[] {
  if (row === undefined) return ['it is not kept any more'];
  if (row.state !== 'active') return [`it is ${row.state}`];
  const breaches: string[] = [];
  if (next === undefined || row.nextAt?.getTime() !== next.getTime())
    breaches.push(
      `its next run is set to ${String(row.nextAt?.toISOString())}, not ${String(next?.toISOString())}`,
    );
  const expected = one.ends === 'failed' ? 'failed' : (runs.at(-1)?.isTold ?? true) ? 'posted' : 'notMet';
  if (row.run?.outcome !== expected)
    breaches.push(`its last run is ${String(row.run?.outcome)}, not ${expected}`);
  return breaches;
}

function judgeMessages(
  { activities, harms }: ScheduleEvidence,
  { place, viewId }: SeededSchedule,
  runs: readonly CarriedRun[],
): Judged {
  const posts = activities.filter(
    (activity) => activity.conversationId === place.id && isAbout(activity, viewId),
  );
  const told = runs.filter(({ isTold }) => isTold);
  const mayBeLeft = told.filter((run) => isUnderWayAtNext(run, runs)).length;
  const missing = Math.max(0, told.length - posts.length);
  // Its process could not keep that it was posted.
  const doubled = Math.max(0, posts.length - told.length);
  const hit = posts.filter((post) => isHit(harms, post)).length;
  const byKill = Math.min(doubled, posts.filter((post) => isHit(harms, post, killing)).length);
  const which = runs.map(
    ({ dueAt, job }) => `${dueAt.toISOString()} (${job.status} ${job.since.toISOString()})`,
  );
  return {
    breaches: [
      ...(missing > mayBeLeft
        ? [`${String(missing)} messages are missing of the runs due at ${which.join()}`]
        : []),
      ...(doubled > hit ? [`${String(doubled)} messages too many, though nothing hurt just then`] : []),
    ],
    figures: {
      'runs with a message': told.length - missing,
      'runs without, because the next one was due meanwhile': missing,
      'messages of runs doubled by a kill': byKill,
      'messages of runs doubled by a cut or a restart alone': doubled - byKill,
    },
  };
}

function isUnderWayAtNext({ job, dueAt }: CarriedRun, runs: readonly CarriedRun[]): boolean {
  const next = runs.find((run) => run.dueAt > dueAt);
  return next !== undefined && job.since.getTime() > next.dueAt.getTime() - toEndRun;
}

function strays({ activities, kept }: ScheduleEvidence, one: SeededSchedule): readonly string[] {
  const { place, viewId, ends } = one;
  const about = shownExports(activities.filter((activity) => isAbout(activity, viewId)));
  const elsewhere = about.filter(({ activity }) => activity.conversationId !== place.id);
  const breaches = elsewhere.map(({ activity }) => `something of it stands in ${activity.conversationId}`);
  if (isSubscription(one)) {
    const there = activities.filter(({ conversationId }) => conversationId === place.id);
    return [...breaches, ...there.flatMap((activity) => nothingButSummaries(activity, viewId))];
  }
  const notices = activities.filter(({ versions }) =>
    versions.some((version) => isNotice(cardOf(version), viewId)),
  );
  const unlike = about.filter(
    ({ activity, phases }) =>
      kept.cards.has(activity.id) && (phases.at(-1) !== ends || !phases.every(isFinal)),
  );
  return [
    ...breaches,
    ...notices.map(() => 'a message beside its card'),
    ...unlike.map(
      ({ activity, phases }) => `its card says ${phases.join()}, not ${ends}: ${titleOf(activity)}`,
    ),
  ];
}
