/** Runs a minimal bot on the real SDK, to prove that the SDK accepts the test channel and the signing proxy. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Activity, TurnContext } from 'botbuilder';
import type { ChannelAuthority } from '../../../src/sandbox/chat/channel-keys.ts';
import type { EntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';

export type EchoBot = Readonly<{ url: string; turns: Activity[]; stop: () => Promise<void> }>;

type Options = Readonly<{
  botId: string;
  authority: ChannelAuthority;
  entra: EntraSimulator;
  tenantId: string;
  onTurn: (context: TurnContext) => Promise<void>;
}>;

export const startEchoBot = async ({
  botId,
  authority,
  entra,
  tenantId,
  onTurn,
}: Options): Promise<EchoBot> => {
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
