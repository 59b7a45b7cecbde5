/** Serves the figures that operators watch when METRICS_PORT is set, and keeps none when it is not. */
import type { Config } from '../config.ts';
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
  nameTold: () => undefined,
};

/** The library is loaded only when somebody asks. */
export async function createMeasuring(
  { metricsPort: port, listen: { host } }: Pick<Config, 'metricsPort' | 'listen'>,
  readFigures: () => Promise<Figures>,
  log: Log,
): Promise<Measuring> {
  if (port === undefined)
    return { metrics: notMeasured, start: () => Promise.resolve(), stop: () => Promise.resolve() };
  const { createMetrics } = await import('./metrics.ts');
  const { metrics, contentType, render } = createMetrics(readFigures);
  return { metrics, ...createMetricsServer({ host, port, contentType, render, log }) };
}
