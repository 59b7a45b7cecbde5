/** Serves the figures that operators watch when METRICS_PORT is set, sends them where OTLP is, and keeps none when neither is. */
import type { Config } from '../config.ts';
import type { Figures, Metrics } from '../ports/metrics.ts';
import type { Log } from '../ports/runtime.ts';
import { createMetricsServer } from '../web/metrics-server.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

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
  telemetry: Omit<Telemetry, 'traced'>,
): Promise<Measuring> {
  const { sendFigures } = telemetry;
  const start = () => Promise.resolve();
  if (port === undefined && sendFigures === undefined)
    return { metrics: notMeasured, start, stop: telemetry.stop };
  const { createMetrics } = await import('./metrics.ts');
  const { metrics, contentType, render, read } = createMetrics(readFigures);
  const server =
    port === undefined
      ? { start, stop: () => Promise.resolve() }
      : createMetricsServer({ host, port, contentType, render, log });
  const sending = sendFigures?.(read);
  return {
    metrics,
    start: server.start,
    stop: async () => {
      await Promise.all([server.stop(), sending?.stop(), telemetry.stop()]);
    },
  };
}
