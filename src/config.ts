/** Reads the configuration: environment variables in, one typed value or every mistake at once out. */
import * as z from 'zod';
import { mistakesAcross, type Mistake } from './config/mistakes-across.ts';
import { telemetryForms, whereTo } from './config/telemetry.ts';
import {
  contactUrl,
  csv,
  encryptionKeys,
  guid,
  hostList,
  originUrl,
  serviceUrl,
  wholeNumber,
} from './config/values.ts';

const blankIsAbsent = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: z.input<T>) =>
  z.preprocess((given) => blankIsAbsent(given) ?? value, schema);
const required = (what: string) => z.preprocess(blankIsAbsent, z.string({ error: `is missing: ${what}` }));

const botTypes = ['SingleTenant', 'UserAssignedMSI'] as const;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const schema = z.object({
  HOST: withDefault(z.string(), '0.0.0.0'),
  PORT: withDefault(wholeNumber(0, 65_535), '3978'),
  PUBLIC_URL: required('where users reach the bot, e.g. https://bot.example.com').pipe(originUrl),
  BOT_ID: required("the application (client) id of the bot's registration").pipe(guid),
  BOT_TENANT_ID: required("the directory (tenant) id of the bot's registration").pipe(guid),
  BOT_TYPE: withDefault(z.enum(botTypes, { error: `must be one of ${botTypes.join(', ')}` }), 'SingleTenant'),
  BOT_PASSWORD: optional(z.string()),
  BOT_CERTIFICATE_FILE: optional(z.string()),
  BOT_CERTIFICATE_KEY_FILE: optional(z.string()),
  AAD_APP_CLIENT_ID: required('the application (client) id of the SSO/Graph registration').pipe(guid),
  AAD_APP_CLIENT_SECRET: optional(z.string()),
  AAD_APP_CERTIFICATE_FILE: optional(z.string()),
  AAD_APP_CERTIFICATE_KEY_FILE: optional(z.string()),
  AAD_APP_MANAGED_IDENTITY_CLIENT_ID: optional(guid),
  AAD_APP_ID_URI: required('the Application ID URI of the SSO/Graph registration, api://botid-<BOT_ID>'),
  ALLOWED_TENANTS: required('the tenant ids that may use the bot, comma-separated').pipe(csv(guid)),
  ENCRYPTION_KEYS: required('keyId:base64key (32 random bytes), newest first, comma-separated').pipe(
    encryptionKeys,
  ),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')),
  DATA_DIR: optional(z.string()),
  GRAPH_BASE_URL: withDefault(serviceUrl, 'https://graph.microsoft.com'),
  PLANNER_GOALS: withDefault(z.enum(['auto', 'off'], { error: 'must be auto or off' }), 'auto'),
  ENTRA_BASE_URL: withDefault(serviceUrl, 'https://login.microsoftonline.com'),
  BOT_CHANNEL_ISSUER: withDefault(serviceUrl, 'https://api.botframework.com'),
  BOT_CHANNEL_OPENID_URL: withDefault(
    serviceUrl,
    'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ),
  BOT_CHANNEL_SCOPE: withDefault(z.string(), 'https://api.botframework.com/.default'),
  BOT_SERVICE_URL_HOSTS: withDefault(
    hostList,
    'smba.trafficmanager.net,*.botframework.com,*.teams.microsoft.com',
  ),
  GRAPH_DOWNLOAD_HOSTS: withDefault(hostList, ''),
  METRICS_PORT: optional(wholeNumber(1, 65_535)),
  RETENTION_DAYS: withDefault(wholeNumber(1, 3650), '90'),
  AUDIT_RETENTION_DAYS: withDefault(wholeNumber(1, 3650), '365'),
  FOLLOW_DAYS: withDefault(wholeNumber(1, 40), '7'),
  MAX_DOWNLOAD_MB: withDefault(wholeNumber(1, 10_000), '100'),
  FILE_HOSTS: withDefault(hostList, '*.sharepoint.com,*.svc.ms,*.sharepoint.us'),
  MAX_UPLOAD_MB: withDefault(wholeNumber(1, 1000), '20'),
  MAX_ROWS: withDefault(wholeNumber(1, 10_000_000), '100000'),
  LIMIT_OPEN_PER_USER: withDefault(wholeNumber(1, 1_000_000), '5'),
  LIMIT_DAILY_PER_USER: withDefault(wholeNumber(1, 1_000_000), '20'),
  LIMIT_OPEN_PER_TENANT: withDefault(wholeNumber(1, 1_000_000), '100'),
  LIMIT_MESSAGES_PER_USER: withDefault(wholeNumber(1, 1_000_000), '120'),
  LIMIT_MESSAGES_PER_TENANT: withDefault(wholeNumber(20, 1_000_000), '2400'),
  LIMIT_SCHEDULES_PER_USER: withDefault(wholeNumber(1, 1_000_000), '50'),
  LIMIT_SCHEDULES_PER_TENANT: withDefault(wholeNumber(1, 1_000_000), '5000'),
  APP_NAME: withDefault(z.string(), 'OKR Export'),
  DEVELOPER_NAME: withDefault(z.string(), "the bot's operator"),
  OTEL_SDK_DISABLED: withDefault(telemetryForms.disabled, 'false'),
  OTEL_SERVICE_NAME: withDefault(telemetryForms.serviceName, 'okr-export'),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(telemetryForms.address),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(telemetryForms.address),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: optional(telemetryForms.address),
  OTEL_EXPORTER_OTLP_PROTOCOL: optional(telemetryForms.protocol),
  OTEL_TRACES_EXPORTER: optional(telemetryForms.exporter),
  OTEL_METRICS_EXPORTER: optional(telemetryForms.exporter),
  OTEL_METRIC_EXPORT_INTERVAL: withDefault(wholeNumber(100, 86_400_000), '60000'),
  OPERATOR_CONTACT: optional(contactUrl),
  LOG_LEVEL: withDefault(z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }), 'info'),
});

