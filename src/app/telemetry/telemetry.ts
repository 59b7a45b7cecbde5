/** Tells work as traces and figures over OTLP when the OTEL_ variables ask for it, and loads nothing when they do not. */
import type { Config } from '../../config.ts';
import type { Log } from '../../ports/runtime.ts';
import { traced, untraced, type Traced } from './traced.ts';
import type { Figure } from './otlp-metrics.ts';

export interface Telemetry {
  readonly traced: Traced;
  /** Undefined where nobody wants them. */
  readonly sendFigures?: (read: () => Promise<readonly Figure[]>) => { readonly stop: () => Promise<void> };
  /** Sends what is left, for as long as a collector is given. */
  readonly stop: () => Promise<void>;
}

/** The library is loaded only when somebody asks. */
export async function createTelemetry(
  { telemetry: { serviceName, traces, metrics } }: Pick<Config, 'telemetry'>,
  version: string,
  log: Pick<Log, 'warn'>,
): Promise<Telemetry> {
  if (traces === undefined && metrics === undefined)
    return { traced: untraced, stop: () => Promise.resolve() };
  const { resourceOf, sendFigures, sendSpans } = await import('./otlp.ts');
  const resource = resourceOf(serviceName, version);
  const spans = traces !== undefined ? sendSpans(traces.url, resource, version) : undefined;
  const told = (stop: () => Promise<void>) => () =>
    stop().catch((err: unknown) => log.warn({ err }, 'what was left of traces or figures was not taken'));
  return {
    traced: spans === undefined ? untraced : traced(spans.tracing),
    ...(metrics && {
      sendFigures: (read) => ({ stop: told(sendFigures(metrics, resource, version, read).stop) }),
    }),
    stop: told(spans?.stop ?? (() => Promise.resolve())),
  };
}
