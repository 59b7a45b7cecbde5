/** Starts the whole product on one machine without a tenant: simulators, the production bot, and a chat client in front. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { bothStarted, type Part } from './both-started.ts';
import { createChannelAuthority } from './chat/channel-keys.ts';
import { choosePorts, type Ports } from './choose-ports.ts';
import { createConnectorProxy, type ConnectorProxy } from './connector-proxy.ts';
import { createEntraSimulator } from './entra/entra-simulator.ts';
import { comesFromElsewhere, comesTwice, strangeTenantOf } from './faults/teams-faults.ts';
import { playFaults, createWayToGraph } from './faults/play-faults.ts';
import {
  createAnswerConsent,
  createHandFile,
  createPersonalChatMemory,
  type PersonalChatMemory,
} from './files/speak-as-teams.ts';
import { createConsentDesk } from './files/consent-desk.ts';
import { createFileHost } from './files/file-host.ts';
import { createGraphTokenCheck } from './graph/graph-calls.ts';
import { createGraphSimulator, type GraphSimulator } from './graph/graph-simulator.ts';
import { planScenarios } from './planner/plan-scenarios.ts';
import { createPlannerSimulator, type PlannerSimulator } from './planner/planner-simulator.ts';
import { clockRoute } from './pages/clock-form.ts';
import { faultsPage } from './pages/faults-page.ts';
import { handFileRoutes } from './pages/hand-file-page.ts';
import { oneDrivePath, oneDriveRoutes } from './pages/onedrive-page.ts';
import { createPageServer } from './pages/page-server.ts';
import { speakerRoute } from './pages/speaker-form.ts';
import { sandboxPeople, speakers, teamOwner } from './chat/people.ts';
import { createSpeaker, type Speaker } from './chat/speaker.ts';
import { withTeamOwner } from './chat/team-owner.ts';
import { startPlayground, type Playground } from './chat/playground.ts';
import { startBot, variablesFor, loadSandboxSecrets, type SandboxSecrets } from './production-bot.ts';
import { createMovableClock, type MovableClock } from './movable-clock.ts';
import { withoutDialogs } from './chat/without-dialogs.ts';
import { createSigningProxy } from './chat/signing-proxy.ts';

export type SandboxOptions = Readonly<{
  /** Everything it keeps; deleting it starts afresh. */
  folder: string;
  /** The chat's port; the others are neighbours of it. 0 takes any. */
  port: number;
}>;

export type Sandbox = Readonly<{
  chatUrl: string;
  /** The sandbox's own pages. */
  pagesUrl: string;
  logFile: string;
  /** What stands in for Microsoft Graph. */
  graph: GraphSimulator;
  planner: PlannerSimulator;
  /** Resolves when the chat client ends by itself. */
  chatEnded: Promise<void>;
  stop: () => Promise<void>;
}>;

