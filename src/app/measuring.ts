/** Answers for the operators' figures being there when METRICS_PORT is set, and costing nothing when it is not. */
import type { Config } from '../config.ts';
import { createMetrics } from './metrics.ts';
import type { Figures, Metrics } from '../ports/metrics.ts';
import type { Log } from '../ports/runtime.ts';
import { createMetricsServer } from '../web/metrics-server.ts';

export interface Measuring {
  readonly metrics: Metrics;
  /** Rejects when the port cannot be had. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const notMeasured: Metrics = {
  graphCalled: () => undefined,
  callHeldBack: () => undefined,
  breakerMoved: () => undefined,
  retried: () => undefined,
  looked: () => undefined,
  sent: () => undefined,
  graphRefused: () => undefined,
  clockSkewed: () => undefined,
  requestRefused: () => undefined,
  updateDropped: () => undefined,
  signInEnded: () => undefined,
};

export function createMeasuring(
  { metricsPort: port, listen: { host } }: Pick<Config, 'metricsPort' | 'listen'>,
  readFigures: () => Promise<Figures>,
  log: Log,
): Measuring {
  if (port === undefined)
    return { metrics: notMeasured, start: () => Promise.resolve(), stop: () => Promise.resolve() };
  const { metrics, contentType, render } = createMetrics(readFigures);
  return { metrics, ...createMetricsServer({ host, port, contentType, render, log }) };
}
