/** Sets up the SDK's adapter, and reaches the connector with it: lasting clients, no retries, no redirects, the bot's token, allowed hosts. */
import { CloudAdapter, type ConversationAccount, type ConversationReference } from 'botbuilder';
import {
  ClaimsIdentity,
  type BotFrameworkAuthentication,
  type ConnectorClient as SdkConnectorClient,
  type ServiceClientCredentialsFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { isOnAllowedHost } from '../../domain/allowed-hosts.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { ConnectorClient } from './connector-client.ts';

/** The SDK's class has no state of its own: what it can do is enough. */
export type BotCredentials = Pick<ServiceClientCredentialsFactory, keyof ServiceClientCredentialsFactory>;

/** Nothing is sent with them: what is sent has its token from `createConnectorClients`. */
export const createBotCredentials = (botId: string): BotCredentials => ({
  isValidAppId: (appId) => Promise.resolve(appId === botId),
  isAuthenticationDisabled: () => Promise.resolve(false),
  createCredentials: () => Promise.resolve({ signRequest: (request) => Promise.resolve(request) }),
});

/** Whose tokens the bot sends with is its credentials' to say. */
const nobody = new ClaimsIdentity([]);

/** The SDK wants a client for each turn, and none of ours uses it. */
const noUserTokens = Object.create(null) as UserTokenClient;

const maxClients = 100;

/**
 * Gives each turn the client of its service URL. The SDK makes two for each turn, whose pipelines cost more than all else that a
 * message needs; it also posts again what may have arrived, and follows redirects.
 * @param clientFor see `createConnectorClients`
 */
export function createTeamsAdapter(
  authentication: BotFrameworkAuthentication,
  clientFor: (serviceUrl: string) => ConnectorClient,
): CloudAdapter {
  const clients = new Map<string, ConnectorClient>();
  const factory = derived(authentication.createConnectorFactory(nobody), {
    create: (serviceUrl: string) => {
      const client = clients.get(serviceUrl) ?? clientFor(serviceUrl);
      if (!clients.has(serviceUrl) && clients.size >= maxClients) clients.clear();
      clients.set(serviceUrl, client);
      // It is handed to nobody but `withConnector`.
      return Promise.resolve(client as unknown as SdkConnectorClient);
    },
  });
  return new CloudAdapter(
    derived(authentication, {
      createConnectorFactory: () => factory,
      // Nobody's tokens are kept with the channel, and a client for them takes as long as the rest of a first message.
      createUserTokenClient: () => Promise.resolve(noUserTokens),
    }),
  );
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
    const url = URL.parse(serviceUrl);
    return url !== null && plainHost.test(url.host) && isOnAllowedHost(url, entries);
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
