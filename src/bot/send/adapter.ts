/** Sets up the SDK's adapter, and reaches the connector with it: no retries but ours, no redirects, the bot's token, allowed hosts. */
import { CloudAdapter, type ConversationAccount, type ConversationReference } from 'botbuilder';
import type {
  BotFrameworkAuthentication,
  ConnectorClient,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { isOnAllowedHost } from '../../domain/allowed-hosts.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { RetryPolicyFor, PipelinePolicy } from './retry-policy.ts';
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

interface Pipeline {
  readonly removePolicy: (named: { readonly name: string }) => unknown;
  readonly addPolicy: (policy: PipelinePolicy, options: { readonly phase: 'Retry' }) => void;
}

/** Mends every connector client as it is made, before anything is sent with it. */
export function createTeamsAdapter(
  authentication: BotFrameworkAuthentication,
  policyFor: RetryPolicyFor,
): CloudAdapter {
  const adapter = new CloudAdapter(authentication);
  return adapter.use(async (context, next) => {
    // The field is private in the SDK's types and the only way to its pipeline.
    const connector = context.turnState.get<{ readonly client: { readonly pipeline: Pipeline } }>(
      adapter.ConnectorClientKey,
    );
    const { pipeline } = connector.client;
    pipeline.removePolicy({ name: 'defaultRetryPolicy' });
    pipeline.removePolicy({ name: 'redirectPolicy' });
    const { id: conversationId, tenantId = '' } = context.activity.conversation;
    pipeline.addPolicy(policyFor({ conversationId, tenantId }), { phase: 'Retry' });
    await next();
  });
}

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
