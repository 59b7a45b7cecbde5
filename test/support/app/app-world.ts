/** Starts the whole production app between simulated Entra ID and Graph and a Teams channel, all over loopback HTTP. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp, type App, type Overrides } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { present } from '../../../src/domain/present.ts';
import { createLogger } from '../../../src/logger.ts';
import type { Clock } from '../../../src/ports/runtime.ts';
import { createChannelAuthority } from '../../../src/sandbox/chat/channel-keys.ts';
import {
  createEntraSimulator,
  type EntraSimulator,
  type EntraSimulatorOptions,
} from '../../../src/sandbox/entra/entra-simulator.ts';
import type { AppRegistration } from '../../../src/sandbox/entra/directory.ts';
import { createOwnApplication } from '../../../src/sandbox/entra/own-application.ts';
import { createFileHost, type FileHost } from '../../../src/sandbox/files/file-host.ts';
import { createGraphTokenCheck, neighbours } from '../../../src/sandbox/graph/graph-calls.ts';
import { createGraphSimulator, type GraphSimulator } from '../../../src/sandbox/graph/graph-simulator.ts';
import {
  createPlannerSimulator,
  type PlannerSimulator,
} from '../../../src/sandbox/planner/planner-simulator.ts';
import { sandboxPeople, type Person } from '../../../src/sandbox/chat/people.ts';
import { preparedData } from '../databases/databases.ts';
import { createTeamsChannel, type TeamsChannel } from '../teams/teams-channel.ts';
import { testPort } from '../servers/test-port.ts';

export interface AppWorld {
  readonly channel: TeamsChannel;
  readonly graph: GraphSimulator;
  /** Answers below the same address as `graph`. */
  readonly planner: PlannerSimulator;
  readonly entra: EntraSimulator;
  /** The simulated OneDrive. */
  readonly files: FileHost;
  readonly publicUrl: string;
  /** The environment that the app was configured with. */
  readonly variables: Readonly<Record<string, string>>;
  /** Everything that was logged, one JSON text. */
  readonly logged: () => string;
  /** Stops the app in order and starts another one over the same data. */
  readonly restart: (graceMilliseconds?: number) => Promise<void>;
  readonly stopApp: (graceMilliseconds?: number) => Promise<void>;
  /** Starts one more instance over the same data, which PostgreSQL allows; Teams speaks to the first. */
  readonly join: (variables?: Readonly<Record<string, string>>) => Promise<App>;
  /** Sets the app's clock forward; the database and everybody else keep the time, and so does an app in its own process: false. */
  readonly skip: (seconds: number) => boolean;
  readonly stop: () => Promise<void>;
}

export interface AppWorldOptions {
  /** Overrides environment variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** False leaves the app to the test, which runs it as a process of its own. */
  readonly runsApp?: boolean;
  /** Runs on another database than a fresh embedded one. */
  readonly databaseUrl?: string;
  /** Instead of the sandbox's: the bot serves each of their tenants. */
  readonly people?: readonly [Person, ...Person[]];
  /** The bot may answer the Teams channel under its other name, `localhost`, too. */
  readonly otherServiceName?: boolean;
  /** How Entra ID behaves. */
  readonly entra?: Pick<EntraSimulatorOptions, 'accessTokenSeconds' | 'detectReuse' | 'adminConsent'>;
  /** Beside the product's own. */
  readonly moreSources?: Overrides['moreSources'];
  /** Instead of the product's own. */
  readonly languages?: Overrides['languages'];
  /** Where a call for Graph goes. */
  readonly addressOf?: Overrides['addressOf'];
  /** Where Teams delivers, when not to the first instance. */
  readonly deliverTo?: () => string | undefined;
}

const ssoSecret = 'made-up sso secret';
const botSecret = 'made-up bot secret';

