/** Reads the variables of OpenTelemetry: where traces and figures go, if anywhere. Source: its specification, "Environment variables". */
import * as z from 'zod';

const address = z
  .string()
  .trim()
  .refine(
    (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
    'must be a whole URL such as http://collector.example.com:4318',
  )
  .transform((text) => text.replace(/(?<!\/)\/+$/, ''));

const exporters = ['otlp', 'none'] as const;
const exporter = z.enum(exporters, { error: `must be one of ${exporters.join(', ')}` });

/** The variables without their being optional. */
export const telemetryForms = {
  disabled: z.string().transform((text) => text.trim().toLowerCase() === 'true'),
  serviceName: z.string(),
  address,
  exporter,
  protocol: z.literal('http/json', {
    error: 'must be http/json, which every collector takes where it takes OTLP over HTTP; or leave it unset',
  }),
};

/** Where a collector on the same machine listens. */
const usual = 'http://localhost:4318';

interface Signal {
  readonly exporter: (typeof exporters)[number] | undefined;
  /** For this signal alone, with its path. */
  readonly own: string | undefined;
  readonly shared: string | undefined;
  readonly path: 'v1/traces' | 'v1/metrics';
}

/** Undefined when nobody asks for the signal. */
export function whereTo({ exporter: wanted, own, shared, path }: Signal): string | undefined {
  if (wanted === 'none') return undefined;
  if (own !== undefined) return own;
  if (shared === undefined && wanted === undefined) return undefined;
  return `${shared ?? usual}/${path}`;
}
