/** Sets up the SDK's adapter: its own retries off, ours on, no redirects, the bot's token from outside. */
import { CloudAdapter } from 'botbuilder';
import type { BotFrameworkAuthentication, ServiceClientCredentialsFactory } from 'botframework-connector';
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
