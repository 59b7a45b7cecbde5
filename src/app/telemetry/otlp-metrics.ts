/** Hands the figures of Prometheus to OpenTelemetry under the same names, so that both ways tell the same. */
import { ValueType, type HrTime } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type DataPoint,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';

type Labels = Readonly<Partial<Record<string, string | number>>>;

/** One figure as the registry of Prometheus gives it. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values: readonly {
    readonly value: number;
    readonly labels: Labels;
    /** Of a histogram: its name with `_bucket`, `_sum` or `_count` behind it. */
    readonly metricName?: string;
  }[];
}

const timeOf = (milliseconds: number): HrTime => [
  Math.floor(milliseconds / 1000),
  Math.round((milliseconds % 1000) * 1_000_000),
];

/** @param read gives all figures as they are now */
export function createProducer(read: () => Promise<readonly Figure[]>, version: string): MetricProducer {
  const startTime = timeOf(Date.now());
  return {
    collect: async () => {
      const times = { startTime, endTime: timeOf(Date.now()) };
      const metrics = (await read()).flatMap((figure) => dataOf(figure, times));
      const scope = { name: 'okr-export', version };
      return {
        resourceMetrics: { resource: resourceFromAttributes({}), scopeMetrics: [{ scope, metrics }] },
        errors: [],
      };
    },
  };
}

type Times = Pick<DataPoint<number>, 'startTime' | 'endTime'>;

function dataOf(figure: Figure, times: Times): readonly MetricData[] {
  const { name, help, type, values } = figure;
  const common = {
    descriptor: { name, description: help, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const points = values.map(({ value, labels }) => ({ ...times, value, attributes: { ...labels } }));
  switch (type) {
    case 'counter':
      return [{ ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points }];
    case 'gauge':
      return [{ ...common, dataPointType: DataPointType.GAUGE, dataPoints: points }];
    case 'histogram':
      return [{ ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: histogramsOf(figure, times) }];
    default:
      return [];
  }
}

/** Prometheus counts what is at most so large; OpenTelemetry what lies between two bounds. */
function histogramsOf({ name, values }: Figure, times: Times): DataPoint<Histogram>[] {
  const series = Map.groupBy(values, ({ labels: { le: _, ...others } }) => JSON.stringify(others));
  return [...series].map(([labels, group]) => {
    const valueOf = (part: string) =>
      group.find(({ metricName }) => metricName === `${name}_${part}`)?.value ?? 0;
    const buckets = group
      .filter(({ labels: { le } }) => le !== undefined && le !== '+Inf')
      .map((one) => ({ bound: Number(one.labels['le']), upTo: one.value }))
      .toSorted((one, other) => one.bound - other.bound);
    const upTo = [...buckets.map((one) => one.upTo), valueOf('count')];
    return {
      ...times,
      attributes: JSON.parse(labels) as Record<string, string>,
      value: {
        buckets: {
          boundaries: buckets.map(({ bound }) => bound),
          counts: upTo.map((count, nth) => count - (upTo[nth - 1] ?? 0)),
        },
        sum: valueOf('sum'),
        count: valueOf('count'),
      },
    };
  });
}
