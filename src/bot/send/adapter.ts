/** Sets up the SDK's adapter, and reaches the connector with it: lasting clients, no retries, no redirects, the bot's token, allowed hosts. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { CloudAdapter, type ConversationAccount, type ConversationReference } from 'botbuilder';
import {
  ClaimsIdentity,
  type BotFrameworkAuthentication,
  type ConnectorClient,
  type ConnectorFactory,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { isOnAllowedHost } from '../../domain/allowed-hosts.ts';
import type { Conversation } from '../../ports/conversation.ts';
import { BotTokenError } from './send-outcome.ts';

/** A bearer token for the connector. Throws when there is none to be had. */
export type BotToken = () => Promise<string>;

/** The SDK's class has no state of its own: what it can do is enough. */
export type BotCredentials = Pick<ServiceClientCredentialsFactory, keyof ServiceClientCredentialsFactory>;

export const createBotCredentials = (botId: string, botToken: BotToken): BotCredentials => ({
  isValidAppId: (appId) => Promise.resolve(appId === botId),
  isAuthenticationDisabled: () => Promise.resolve(false),
  createCredentials: () =>
    Promise.resolve({
      signRequest: async (request) => {
        const token = await botToken().catch((cause: unknown) => {
          throw new BotTokenError('The bot got no token for the connector.', { cause });
        });
        request.headers.set('authorization', `Bearer ${token}`);
        return request;
      },
    }),
});

/** Whose tokens the bot sends with is its credentials' to say. */
const nobody = new ClaimsIdentity([]);

/** The parts of a client's pipeline that we use. Source: @azure/core-rest-pipeline. */
interface PipelineRequest {
  readonly url: string;
  timeout: number;
  agent?: HttpAgent;
}
interface PipelinePolicy {
  readonly name: string;
  readonly sendRequest: <R>(
    request: PipelineRequest,
    next: (request: PipelineRequest) => Promise<R>,
  ) => Promise<R>;
}
interface Pipeline {
  readonly removePolicy: (named: { readonly name: string }) => unknown;
  readonly addPolicy: (policy: PipelinePolicy) => void;
}

/**
 * Milliseconds. A connection that has been idle for longer may be closed by the connector just when it is used, and nobody knows
 * then whether what it carried arrived; any front end keeps one for longer than this.
 */
const usuallyWarmFor = 2_000;
/** To one host; what comes then waits for one of them, and nothing of it has left. */
const maxConnections = 128;
const answerWithinMilliseconds = 10_000;
const maxClients = 100;

/** @param warmMilliseconds how long a connection may have been idle when it is used again */
export function createTeamsAdapter(
  authentication: BotFrameworkAuthentication,
  warmMilliseconds = usuallyWarmFor,
): CloudAdapter {
  const pool = { keepAlive: true, timeout: warmMilliseconds, maxSockets: maxConnections };
  const agents = { 'http:': new HttpAgent(pool), 'https:': new HttpsAgent(pool) };
  const policy: PipelinePolicy = {
    name: 'connectionPool',
    sendRequest: (request, next) => {
      request.timeout = answerWithinMilliseconds;
      request.agent = agents[request.url.startsWith('https:') ? 'https:' : 'http:'];
      return next(request);
    },
  };
  return new CloudAdapter(
    withLastingClients(authentication, (client) => {
      // The field is private in the SDK's types and the only way to its pipeline.
      const { pipeline } = (client as unknown as { readonly client: { readonly pipeline: Pipeline } }).client;
      // It retries what may have arrived, and ignores the options given to it.
      pipeline.removePolicy({ name: 'defaultRetryPolicy' });
      pipeline.removePolicy({ name: 'redirectPolicy' });
      pipeline.addPolicy(policy);
    }),
  );
}

/** The SDK makes two clients for each turn, which is most of what a turn costs; these last, one for each service URL. */
function withLastingClients(
  authentication: BotFrameworkAuthentication,
  mend: (client: ConnectorClient) => void,
): BotFrameworkAuthentication {
  const clients = new Map<string, Promise<ConnectorClient>>();
  const factory = authentication.createConnectorFactory(nobody);
  // Nobody's tokens are kept with the channel; the SDK wants a client for them all the same.
  let userTokens: ReturnType<BotFrameworkAuthentication['createUserTokenClient']> | undefined;
  const create: ConnectorFactory['create'] = async (serviceUrl, audience) => {
    const client = await factory.create(serviceUrl, audience);
    mend(client);
    return client;
  };
  const lasting = derived(factory, {
    create: (serviceUrl: string, audience: string) => {
      const key = `${serviceUrl} ${audience}`;
      const known = clients.get(key);
      if (known !== undefined) return known;
      if (clients.size >= maxClients) clients.clear();
      const created = create(serviceUrl, audience);
      clients.set(key, created);
      return created;
    },
  });
  return derived(authentication, {
    createConnectorFactory: () => lasting,
    createUserTokenClient: () => (userTokens ??= authentication.createUserTokenClient(nobody)),
  });
}

/** As the original, but for some of its methods. */
const derived = <T extends object>(original: T, methods: Partial<T>): T =>
  Object.assign(Object.create(original) as T, methods);

/** The bot sends nowhere but to hosts on the operator's list. */
export type IsAllowedServiceUrl = (serviceUrl: string) => boolean;

/** No host of the connector has other letters; some that do would be read differently by the next program. */
const plainHost = /^[a-z0-9[\]:.-]+$/;

/** @param entries as for `isOnAllowedHost` */
export function createServiceUrlGate(entries: readonly string[]): IsAllowedServiceUrl {
  return function isAllowedServiceUrl(serviceUrl) {
    if (!URL.canParse(serviceUrl)) return false;
    const url = new URL(serviceUrl);
    return plainHost.test(url.host) && isOnAllowedHost(url, entries);
  };
}

/** Runs with the connector client of a conversation, whose host must have been checked. */
export function withConnector(
  { adapter, botId }: { readonly adapter: CloudAdapter; readonly botId: string },
  conversation: Conversation,
  work: (client: ConnectorClient) => Promise<void>,
): Promise<void> {
  return adapter.continueConversationAsync(botId, referenceTo(conversation), (context) =>
    work(context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey)),
  );
}

export const conversationAccount = (conversation: Conversation): ConversationAccount => ({
  id: conversation.conversationId,
  tenantId: conversation.tenantId,
  name: '',
  conversationType: conversation.kind,
  isGroup: conversation.kind !== 'personal',
});

const referenceTo = (conversation: Conversation): Partial<ConversationReference> => ({
  channelId: 'msteams',
  serviceUrl: conversation.serviceUrl,
  conversation: conversationAccount(conversation),
  bot: { id: conversation.botChannelId, name: '' },
});