export async function startAppWorld(options: AppWorldOptions = {}): Promise<AppWorld> {
  const ids = { bot: randomUUID(), sso: randomUUID() };
  const users = options.people ?? sandboxPeople;
  const botPort = await testPort();
  const publicUrl = `http://127.0.0.1:${String(botPort)}`;
  const clients = registrationsOf(ids, users, publicUrl);
  const entra = await createEntraSimulator({ users, ...options.entra, clients });
  await entra.start();
  const authority = await createChannelAuthority();
  await authority.start();
  const planner = createPlannerSimulator({ people: users, pageSize: 10 });
  const graph = createGraphSimulator({
    beside: neighbours(
      planner,
      createOwnApplication(() => clients),
    ),
    verifyToken: createGraphTokenCheck({ jwksUrl: entra.jwksUrl(), clock: Date.now }),
    fallback: { kind: 'manual' },
  });
  await graph.start();
  const channel = createTeamsChannel({
    botUrl: () => options.deliverTo?.() ?? publicUrl,
    botId: ids.bot,
    authority,
    entra,
    ssoClientId: ids.sso,
    users,
  });
  await channel.start();
  const files = createFileHost();
  await files.start();
  const folder = await mkdtemp(path.join(tmpdir(), 'okr-export-app-'));
  const database = await databaseVariables(folder, options.databaseUrl);
  const variables: Readonly<Record<string, string>> = {
    HOST: '127.0.0.1',
    PORT: String(botPort),
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: 'debug',
    BOT_ID: ids.bot,
    BOT_PASSWORD: botSecret,
    BOT_TENANT_ID: users[0].tid,
    AAD_APP_CLIENT_ID: ids.sso,
    AAD_APP_CLIENT_SECRET: ssoSecret,
    AAD_APP_ID_URI: `api://botid-${ids.bot}`,
    ALLOWED_TENANTS: [...new Set(users.map(({ tid }) => tid))].join(','),
    // Tests are quicker than people.
    LIMIT_MESSAGES_PER_USER: '1000000',
    LIMIT_MESSAGES_PER_TENANT: '1000000',
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    FILE_HOSTS: files.host(),
    GRAPH_BASE_URL: graph.url(),
    ENTRA_BASE_URL: entra.url(),
    BOT_CHANNEL_ISSUER: authority.issuer,
    BOT_CHANNEL_OPENID_URL: authority.openIdUrl(),
    BOT_SERVICE_URL_HOSTS: serviceHosts(channel.serviceUrl(), options.otherServiceName === true),
    ...database,
    ...options.variables,
  };
  const lines: string[] = [];
  let skipped = 0;
  const clock: Clock = { now: () => new Date(Date.now() + skipped) };
  const outside = {
    clock,
    ...present({
      addressOf: options.addressOf,
      languages: options.languages,
      moreSources: options.moreSources,
    }),
  };
  let app = options.runsApp === false ? undefined : await runApp(variables, lines, outside);
  const stopApp = async (graceMilliseconds = 5_000): Promise<void> => {
    await app?.stop(graceMilliseconds);
    app = undefined;
  };
  return {
    channel,
    graph,
    planner,
    entra,
    files,
    publicUrl,
    variables,
    stopApp,
    logged: () => lines.join(''),
    join: async (more) => runApp({ ...variables, PORT: String(await testPort()), ...more }, lines, outside),
    restart: async (graceMilliseconds) => {
      await stopApp(graceMilliseconds);
      app = await runApp(variables, lines, outside);
    },
    skip: (seconds) => {
      skipped += seconds * 1000;
      return options.runsApp !== false;
    },
    stop: async () => {
      await stopApp();
      await Promise.all([channel.stop(), graph.stop(), files.stop(), authority.stop(), entra.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As docs/configuration.md has them filled in. */
function registrationsOf(
  ids: { readonly bot: string; readonly sso: string },
  users: readonly [Person, ...Person[]],
  publicUrl: string,
): readonly AppRegistration[] {
  const api = { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [], preAuthorizedApplications: [] };
  const shown = {
    homeTenant: users[0].tid,
    signInAudience: new Set(users.map(({ tid }) => tid)).size > 1 ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    secretEnds: new Date(Date.now() + 365 * 24 * 3600_000).toISOString(),
  };
  const scope = { id: randomUUID(), value: 'access_as_user', isEnabled: true };
  const preAuthorizedApplications = [
    '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
    '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  ].map((appId) => ({ appId, delegatedPermissionIds: [scope.id] }));
  return [
    { clientId: ids.bot, secret: botSecret, redirectUris: [], shown: { ...shown, api } },
    {
      clientId: ids.sso,
      secret: ssoSecret,
      appIdUri: `api://botid-${ids.bot}`,
      redirectUris: [`${publicUrl}/auth/callback`, `${publicUrl}/auth/consented`],
      shown: { ...shown, api: { ...api, oauth2PermissionScopes: [scope], preAuthorizedApplications } },
    },
  ];
}

function serviceHosts(serviceUrl: string, withOtherName: boolean): string {
  const { host, port } = new URL(serviceUrl);
  return withOtherName ? `${host},localhost:${port}` : host;
}

async function databaseVariables(folder: string, url?: string): Promise<Readonly<Record<string, string>>> {
  if (url !== undefined) return { DATABASE_URL: url };
  const data = path.join(folder, 'data');
  await preparedData(data);
  return { DATA_DIR: data };
}

async function runApp(
  variables: Readonly<Record<string, string>>,
  lines: string[],
  outside: Pick<Overrides, 'clock' | 'addressOf' | 'languages' | 'moreSources'>,
): Promise<App> {
  const reading = readConfig(variables);
  if (reading.kind === 'mistakes') throw new Error(JSON.stringify(reading.mistakes));
  const log = createLogger('debug', { write: (line) => void lines.push(line) });
  const app = await createApp(reading.config, { log, ...outside });
  await app.start();
  return app;
}
