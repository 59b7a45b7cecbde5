/** Concludes a chaos run: every promise judged, how soon exports were looked at again, and what the harm came to. */
import type { AppWorld } from '../support/app/app-world.ts';
import type { BotFleet } from './bot-fleet.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import type { Clients } from './clients.ts';
import type { GraphFaults } from './graph-faults.ts';
import type { Harm } from './harm.ts';
import { readKept } from './kept-exports.ts';
import { percentile, recoveries } from './recovery.ts';
import { isOfSchedule, judgeSchedules } from './schedules/judge-schedules.ts';
import type { PlannedSchedules } from './schedules/planned-schedules.ts';
import type { SeededSchedule } from './schedules/seed-schedules.ts';
import { judge, type Verdict } from './verdict.ts';
import type { Population } from './wishes.ts';

/** Milliseconds. */
const allowedRecovery = 30_000;

/** What happened in a chaos run, once no instance runs any more. */
interface Past {
  readonly plan: ChaosPlan;
  readonly world: AppWorld;
  readonly population: Population;
  readonly planned: PlannedSchedules;
  readonly seeded: readonly SeededSchedule[];
  readonly lastDueAt: Date;
  readonly fleet: BotFleet;
  readonly clients: Clients;
  readonly harms: readonly Harm[];
  readonly settledAfter: number;
  readonly faults: GraphFaults | undefined;
}

export async function conclude(past: Past): Promise<Verdict> {
  const { plan, world, population, planned, seeded, lastDueAt, fleet, clients } = past;
  const harms = past.harms.map((harm) => untilItsEnd(harm, fleet));
  const { timesAskedAnew } = clients;
  const jobs = world.graph.jobs();
  const kept = await readKept(world.variables);
  const isScheduled = isOfSchedule(seeded);
  const activities = Map.groupBy(world.channel.activities(), isScheduled);
  const verdict = judge({
    ...population,
    jobs,
    harms,
    kept,
    timesAskedAnew,
    activities: activities.get(false) ?? [],
    graphCalls: world.graph.calls,
  });
  const ofSchedules = judgeSchedules({
    seeded,
    kept,
    harms,
    lastDueAt,
    activities: activities.get(true) ?? [],
  });
  const scenarios = [...population.scenarios, ...planned.scenarios];
  const endings = new Map(scenarios.map(({ explorerViewId, fate }) => [explorerViewId, fate]));
  const followed = jobs.map(({ id, oid, createdAt, explorerViewId }) => {
    const fate = endings.get(explorerViewId);
    return {
      jobId: id,
      userId: oid,
      startedAt: createdAt,
      endsAt: createdAt + (fate?.kind === 'runs' ? fate.endsAfterMs : 0),
    };
  });
  const polls = world.graph.calls.filter(({ op }) => op === 'get');
  const { undisturbed, all } = recoveries(fleet.events, polls, followed);
  const slowest = percentile(undisturbed, 0.99);
  const retries = past.faults === undefined ? undefined : retriesAmong(world.graph.calls.length, past.faults);
  const isLate = plan.timed && slowest > allowedRecovery;
  const { doubled, hits } = doubledCards(verdict);
  const isDoubledTooOften = plan.timed && doubled > hits;
  return {
    breaches: [
      ...verdict.breaches,
      ...ofSchedules.breaches,
      ...fleet.faults,
      ...(retries?.breaches ?? []),
      ...(isLate ? [`restart → next poll: p99 is ${String(slowest)} ms`] : []),
      ...(isDoubledTooOften
        ? [`${String(doubled)} first cards doubled by ${String(hits)} kills that hit one`]
        : []),
    ],
    figures: {
      ...verdict.figures,
      ...ofSchedules.figures,
      ...retries?.figures,
      'messages sent again because nobody answered': clients.timesSentAgain(),
      ...countByKind(harms),
      'starts that found no database': fleet.failedStarts(),
      'restart → next poll, looks counted': undisturbed.length,
      'restart → next poll, median (ms)': percentile(undisturbed, 0.5),
      'restart → next poll, p99 (ms)': slowest,
      'the same with further kills in between, looks': all.length,
      'the same with further kills in between, p99 (ms)': percentile(all, 0.99),
      'seconds from the last harm to the last card': Math.round(past.settledAfter),
    },
  };
}

const doubledCards = ({ figures }: Verdict): { readonly doubled: number; readonly hits: number } => ({
  doubled: figures['first cards doubled by a kill'] ?? 0,
  hits: figures['SIGKILLs and SIGTERMs that hit a first card'] ?? 0,
});

/** A process goes on for a moment after its signal, and for longer after a SIGTERM. */
function untilItsEnd(harm: Harm, { events }: BotFleet): Harm {
  const end = events.find(({ kind, slot, at }) => kind === 'ended' && slot === harm.slot && at >= harm.from);
  return end === undefined ? harm : { ...harm, to: Math.max(harm.to, end.at) };
}

const mostCallsForAnAnswer = 1.5;

function retriesAmong(calls: number, faults: GraphFaults): Verdict {
  const each = calls / (calls - faults.count());
  return {
    breaches: each <= mostCallsForAnAnswer ? [] : [`${each.toFixed(2)} calls of Graph for each answer`],
    figures: {
      'calls of Graph': calls,
      'calls of Graph that ended in a fault': faults.count(),
      'calls of Graph for 100 answers': Math.round(each * 100),
    },
  };
}

const countByKind = (harms: readonly Harm[]): Readonly<Record<string, number>> => {
  const of = (wanted: Harm['kind']): number => harms.filter(({ kind }) => kind === wanted).length;
  return {
    SIGKILLs: of('kill'),
    SIGTERMs: of('term'),
    'connections cut': of('cut'),
    'database restarts': of('restart'),
  };
};
