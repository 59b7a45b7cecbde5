/** Tells work as spans of OpenTelemetry: port Tracing. Every span of an export is in the trace that its id gives. */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
  type SpanContext,
  type Tracer,
} from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  RandomIdGenerator,
  TracerProvider,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { Resource } from '@opentelemetry/resources';
import { present } from '../../domain/present.ts';
import type { SpanFacts, Tracing } from '../../ports/tracing.ts';
import { traceOfExport } from './trace-ids.ts';

/** What runs now. */
interface Scope {
  readonly span: Span;
  /** Of the whole unit: exports that it has met, by their targets. */
  readonly exports: Map<string, string>;
  readonly begun: Set<string>;
  readonly exportId?: string;
}

const prefix = 'okr_export.';
const attributesOf = (facts: SpanFacts = {}) =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [`${prefix}${name}`, value]));

const inside = (context: SpanContext): Context => trace.setSpanContext(ROOT_CONTEXT, context);

/** As if whoever began the export had handed it on. */
function rootOf(exportId: string): SpanContext {
  const { traceId, rootSpanId } = traceOfExport(exportId);
  return { traceId, spanId: rootSpanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

/** Gives a root the ids that its export has; else ids are drawn. */
function createIds() {
  const drawn = new RandomIdGenerator();
  let next: SpanContext | undefined;
  return {
    as: <T>(ids: SpanContext, start: () => T): T => {
      next = ids;
      try {
        return start();
      } finally {
        next = undefined;
      }
    },
    generator: {
      generateTraceId: () => next?.traceId ?? drawn.generateTraceId(),
      generateSpanId: () => next?.spanId ?? drawn.generateSpanId(),
    },
  };
}

export interface Spans {
  readonly tracing: Tracing;
  /** Sends what is left. */
  readonly stop: () => Promise<void>;
}

interface Core {
  readonly tracer: Tracer;
  readonly ids: ReturnType<typeof createIds>;
  readonly running: AsyncLocalStorage<Scope>;
}

export function createSpans(processor: SpanProcessor, resource: Resource, version: string): Spans {
  const ids = createIds();
  const provider = new TracerProvider({
    resource,
    sampler: new AlwaysOnSampler(),
    idGenerator: ids.generator,
    spanProcessors: [processor],
  });
  const core = {
    tracer: provider.getTracer('okr-export', version),
    ids,
    running: new AsyncLocalStorage<Scope>(),
  };
  return {
    tracing: {
      unit: createUnit(core),
      step: createStep(core),
      met: (exportId, target, how) => {
        const scope = core.running.getStore();
        scope?.exports.set(target, exportId);
        if (how === 'begun') scope?.begun.add(exportId);
      },
      idsOf: (exportId) => {
        const own = core.running.getStore()?.span.spanContext();
        if (exportId === undefined) return own;
        const { traceId } = traceOfExport(exportId);
        return own?.traceId === traceId ? own : { traceId };
      },
    },
    stop: () => provider.shutdown(),
  };
}

const createUnit = (core: Core): Tracing['unit'] =>
  async function unit(name, { exportId, facts }, work) {
    const startTime = new Date();
    const parent = exportId === undefined ? ROOT_CONTEXT : inside(rootOf(exportId));
    const kind = exportId === undefined ? SpanKind.SERVER : SpanKind.CONSUMER;
    const span = core.tracer.startSpan(name, { kind, startTime, attributes: attributesOf(facts) }, parent);
    const scope = {
      span,
      exports: new Map<string, string>(),
      begun: new Set<string>(),
      ...present({ exportId }),
    };
    try {
      return await within(core, scope, work);
    } finally {
      span.end();
      tellBegun(core, name, scope, startTime);
    }
  };

const createStep = (core: Core): Tracing['step'] =>
  async function step(name, { exportId, target, facts }, work, outcomeOf) {
    const outer = core.running.getStore();
    const byTarget = target === undefined ? undefined : outer?.exports.get(target);
    const known = exportId ?? byTarget ?? outer?.exportId ?? soleOf(outer);
    const options = { kind: SpanKind.CLIENT, attributes: attributesOf(facts) };
    const span = core.tracer.startSpan(name, options, parentOf(outer, known));
    const { exports = new Map<string, string>(), begun = new Set<string>() } = outer ?? {};
    try {
      const scope = { span, exports, begun, ...present({ exportId: known }) };
      const result = await within(core, scope, work);
      const told = outcomeOf?.(result);
      if (told) span.setAttribute(`${prefix}outcome`, told.outcome);
      if (told?.isFailure === true) span.setStatus({ code: SpanStatusCode.ERROR });
      return result;
    } finally {
      span.end();
    }
  };

async function within<T>({ running }: Core, scope: Scope, work: () => Promise<T>): Promise<T> {
  try {
    return await running.run(scope, work);
  } catch (error) {
    // The error's own words may name somebody; the log has them, redacted.
    scope.span.setStatus({ code: SpanStatusCode.ERROR });
    scope.span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
    throw error;
  }
}

/** The root of an export's trace is as long as the unit that has begun it. */
function tellBegun({ tracer, ids }: Core, name: string, { span, begun }: Scope, startTime: Date): void {
  for (const exportId of begun) {
    const links = [{ context: span.spanContext() }];
    const options = { root: true, startTime, kind: SpanKind.SERVER, links };
    ids.as(rootOf(exportId), () => tracer.startSpan(name, options)).end();
  }
}

/** A unit that has met one export works on that. */
function soleOf(scope: Scope | undefined): string | undefined {
  const met = new Set(scope?.exports.values());
  return met.size === 1 ? [...met][0] : undefined;
}

/** The step's own unit where that is in the export's trace, else the root of the export. */
function parentOf(outer: Scope | undefined, exportId: string | undefined): Context {
  const own = outer?.span.spanContext();
  if (exportId !== undefined && own?.traceId !== traceOfExport(exportId).traceId)
    return inside(rootOf(exportId));
  return own === undefined ? ROOT_CONTEXT : inside(own);
}