/** Every variable that is read. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

type Variables = z.infer<typeof schema>;

type ClientAuth =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificateFile: string; readonly keyFile: string }
  | { readonly kind: 'managedIdentity'; readonly clientId: string };

export type { Mistake };

export type ConfigReading =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly Mistake[] };

export type Config = ReturnType<typeof toConfig>;

/** Reads the whole environment; nothing else in the project looks at it. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigReading {
  const parsed = schema.safeParse(environment);
  const mistakes = [...(parsed.error?.issues ?? []).map(mistakeOf), ...mistakesAcross(environment)];
  return parsed.success && mistakes.length === 0
    ? { kind: 'config', config: toConfig(parsed.data) }
    : { kind: 'mistakes', mistakes };
}

/** An entry of a list is counted as people do. */
function mistakeOf({ path: [variable, index], message }: z.core.$ZodIssue): Mistake {
  const problem = typeof index === 'number' ? `${message} (entry ${index + 1})` : message;
  return { variable: String(variable), problem };
}

function clientAuth(
  secret?: string,
  certificateFile?: string,
  keyFile?: string,
  managed?: string,
): ClientAuth {
  if (certificateFile !== undefined && keyFile !== undefined)
    return { kind: 'certificate', certificateFile, keyFile };
  if (secret !== undefined) return { kind: 'secret', secret };
  // mistakesAcross has made sure that one of the three is there.
  return { kind: 'managedIdentity', clientId: managed ?? '' };
}

/** A user-assigned identity is the bot itself: it has no secret to prove. */
const botAuth = (v: Variables) =>
  v.BOT_TYPE === 'UserAssignedMSI'
    ? ({ kind: 'userAssignedIdentity' } as const)
    : v.BOT_CERTIFICATE_FILE !== undefined && v.BOT_CERTIFICATE_KEY_FILE !== undefined
      ? ({
          kind: 'certificate',
          certificateFile: v.BOT_CERTIFICATE_FILE,
          keyFile: v.BOT_CERTIFICATE_KEY_FILE,
        } as const)
      : ({ kind: 'secret', secret: v.BOT_PASSWORD ?? '' } as const);

