/** Starts a minimal bot on the real SDK with everything around it, to prove that the SDK accepts the test channel and the signing proxy. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type TurnContext,
} from 'botbuilder';
import { createChannelAuthority, type ChannelAuthority } from '../../../src/sandbox/chat/channel-keys.ts';
import { sandboxPeople, sandboxTenantId } from '../../../src/sandbox/chat/people.ts';
import { createEntraSimulator, type EntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import { entraOptions, ssoClientId } from '../servers/entra-client.ts';
import { createTeamsChannel, type TeamsChannel } from './teams-channel.ts';

type EchoBot = Readonly<{ url: string; turns: Activity[]; stop: () => Promise<void> }>;

export type EchoWorld = Readonly<{
  botId: string;
  entra: EntraSimulator;
  authority: ChannelAuthority;
  bot: EchoBot;
  channel: TeamsChannel;
  /** What the bot does with its turns from now on. */
  onTurn: (handler: (context: TurnContext) => unknown) => void;
  stop: () => Promise<unknown>;
}>;

let worlds = 0;

/** Entra ID, a channel authority, a Teams channel and the bot, each on a port of its own. */
export const startEchoWorld = async (): Promise<EchoWorld> => {
  // The SDK keeps keys in process-wide caches: a bot id of its own for each test.
  worlds += 1;
  const botId = `5a4b1f1e-2f4c-4c0e-8a55-6f1a2b3c${String(4000 + worlds)}`;
  let handler: (context: TurnContext) => unknown = () => undefined;
  const entra = await createEntraSimulator(entraOptions);
  await entra.start();
  const authority = await createChannelAuthority();
  await authority.start();
  const onTurn = async (context: TurnContext) => {
    await handler(context);
  };
  const bot = await startEchoBot({ botId, authority, entra, tenantId: sandboxTenantId, onTurn });
  const channel = createTeamsChannel({
    botUrl: bot.url,
    botId,
    authority,
    entra,
    ssoClientId,
    users: sandboxPeople,
  });
  await channel.start();
  return {
    botId,
    entra,
    authority,
    bot,
    channel,
    onTurn: (next) => {
      handler = next;
    },
    stop: () => Promise.all([channel.stop(), bot.stop(), authority.stop(), entra.stop()]),
  };
};

type Options = Readonly<{
  botId: string;
  authority: ChannelAuthority;
  entra: EntraSimulator;
  tenantId: string;
  onTurn: (context: TurnContext) => Promise<void>;
}>;

const startEchoBot = async ({ botId, authority, entra, tenantId, onTurn }: Options): Promise<EchoBot> => {
  const connectorToken = await entra.sign(
    { aud: 'https://api.botframework.com', appid: botId, tid: tenantId },
    3_600,
  );
  const credentials = {
    oAuthScope: '',
    appId: botId,
    isValidAppId: (id: string) => Promise.resolve(id === botId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        signRequest: (request: { headers: { set: (name: string, value: string) => void } }) => {
          request.headers.set('authorization', `Bearer ${connectorToken}`);
          return Promise.resolve(request);
        },
      }),
  };
  const settings = {
    ToChannelFromBotLoginUrl: `${entra.url()}/${tenantId}`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: authority.issuer,
    OAuthUrl: authority.url(),
    ToBotFromChannelOpenIdMetadataUrl: authority.openIdUrl(),
    ToBotFromEmulatorOpenIdMetadataUrl: authority.openIdUrl(),
    CallerId: '',
  };
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(settings, credentials as never),
  );
  adapter.onTurnError = (_context, error) => Promise.reject(error);
  const turns: Activity[] = [];

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const answer = {
        socket: response.socket,
        status: (code: number) => (response.statusCode = code),
        header: (name: string, value: unknown) => response.setHeader(name, String(value)),
        send: (content: unknown) =>
          response.write(typeof content === 'string' ? content : JSON.stringify(content)),
        end: () => response.end(),
      };
      adapter
        .process(
          { headers: request.headers, method: 'POST', body } as never,
          answer as never,
          async (context) => {
            turns.push(context.activity);
            await onTurn(context);
          },
        )
        .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, turns, stop };
};
