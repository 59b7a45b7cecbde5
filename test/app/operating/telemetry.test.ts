// Traces and figures over OTLP: one export is one trace, over a restart too, and nothing in it names anybody.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { traced } from '../../../src/app/telemetry/traced.ts';
import { traceOfExport } from '../../../src/app/telemetry/trace-ids.ts';
import { readConfig } from '../../../src/config.ts';
import type { Log } from '../../../src/ports/runtime.ts';
import type { Tracing } from '../../../src/ports/tracing.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSuite, exportIdOf, runs } from '../../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { noLog } from '../../support/databases/databases.ts';
import { startCollector } from '../../support/servers/otlp-collector.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
const neverAsked = (): never => assert.fail('nobody asks for it');

describe('telemetry', () => {
  const chat = personalChat(ada);
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let world: AppWorld;
  let told: { readonly exportId: string; readonly restartedAt: number; readonly names: readonly string[] };

  before(async function exportOverARestart() {
    collector = await startCollector();
    world = await startAppWorld({
      variables: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'exports of a test' },
    });
    const suite = createSuite(() => world);
    await suite.signIn(ada);
    const view = suite.view(runs);
    await suite.say(chat, ada, view.url);
    const card = await suite.card(chat, /Running/, view);
    const restartedAt = Date.now();
    await world.restart();
    const job = await suite.jobOf(view);
    await suite.finish(chat, ada, card, job);
    await suite.card(chat, /average progress/, view);
    await world.stopApp();
    const names = [view.explorerViewId, view.goalsOrganizationId, job.id, chat.id];
    told = { exportId: exportIdOf(card), restartedAt, names };
  });
  after(async () => {
    await world.stop();
    await collector.stop();
  });

  it('tells a whole export as one trace, from the message to the card with its figures, over a restart', () => {
    const { traceId, rootSpanId } = traceOfExport(told.exportId);
    const spans = collector.spans().filter((span) => span.traceId === traceId);
    const names = new Set(spans.map(({ name }) => name));
    for (const name of [
      'turn',
      'graph create',
      'graph get',
      'card post',
      'work on file',
      'graph content',
      'card update',
    ])
      assert.ok(names.has(name), `${name} is in ${[...names].join(', ')}`);
    const isBefore = (one: { readonly startTimeUnixNano: string }): boolean =>
      Number(one.startTimeUnixNano) / 1e6 < told.restartedAt;
    assert.ok(
      spans.some(isBefore) && spans.some((one) => !isBefore(one)),
      'both lives of the process are in it',
    );
    const roots = spans.filter(({ parentSpanId = '' }) => parentSpanId === '');
    assert.deepEqual(
      roots.map(({ name, spanId, links }) => [name, spanId, links.length]),
      [['turn', rootSpanId, 1]],
    );
    const ids = new Set(spans.map(({ spanId }) => spanId));
    assert.deepEqual(
      spans.filter(({ parentSpanId = '' }) => parentSpanId !== '' && !ids.has(parentSpanId)),
      [],
    );
    const outcome = spans
      .find(({ name }) => name === 'graph create')
      ?.attributes.find(({ key }) => key === 'okr_export.outcome');
    assert.equal(outcome?.value.stringValue, 'created');
    assert.deepEqual(collector.services(), new Set(['exports of a test']));
  });

  it('puts the trace of the export into the log, in both lives of the process', () => {
    const { traceId } = traceOfExport(told.exportId);
    const lines = world
      .logged()
      .split('\n')
      .filter((line) => line.includes('"msg":"asked Graph"'));
    assert.deepEqual(
      lines.filter((line) => !/"trace_id":"[0-9a-f]{32}"/.test(line)),
      [],
    );
    const calls = lines.filter((line) => line.includes(`"trace_id":"${traceId}"`)).join('\n');
    assert.match(calls, /"call":"create"[^]*"call":"content"/);
  });

  it('puts it into a line about an export wherever that is said', () => {
    const lines: (readonly [string, object])[] = [];
    const write = (fields: object, message: string): void => void lines.push([message, fields]);
    const log: Log = {
      ...noLog,
      warn: write,
      child: (about) => ({ ...log, warn: (fields, message) => write({ ...about, ...fields }, message) }),
    };
    const idsOf: Tracing['idsOf'] = (exportId) =>
      exportId === undefined ? undefined : { traceId: `of ${exportId}` };
    const { log: wrap } = traced({ unit: neverAsked, step: neverAsked, met: neverAsked, idsOf });
    wrap(log).warn({ exportId: 'a' }, 'one');
    wrap(log).child({ exportId: 'b' }).warn({}, 'two');
    wrap(log).warn({ other: 1 }, 'three');
    assert.deepEqual(lines, [
      ['one', { exportId: 'a', trace_id: 'of a' }],
      ['two', { exportId: 'b', trace_id: 'of b' }],
      ['three', { other: 1 }],
    ]);
  });

  it('sends the figures of Prometheus under their names', () => {
    const figures = new Map(collector.figures().map((figure) => [figure.name, figure]));
    assert.ok(figures.get('okr_export_messages_total')?.sum);
    assert.ok(figures.get('okr_export_database_up')?.gauge);
    const [lag] = figures.get('okr_export_poll_lag_seconds')?.histogram?.dataPoints ?? [];
    assert.ok(lag && lag.count > 0);
    assert.equal(lag.bucketCounts.length, lag.explicitBounds.length + 1);
    assert.equal(
      lag.bucketCounts.reduce((sum, count) => sum + count, 0),
      lag.count,
    );
  });

  it('names nobody: no person, tenant, place, plan, job or address', () => {
    const sent = collector.sent();
    for (const secret of [ada.oid, ada.tid, ada.name, ada.userPrincipalName, ...told.names, 'http://', 'eyJ'])
      assert.ok(!sent.includes(secret), secret);
  });

  const required = () => ({ ...world.variables, OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_SERVICE_NAME: '' });
  const read = (changes: Readonly<Record<string, string>>) => {
    const reading = readConfig({ ...required(), ...changes });
    return reading.kind === 'config' ? reading.config.telemetry : reading.mistakes;
  };

  it('is wanted only where the variables of OpenTelemetry say so', () => {
    const serviceName = 'okr-export';
    const everyMilliseconds = 60_000;
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };
    assert.deepEqual(read({}), { serviceName });
    assert.deepEqual(read({ ...endpoint, OTEL_SDK_DISABLED: 'true' }), { serviceName });
    assert.deepEqual(read(endpoint), {
      serviceName,
      traces: { url: 'http://collector:4318/v1/traces' },
      metrics: { url: 'http://collector:4318/v1/metrics', everyMilliseconds },
    });
    assert.deepEqual(read({ ...endpoint, OTEL_METRICS_EXPORTER: 'none' }), {
      serviceName,
      traces: { url: 'http://collector:4318/v1/traces' },
    });
    assert.deepEqual(read({ OTEL_TRACES_EXPORTER: 'otlp' }), {
      serviceName,
      traces: { url: 'http://localhost:4318/v1/traces' },
    });
    assert.deepEqual(read({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://figures.example.com/otlp' }), {
      serviceName,
      metrics: { url: 'https://figures.example.com/otlp', everyMilliseconds },
    });
    const wrong = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_TRACES_EXPORTER: 'jaeger' };
    assert.deepEqual(JSON.stringify(read({ ...endpoint, ...wrong })).match(/OTEL_\w+|must be [\w/]+/g), [
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      'must be http/json',
      'OTEL_TRACES_EXPORTER',
      'must be one',
    ]);
  });

  it('is loaded at its first use only', () => {
    const src = path.join(import.meta.dirname, '..', '..', '..', 'src');
    const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ file, text: readFileSync(path.join(src, file), 'utf8') }));
    const withSdk = sources.filter(({ text }) => text.includes(`'@opentelemetry/`)).map(({ file }) => file);
    assert.deepEqual(withSdk.toSorted(), [
      'app/telemetry/otlp-metrics.ts',
      'app/telemetry/otlp.ts',
      'app/telemetry/spans.ts',
    ]);
    const loading = sources.filter(
      ({ file, text }) =>
        !withSdk.includes(file) && /^import (?!type )[^;]*\/(otlp|otlp-metrics|spans)\.ts'/m.test(text),
    );
    assert.deepEqual(loading, []);
  });
});
