/** Starts an echo bot and everything around it: Entra ID, a channel authority and a Teams channel, each on a port of its own. */
import type { TurnContext } from 'botbuilder';
import type { ChannelAuthority } from '../../../src/sandbox/chat/channel-keys.ts';
import { createChannelAuthority } from '../../../src/sandbox/chat/channel-keys.ts';
import type { EntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import { createEntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import { sandboxPeople, sandboxTenantId } from '../../../src/sandbox/chat/people.ts';
import type { EchoBot } from './echo-bot.ts';
import { startEchoBot } from './echo-bot.ts';
import { entraOptions, ssoClientId } from '../servers/entra-client.ts';
import type { TeamsChannel } from './teams-channel.ts';
import { createTeamsChannel } from './teams-channel.ts';

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
