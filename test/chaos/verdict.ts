/** Whether a chaos run kept every promise: nothing lost, nothing doubled, nothing in the wrong place. */
import type { Call } from '../../src/sandbox/loopback/script.ts';
import type { SimulatedJob } from '../../src/sandbox/graph/job-store.ts';
import type { Scenario } from '../../src/sandbox/graph/scenarios.ts';
import { isNotice } from '../support/app/app-suite.ts';
import { cardOf, latest, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { isHit, killing, type Harm } from './harm.ts';
import type { Kept, KeptExport } from './kept-exports.ts';
import { isFinal, shownExports, type ShownExport } from './shown-exports.ts';
import type { Wish } from './wishes.ts';

export interface Evidence {
  readonly wishes: readonly Wish[];
  readonly scenarios: readonly Scenario[];
  readonly activities: readonly KeptActivity[];
  readonly jobs: readonly SimulatedJob[];
  readonly graphCalls: readonly Call[];
  readonly kept: Kept;
  readonly harms: readonly Harm[];
  readonly timesAskedAnew: (wish: Wish) => number;
}

export interface Verdict {
  /** Each is a broken promise. */
  readonly breaches: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

export function judge(evidence: Evidence): Verdict {
  const shown = shownExports(evidence.activities);
  const doubled = shown.filter(({ activity }) => !evidence.kept.cards.has(activity.id));
  const unexcused = doubled.filter((one) => !isExcused(evidence, one));
  const wishBreaches = evidence.wishes.flatMap((wish) => judgeWish(evidence, wish, shown));
  const untold = evidence.wishes.filter(
    (wish) => isWorthTelling(evidence, wish) && noticesOf(evidence, wish).length === 0,
  );
  return {
    breaches: [
      ...wishBreaches,
      ...strayCards(evidence, shown),
      ...jobBreaches(evidence),
      ...evidence.kept.exports.filter(({ isOpen }) => isOpen).map((one) => `${name(one)} is still open`),
      ...unexcused.map(
        (one) => `a second card of view ${one.viewId} was posted, though nothing hurt just then`,
      ),
    ],
    figures: {
      'exports asked for': evidence.wishes.length,
      'jobs at Graph': evidence.jobs.length,
      'exports that shared a job': shares(evidence),
      'first cards doubled by a kill': doubled.filter((one) => isExcused(evidence, one, killing)).length,
      'first cards doubled by a cut or a restart alone': doubled.filter(
        (one) => !isExcused(evidence, one, killing),
      ).length,
      'first cards under way when harm was done': inWindow(evidence, shown),
      'SIGKILLs and SIGTERMs that hit a first card': hitting(evidence, shown),
      'asked anew after "try again"': evidence.wishes.filter((wish) => evidence.timesAskedAnew(wish) > 0)
        .length,
      'messages about the end that a kill swallowed': untold.length,
      'lists that looked for an earlier start': evidence.graphCalls.filter(({ op }) => op === 'list').length,
    },
  };
}

const name = ({ userId, viewId, status }: KeptExport): string =>
  `the export of ${viewId} by ${userId} (${status})`;

function judgeWish(evidence: Evidence, wish: Wish, shown: readonly ShownExport[]): readonly string[] {
  const { viewId, ends, place } = wish;
  const which = `view ${viewId} in ${place.kind}`;
  const mine = shown.filter((one) => one.viewId === viewId && one.activity.conversationId === place.id);
  const live = mine.filter(
    ({ activity, phases }) => evidence.kept.cards.has(activity.id) && phases.at(-1) !== 'moved',
  );
  const runs = 1 + evidence.timesAskedAnew(wish);
  const breaches = live.flatMap(({ activity, phases }) => {
    const end = phases.findIndex(isFinal);
    if (phases.at(-1) !== ends)
      return [`${which}: the card ends with ${String(phases.at(-1))}, not ${ends}: ${titleOf(activity)}`];
    return new Set(phases.slice(end)).size > 1
      ? [`${which}: the card went on after its end: ${phases.join()}`]
      : [];
  });
  if (live.length === 0) breaches.push(`${which}: no card`);
  if (live.length > runs) breaches.push(`${which}: ${String(live.length)} cards`);
  const notices = noticesOf(evidence, wish).length;
  if (notices > runs) breaches.push(`${which}: ${String(notices)} messages about its end`);
  const exports = exportsOf(evidence, wish).length;
  if (exports === 0 || exports > runs) breaches.push(`${which}: ${String(exports)} exports are kept`);
  return breaches;
}

/** What it says first. */
export const titleOf = (activity: KeptActivity): string =>
  wordsOf(cardOf(latest(activity)))
    .split('\n')
    .slice(0, 3)
    .join(' ');

const exportsOf = ({ kept }: Evidence, { viewId, person }: Wish): readonly KeptExport[] =>
  kept.exports.filter((one) => one.viewId === viewId && one.userId === person.oid);

const noticesOf = ({ activities }: Evidence, { place, viewId }: Wish): readonly KeptActivity[] =>
  activities.filter(
    ({ conversationId, versions }) =>
      conversationId === place.id && versions.some((version) => isNotice(cardOf(version), viewId)),
  );

/** Whoever has just asked is told by the card alone. */
const isWorthTelling = (evidence: Evidence, wish: Wish): boolean =>
  exportsOf(evidence, wish).some(({ secondsToEnd }) => secondsToEnd >= 10);

function strayCards({ wishes }: Evidence, shown: readonly ShownExport[]): readonly string[] {
  const places = new Set(wishes.map(({ place, viewId }) => `${place.id} ${viewId}`));
  return shown
    .filter(({ activity, viewId }) => !places.has(`${activity.conversationId} ${viewId}`))
    .map(
      ({ viewId, activity }) =>
        `a card of view ${viewId} stands in ${activity.conversationId}, where nobody asked`,
    );
}

/** Each run of an export has exactly one job where its source makes any, and nobody has had more jobs made of a view than runs. */
function jobBreaches({ jobs, kept }: Evidence): readonly string[] {
  const owned = Map.groupBy(jobs, ({ oid, explorerViewId }) => `${oid} ${explorerViewId}`);
  const runs = new Map<string, number>();
  for (const { userId, viewId, graphJobIds } of kept.exports) {
    const key = `${userId} ${viewId}`;
    runs.set(key, (runs.get(key) ?? 0) + graphJobIds.length);
  }
  return [
    ...[...owned]
      .filter(([key, made]) => made.length > (runs.get(key) ?? 0))
      .map(([key, made]) => `Graph made ${String(made.length)} jobs for ${key}: it was started twice`),
    ...kept.exports
      .filter(({ graphJobIds, makesJobs }) => graphJobIds.length !== (makesJobs ? 1 : 0))
      .map((one) => `${name(one)} has ${String(one.graphJobIds.length)} jobs`),
  ];
}

/** Exports that follow a job which somebody else has had made, while it was pending or after an unknown start. */
function shares({ kept, jobs }: Evidence): number {
  const owners = new Map(jobs.map(({ id, oid }) => [id, oid]));
  return kept.exports.filter(({ userId, graphJobIds }) => graphJobIds.some((id) => owners.get(id) !== userId))
    .length;
}

const isExcused = ({ harms }: Evidence, { activity }: ShownExport, by?: readonly Harm['kind'][]): boolean =>
  isHit(harms, activity, by);

const hitting = ({ harms }: Evidence, shown: readonly ShownExport[]): number =>
  harms.filter((harm) => killing.includes(harm.kind) && shown.some(({ activity }) => isHit([harm], activity)))
    .length;

const inWindow = ({ harms }: Evidence, shown: readonly ShownExport[]): number =>
  shown.filter(({ activity }) => isHit(harms, activity)).length;