/** @throws Error in plain words; whatever had started is stopped again */
export async function startSandbox({ folder, port }: SandboxOptions): Promise<Sandbox> {
  mkdirSync(folder, { recursive: true });
  const started: Part[] = [];
  const stop = async (): Promise<void> => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  try {
    const { playground, ...parts } = await startParts(folder, port, started);
    return { chatUrl: playground.url, ...parts, chatEnded: playground.ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  folder: string,
  port: number,
  started: Part[],
): Promise<
  { readonly playground: Playground } & Pick<Sandbox, 'pagesUrl' | 'logFile' | 'graph' | 'planner'>
> {
  const ports = await choosePorts(port);
  const secrets = loadSandboxSecrets(path.join(folder, 'secrets.json'));
  const publicUrl = `http://localhost:${ports.bot}`;
  const clock = createMovableClock();
  const simulators = await startSimulators({ folder, ports, secrets, publicUrl, clock }, started);
  const logFile = path.join(folder, 'bot.log');
  const variables = { ...variablesFor(folder, ports, secrets, publicUrl), ...simulators.variables };
  const { desk, files, way } = simulators;
  const memory = createPersonalChatMemory();
  const speaker = createSpeaker(speakers);
  const endpoint = await startSigning({ ports, secrets, simulators, memory, speaker }, started);
  // Two processes; the chat client speaks to the bot only once somebody opens it.
  const [bot, playground] = await bothStarted(
    startBot(variables, logFile, { addressOf: way.addressOf, clock: { now: () => new Date(clock.now()) } }),
    startPlayground({
      folder: path.join(folder, 'playground'),
      port: ports.chat,
      botId: secrets.botId,
      botEndpoint: endpoint,
      people: sandboxPeople,
    }),
    started,
  );
  const chatting = { fileHost: files, chat: memory.chat, endpoint };
  const handFile = createHandFile(chatting);
  const answerConsent = createAnswerConsent({ ...chatting, desk });
  const setForward = createSetForward(clock, simulators.planner, bot);
  const pages = createPageServer({
    port: ports.pages,
    chatUrl: playground.url,
    // In the order in which the start page lists them.
    routes: [
      ...handFileRoutes({ handFile, chatUrl: playground.url, clock: () => clock.now() }),
      ...oneDriveRoutes({ desk, fileHost: files, answerConsent }),
      faultsPage,
      clockRoute({ now: () => clock.now(), setForward, chatUrl: playground.url }),
      speakerRoute({ speaker, people: speakers, teamOwner, chatUrl: playground.url }),
    ],
  });
  const { url: pagesUrl } = await pages.start();
  started.push(pages);
  return { playground, pagesUrl, logFile, graph: simulators.graph, planner: simulators.planner };
}

interface Signing extends Pick<Surroundings, 'ports' | 'secrets'> {
  readonly simulators: Pick<Awaited<ReturnType<typeof startSimulators>>, 'authority' | 'connector'>;
  readonly memory: PersonalChatMemory;
  readonly speaker: Speaker;
}

/** Resolves with where the chat client sends its activities. */
async function startSigning(
  { ports, secrets, simulators, memory, speaker }: Signing,
  started: Part[],
): Promise<string> {
  const proxy = createSigningProxy({
    target: `http://127.0.0.1:${ports.bot}`,
    authority: simulators.authority,
    botId: secrets.botId,
    comesTwice,
    serviceUrlFor: serviceUrlsOf(simulators.connector),
    tenantFor: strangeTenantOf,
    seen: memory.note,
    asShown: withoutDialogs,
    spoken: speaker.spoken,
  });
  const { url } = await proxy.start();
  started.push(proxy);
  return `${url}/api/messages`;
}

/** Of all that goes by the clock: plans move on by a step, and what is due by then is due now. */
const createSetForward = (
  clock: MovableClock,
  planner: Pick<PlannerSimulator, 'moveOn'>,
  bot: Awaited<ReturnType<typeof startBot>>,
) =>
  async function setForward(to: Date): Promise<void> {
    const seconds = clock.setForward(to);
    for (const { planId } of planScenarios) planner.moveOn(planId);
    await bot.bringForward(seconds);
  };

/** Once the link that says so was pasted, each message names the other address in turn. */
function serviceUrlsOf(connector: ConnectorProxy) {
  let isElsewhere = false;
  return function serviceUrlFor(given: string, text: string): string {
    if (comesFromElsewhere(text)) isElsewhere = !isElsewhere;
    return connector.serviceUrl(given, isElsewhere ? 'other' : undefined);
  };
}

interface Surroundings {
  readonly folder: string;
  readonly ports: Ports;
  readonly secrets: SandboxSecrets;
  readonly publicUrl: string;
  readonly clock: MovableClock;
}

async function startSimulators(
  { folder, ports, secrets, publicUrl, clock: shared }: Surroundings,
  started: Part[],
) {
  const clock = (): number => shared.now();
  const authority = await createChannelAuthority({
    port: ports.channel,
    keyFile: path.join(folder, 'channel-key.json'),
  });
  const entra = await createEntraSimulator({
    port: ports.entra,
    clock,
    keyFile: path.join(folder, 'entra-key.json'),
    users: sandboxPeople,
    clients: [
      { clientId: secrets.botId, secret: secrets.botPassword, redirectUris: [] },
      {
        clientId: secrets.appClientId,
        secret: secrets.appSecret,
        appIdUri: `api://botid-${secrets.botId}`,
        redirectUris: [`${publicUrl}/auth/callback`, `${publicUrl}/auth/consented`],
      },
    ],
  });
  const begin = async <P extends Part & { readonly start: () => Promise<unknown> }>(part: P): Promise<P> => {
    await part.start();
    started.push(part);
    return part;
  };
  await begin(authority);
  await begin(entra);
  const planner = createPlannerSimulator({ people: sandboxPeople, stepMs: 30_000 });
  const graph = await begin(
    createGraphSimulator({
      beside: planner,
      port: ports.graph,
      clock,
      journalFile: path.join(folder, 'graph-jobs.jsonl'),
      verifyToken: createGraphTokenCheck({ jwksUrl: entra.jwksUrl(), clock }),
    }),
  );
  const desk = createConsentDesk(`http://localhost:${ports.pages}${oneDrivePath}`);
  const connector = await begin(
    createConnectorProxy({ port: ports.connector, desk, withOwner: withTeamOwner(teamOwner) }),
  );
  const way = createWayToGraph();
  playFaults({ graph, entra, connector, way, planner }, { retryAfterSeconds: 10 });
  const files = await begin(createFileHost({ port: ports.files, clock }));
  const variables = {
    FILE_HOSTS: files.host(),
    BOT_SERVICE_URL_HOSTS: connector.hosts().join(','),
    GRAPH_BASE_URL: graph.url(),
    ENTRA_BASE_URL: entra.url(),
    BOT_CHANNEL_ISSUER: authority.issuer,
    BOT_CHANNEL_OPENID_URL: authority.openIdUrl(),
  };
  return { authority, graph, planner, connector, desk, files, way, variables };
}
