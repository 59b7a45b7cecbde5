/** Sends traces and figures over OTLP/HTTP. Loaded only where somebody wants them. */
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  detectResources,
  envDetector,
  resourceFromAttributes,
  type Resource,
} from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { createProducer, type Figure } from './otlp-metrics.ts';
import { createSpans, type Spans } from './spans.ts';

/** OTEL_RESOURCE_ATTRIBUTES is read by the library. */
export const resourceOf = (serviceName: string, version: string): Resource =>
  detectResources({ detectors: [envDetector] }).merge(
    resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
  );

export const sendSpans = (url: string, resource: Resource, version: string): Spans =>
  createSpans(new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) }), resource, version);

/** @param everyMilliseconds the library's own minute when absent */
export function sendFigures(
  { url, everyMilliseconds }: { readonly url: string; readonly everyMilliseconds: number },
  resource: Resource,
  version: string,
  read: () => Promise<readonly Figure[]>,
): { readonly stop: () => Promise<void> } {
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url }),
    exportIntervalMillis: everyMilliseconds,
    exportTimeoutMillis: Math.min(everyMilliseconds, 10_000),
    metricProducers: [createProducer(read, version)],
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  return { stop: () => provider.shutdown() };
}
