/** Takes traces and figures over OTLP/HTTP in JSON, as a collector does. Source: OpenTelemetry protocol, "OTLP/HTTP". */
import * as z from 'zod';
import { createLoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';

const text = z.object({ stringValue: z.string().optional() });
const attributes = z.array(z.object({ key: z.string(), value: text })).default([]);

const span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  links: z.array(z.object({ traceId: z.string() })).default([]),
});
const resource = z.object({ attributes });
const traces = z.object({
  resourceSpans: z.array(z.object({ resource, scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

const points = z.object({ dataPoints: z.array(z.unknown()) });
const metric = z.object({
  name: z.string(),
  sum: points.optional(),
  gauge: points.optional(),
  histogram: z
    .object({
      dataPoints: z.array(
        z.object({
          count: z.number(),
          bucketCounts: z.array(z.number()),
          explicitBounds: z.array(z.number()),
        }),
      ),
    })
    .optional(),
});
const metrics = z.object({
  resourceMetrics: z.array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) })),
});

export type TakenSpan = z.infer<typeof span>;

export async function startCollector() {
  const server = createLoopbackServer({ handle: () => ({ status: 200, body: {} }) });
  await server.start();
  const bodies = (path: string): readonly string[] =>
    server.calls.filter((call) => call.path === path).map(({ body }) => body.toString('utf8'));
  const batches = () => bodies('/v1/traces').flatMap((body) => traces.parse(JSON.parse(body)).resourceSpans);
  return {
    url: server.url(),
    stop: server.stop,
    /** All that was sent, as it came. */
    sent: () => [...bodies('/v1/traces'), ...bodies('/v1/metrics')].join('\n'),
    spans: (): readonly TakenSpan[] =>
      batches().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    services: (): ReadonlySet<string | undefined> =>
      new Set(
        batches().map(
          ({ resource: { attributes: given } }) =>
            given.find(({ key }) => key === 'service.name')?.value.stringValue,
        ),
      ),
    /** Of the newest time that figures came. */
    figures: () =>
      bodies('/v1/metrics')
        .slice(-1)
        .flatMap((body) => metrics.parse(JSON.parse(body)).resourceMetrics)
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics)),
  };
}
