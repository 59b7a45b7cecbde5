/** Builds the whole bot: every part once. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createGraphClient } from './adapters/graph/http/graph-client.ts';
import { createUserTokens } from './adapters/identity/user-tokens.ts';
import { createBotFloor, createChannel } from './app/bot-floor.ts';
import { openData } from './app/data.ts';
import { createLifecycle, type App } from './app/lifecycle.ts';
import { createMeasuring } from './app/measuring.ts';
import { metered, meteredFollowUp, meteredNames, meteredSignIns } from './app/metered.ts';
import { meetTenants, onlyServed } from './app/served-tenants.ts';
import { createTelemetry } from './app/telemetry/telemetry.ts';
import { createUseCases } from './app/use-cases.ts';
import { version } from './app/version.ts';
import { createBackground } from './background.ts';
import { createAskJson } from './blocks/http/ask-json.ts';
import type { AddressOf } from './blocks/http/send-http.ts';
import { createProcessAge } from './blocks/warm-up.ts';
import { exportCard } from './cards/export/export-card.ts';
import type { Config } from './config.ts';
import { createMessageLinks } from './domain/exports/message-links.ts';
import type { ExportSource } from './ports/export-source.ts';
import type { Chance, Clock, Log } from './ports/runtime.ts';
import type { SourceFacts } from './ports/export-source.ts';
import { connectSources, createSources } from './sources/sources.ts';
import { createWebServer } from './web/server.ts';
import { createWordsFor, languages, type Languages } from './words/words.ts';
import { createOkrFiles } from './adapters/okr-files/okr-files.ts';
import { createDrive } from './adapters/teams-files/drive.ts';
import { createFetchAttachment } from './adapters/teams-files/fetch-attachment.ts';
import { present } from './domain/present.ts';

/** The outside world, replaceable from the top only. */
export interface Overrides {
  readonly log: Log;
  readonly clock?: Clock;
  readonly chance?: Chance;
  readonly addressOf?: AddressOf;
  readonly languages?: Languages;
  /** Beside those that this bot has. */
  readonly moreSources?: readonly ExportSource[];
}

const systemClock: Clock = { now: () => new Date() };
const systemChance: Chance = {
  random: Math.random,
  newId: randomUUID,
  newSecret: () => randomBytes(32).toString('base64url'),
};

const databasePatience = 2000;
const bytesPerMegabyte = 1_000_000;

export type { App };

/** Opens the database; nothing listens and nothing is worked on before `start`. */
export async function createApp(config: Config, overrides: Overrides): Promise<App> {
  const { clock = systemClock, chance = systemChance } = overrides;
  const { traced, ...telemetry } = await createTelemetry(config, version, overrides.log);
  const log = traced.log(overrides.log);
  const { database, queue, instances, ...kept } = await openData(config, { log, clock, chance });
  const { stores, transact, readFigures } = kept;
  const measuring = await createMeasuring(config, readFigures, log, telemetry);
  const { metrics } = measuring;
  const outside = {
    log,
    clock,
    chance,
    background: createBackground(log),
    metrics,
    processAge: createProcessAge(),
    askJson: createAskJson(),
    wordsFor: createWordsFor(overrides.languages ?? languages),
    ...(overrides.addressOf === undefined ? {} : { addressOf: overrides.addressOf }),
  };
  const sources = createAllSources(config, overrides, { ...outside, watch: metrics });
  const registration = registrationOf(config, sources.all);
  const anybodys = createUserTokens({ ...registration, db: database.db, transact, ...outside });
  const tokens = onlyServed(anybodys, config.allowedTenants);
  const channel = createChannel({ config, tokens, instances, ...outside });
  const files = createFiles(config, outside);
  const counted = traced.ports(metered({ stores, sources, messenger: channel.messenger }, outside));
  const own = { transact: traced.transact(transact), tokens };
  const parts = { ...counted, ...files, ...channel.people, ...own, ...outside };
  const useCases = meteredNames(meteredSignIns(createUseCases(parts, config), metrics), metrics);
  const { downloadExport, signInByBrowser, consentLanded } = useCases;
  const readLinks = createMessageLinks(sources.all);
  const web = createWebServer({
    ...siteOf(config),
    log,
    wordsFor: outside.wordsFor,
    ...traced.turn(createBotFloor({ ...parts, instances, config, readLinks, useCases }, channel)),
    pingDatabase: () => database.ping(databasePatience),
    beginSignIn: signInByBrowser.begin,
    finishSignIn: signInByBrowser.finish,
    consentLanded,
    openDownload: downloadExport.open,
    takeDownload: downloadExport.take,
    exportCardFor: (words, job) => exportCard(words, { job, audience: 'owner', now: clock.now() }),
  });
  return createLifecycle({
    web,
    measuring,
    queue,
    instances,
    background: outside.background,
    database,
    closeFiles: files.close,
    endFirstPosts: useCases.engine.endFirstPosts,
    ...traced.work({ ...useCases, followUp: meteredFollowUp(useCases.engine.followUp, outside) }),
    wakePaused: useCases.wakePaused,
    chainAudit: kept.chainAudit,
    meetTenants: (ended) => meetTenants(tokens, config.allowedTenants, ended),
    tidy: () => kept.tidy(clock.now()),
  });
}

const registrationOf = (
  { publicUrl, entraBaseUrl, encryptionKeys, app }: Config,
  sources: readonly SourceFacts[],
) => ({
  withoutAdministrator: sources
    .filter(({ peopleMayAllow }) => peopleMayAllow === true)
    .flatMap(({ scopes }) => scopes),
  entraBaseUrl,
  clientId: app.clientId,
  clientAuth: app.auth,
  appIdUri: app.idUri,
  redirectUri: `${publicUrl}/auth/callback`,
  adminConsentRedirectUri: `${publicUrl}/auth/consented`,
  keys: encryptionKeys,
});

function createAllSources(
  config: Config,
  { moreSources = [] }: Pick<Overrides, 'moreSources'>,
  outside: Omit<Parameters<typeof createGraphClient>[0], keyof ReturnType<typeof limitsOfGraph>>,
) {
  const graph = createGraphClient({ ...limitsOfGraph(config), ...outside });
  return createSources([...connectSources(graph, config.sources), ...moreSources]);
}

const limitsOfGraph = ({ graph }: Config) => ({
  baseUrl: graph.baseUrl,
  downloadHosts: graph.downloadHosts,
  maxDownloadBytes: graph.maxDownloadMegabytes * bytesPerMegabyte,
});

const siteOf = ({ listen, publicUrl, ...config }: Config) => ({
  host: listen.host,
  port: listen.port,
  publicUrl: new URL(publicUrl),
  about: {
    appName: config.appName,
    operatorName: config.operatorName,
    ...present({ operatorUrl: config.operatorUrl }),
    retentionDays: config.retentionDays,
    auditRetentionDays: config.auditRetentionDays,
  },
});

function createFiles({ files }: Pick<Config, 'files'>, { log }: { readonly log: Log }) {
  const okrFiles = createOkrFiles({ log });
  const outside = { log, hosts: files.hosts };
  return {
    okrFiles,
    fetchAttachment: createFetchAttachment(outside),
    drive: createDrive(outside),
    /** Ends what is being read or made. */
    close: () => okrFiles.close(),
  };
}