function telemetryOf(v: Variables) {
  const serviceName = v.OTEL_SERVICE_NAME;
  if (v.OTEL_SDK_DISABLED) return { serviceName };
  const shared = v.OTEL_EXPORTER_OTLP_ENDPOINT;
  const traces = whereTo({
    exporter: v.OTEL_TRACES_EXPORTER,
    own: v.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
    shared,
    path: 'v1/traces',
  });
  const metrics = whereTo({
    exporter: v.OTEL_METRICS_EXPORTER,
    own: v.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT,
    shared,
    path: 'v1/metrics',
  });
  return {
    serviceName,
    ...(traces !== undefined && { traces: { url: traces } }),
    ...(metrics !== undefined && {
      metrics: { url: metrics, everyMilliseconds: v.OTEL_METRIC_EXPORT_INTERVAL },
    }),
  };
}

function toConfig(v: Variables) {
  return {
    listen: { host: v.HOST, port: v.PORT },
    metricsPort: v.METRICS_PORT,
    publicUrl: v.PUBLIC_URL,
    bot: {
      id: v.BOT_ID,
      tenantId: v.BOT_TENANT_ID,
      auth: botAuth(v),
      channel: {
        issuer: v.BOT_CHANNEL_ISSUER,
        openIdUrl: v.BOT_CHANNEL_OPENID_URL,
        scope: v.BOT_CHANNEL_SCOPE,
      },
      serviceUrlHosts: v.BOT_SERVICE_URL_HOSTS,
    },
    app: {
      clientId: v.AAD_APP_CLIENT_ID,
      idUri: v.AAD_APP_ID_URI,
      auth: clientAuth(
        v.AAD_APP_CLIENT_SECRET,
        v.AAD_APP_CERTIFICATE_FILE,
        v.AAD_APP_CERTIFICATE_KEY_FILE,
        v.AAD_APP_MANAGED_IDENTITY_CLIENT_ID,
      ),
    },
    allowedTenants: new Set(v.ALLOWED_TENANTS),
    encryptionKeys: v.ENCRYPTION_KEYS,
    database:
      v.DATABASE_URL === undefined
        ? ({ kind: 'embedded', folder: v.DATA_DIR ?? './data' } as const)
        : ({ kind: 'postgres', url: v.DATABASE_URL } as const),
    graph: {
      baseUrl: v.GRAPH_BASE_URL,
      downloadHosts: v.GRAPH_DOWNLOAD_HOSTS,
      maxDownloadMegabytes: v.MAX_DOWNLOAD_MB,
    },
    sources: { PLANNER_GOALS: v.PLANNER_GOALS, MAX_ROWS: v.MAX_ROWS },
    files: { hosts: v.FILE_HOSTS, maxUploadMegabytes: v.MAX_UPLOAD_MB, maxRows: v.MAX_ROWS },
    entraBaseUrl: v.ENTRA_BASE_URL,
    retentionDays: v.RETENTION_DAYS,
    auditRetentionDays: v.AUDIT_RETENTION_DAYS,
    followDays: v.FOLLOW_DAYS,
    limits: {
      openPerUser: v.LIMIT_OPEN_PER_USER,
      dailyPerUser: v.LIMIT_DAILY_PER_USER,
      openPerTenant: v.LIMIT_OPEN_PER_TENANT,
    },
    messageLimits: { perUser: v.LIMIT_MESSAGES_PER_USER, perTenant: v.LIMIT_MESSAGES_PER_TENANT },
    scheduleLimits: { perUser: v.LIMIT_SCHEDULES_PER_USER, perTenant: v.LIMIT_SCHEDULES_PER_TENANT },
    appName: v.APP_NAME,
    operatorName: v.DEVELOPER_NAME,
    ...(v.OPERATOR_CONTACT !== undefined && { operatorUrl: v.OPERATOR_CONTACT }),
    logLevel: v.LOG_LEVEL,
    telemetry: telemetryOf(v),
  };
}
