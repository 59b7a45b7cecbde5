/** Keeps the figures that operators watch, as Prometheus text (exposition format 0.0.4). */
import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type MetricObjectWithValues,
  type MetricValue,
} from 'prom-client';
import type { Figures, Metrics } from '../ports/metrics.ts';

export interface Measured {
  readonly metrics: Metrics;
  readonly contentType: string;
  /** While the database does not answer, its figures are left out. Then, and while it takes no writes, `okr_export_database_up` is 0. */
  readonly render: () => Promise<string>;
  /** The same, not as text. */
  readonly read: () => Promise<readonly Read[]>;
}

type Read = Omit<MetricObjectWithValues<MetricValue<string>>, 'type'> & { readonly type: string };

const prefix = 'okr_export_';
const lagBuckets = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300];

/** @param readFigures asked once for each rendering */
export function createMetrics(readFigures: () => Promise<Figures>): Measured {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const update = createFigureGauges(registry, readFigures);
  return {
    metrics: createCounters(registry),
    contentType: registry.contentType,
    render: async () => {
      await update();
      return registry.metrics();
    },
    read: async () => {
      await update();
      // The type is declared as a number, and is a word.
      return (await registry.getMetricsAsJSON()).map((one) => ({ ...one, type: String(one.type) }));
    },
  };
}

function createCounters(registry: Registry): Metrics {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `${prefix}${name}_total`, help, labelNames, registers });
  const graphCalls = counter('graph_calls', 'Answers of Microsoft Graph', 'source', 'call', 'outcome');
  const refusals = counter(
    'graph_refusals',
    'Exports that Microsoft Graph refused for good',
    'source',
    'reason',
  );
  const strangers = counter('requests_refused', 'Requests to the bot that were not of Teams');
  const skew = new Gauge({
    name: `${prefix}clock_skew_seconds`,
    help: 'How far the clock of Microsoft Graph is ahead of ours',
    registers,
  });
  const heldBack = counter('graph_held_back', 'Calls that did not leave for Graph', 'why');
  const retries = counter('retries', 'Requests that failed in passing and are repeated', 'of');
  const sent = counter('messages', 'Messages to conversations', 'what', 'how', 'outcome');
  const dropped = counter('updates_dropped', 'Card updates that a newer one overtook');
  const names = counter('names', 'What people have done with names', 'what');
  const signIns = counter('sign_ins', 'Sign-ins by how they ended', 'way', 'outcome');
  const breaker = new Gauge({
    name: `${prefix}breaker_open`,
    help: '1 while a host is left alone, 0.5 while one call tries it',
    labelNames: ['host'],
    registers,
  });
  const lag = new Histogram({
    name: `${prefix}poll_lag_seconds`,
    help: 'How late a look at a Graph job began',
    buckets: lagBuckets,
    registers,
  });
  return {
    graphCalled: (source, call, outcome) => graphCalls.inc({ source, call, outcome }),
    graphRefused: (source, reason) => refusals.inc({ source, reason }),
    clockSkewed: (seconds) => skew.set(seconds),
    requestRefused: () => strangers.inc(),
    callHeldBack: (why) => heldBack.inc({ why }),
    retried: (of) => retries.inc({ of }),
    sent: (what, how, outcome) => sent.inc({ what, how, outcome }),
    updateDropped: () => dropped.inc(),
    nameTold: (what) => names.inc({ what }),
    signInEnded: (way, outcome) => signIns.inc({ way, outcome }),
    breakerMoved: (host, to) => breaker.set({ host }, { closed: 0, halfOpen: 0.5, open: 1 }[to]),
    looked: (seconds) => lag.observe(seconds),
  };
}

function createFigureGauges(registry: Registry, readFigures: () => Promise<Figures>) {
  const registers = [registry];
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name: `${prefix}${name}`, help, labelNames, registers });
  const databaseUp = gauge('database_up', '1 when the database gave the figures below and takes writes');
  const exports = gauge('exports', 'Open and parked exports', 'source', 'status');
  const schedules = gauge('schedules', 'Schedules that have not ended', 'state', 'last_run');
  const late = gauge(
    'most_overdue_schedule_seconds',
    'Since when the most overdue schedule waits for its run',
  );
  const prompts = gauge('prompts_outstanding', 'Sign-ins that somebody was asked for');
  const overdue = gauge('most_overdue_seconds', 'Since when the most overdue export waits for its look');
  const queue = gauge('queue_jobs', 'Jobs of the queues; ready ones wait for a worker', 'of', 'state');
  const show = (figures: Figures): void => {
    for (const { source, status, count } of figures.exports) exports.set({ source, status }, count);
    for (const { state, lastRun, count } of figures.schedules)
      schedules.set({ state, last_run: lastRun }, count);
    late.set(figures.maxScheduleOverdue);
    prompts.set(figures.promptsOutstanding);
    overdue.set(figures.maxOverdue);
    for (const kind of ['exports', 'files'] as const)
      for (const state of ['queued', 'ready', 'active'] as const)
        queue.set({ of: kind, state }, figures.queue[kind][state]);
  };
  return async function updateGauges(): Promise<void> {
    for (const one of [exports, schedules, late, prompts, overdue, queue]) one.reset();
    const figures = await readFigures().catch(() => undefined);
    databaseUp.set(figures?.takesWrites === true ? 1 : 0);
    if (figures === undefined) for (const one of [late, prompts, overdue]) one.remove();
    else show(figures);
  };
}
