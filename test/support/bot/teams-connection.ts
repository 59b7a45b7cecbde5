/** Connects the bot to a channel on loopback as the app does, but pauses only move its clock. */
import { alone } from '../surroundings/quiet.ts';
import {
  createBotCredentials,
  createTeamsAdapter,
  createServiceUrlGate,
} from '../../../src/bot/send/adapter.ts';
import {
  createAdmit,
  createSdkAuthentication,
  type Admit,
} from '../../../src/bot/receive/channel-authentication.ts';
import { createAskJson } from '../../../src/blocks/http/ask-json.ts';
import { createCoalesceUpdates } from '../../../src/blocks/coalesce-updates.ts';
import { createConnectorClients } from '../../../src/bot/send/connector-client.ts';
import { createConnector, type Connector } from '../../../src/bot/send/connector.ts';
import { createRetryPolicy } from '../../../src/bot/send/retry-policy.ts';
import { createSendLimits } from '../../../src/bot/send/send-limits.ts';
import type { Clock, Log } from '../../../src/ports/runtime.ts';
import type { LoopbackChannel } from './loopback-channel.ts';
import type { VirtualTime } from '../surroundings/virtual-time.ts';

interface Options {
  readonly botId: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly botToken?: () => Promise<string>;
  /** Besides the channel's own. */
  readonly hosts?: readonly string[];
  /** Instead of a clock that every pause moves on at once. */
  readonly time?: VirtualTime;
  readonly warmMilliseconds?: number;
}

export interface TeamsConnection {
  readonly admit: Admit;
  readonly connector: Connector;
  /** Milliseconds it would have waited. */
  readonly pauses: readonly number[];
}

export function connectTo(channel: LoopbackChannel, options: Options): TeamsConnection {
  const { botId, log, clock, botToken = () => Promise.resolve('bot-token'), hosts = [] } = options;
  const pauses: number[] = [];
  const { issuer, openIdUrl } = channel;
  const settings = {
    botId,
    loginUrl: 'https://login.test/tenant',
    channel: { issuer, openIdUrl, scope: 'https://channel.test/.default' },
  };
  const isAllowedServiceUrl = createServiceUrlGate([channel.host, ...hosts]);
  const authentication = createSdkAuthentication(settings, createBotCredentials(botId));
  let paused = 0;
  const now = options.time?.now ?? (() => new Date(clock.now().getTime() + paused));
  const pause = async (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    paused += milliseconds;
    await options.time?.pause(milliseconds);
  };
  const limits = createSendLimits({ clock: { now }, pause, instances: alone });
  const retry = createRetryPolicy({ pause, random: () => 0, now, limits });
  const adapter = createTeamsAdapter(
    authentication,
    createConnectorClients(botToken, options.warmMilliseconds),
  );
  return {
    admit: createAdmit({ settings, isAllowedServiceUrl, clock: { now }, askJson: createAskJson() }),
    connector: createConnector({
      adapter,
      botId,
      retry,
      isAllowedServiceUrl,
      limits,
      clock,
      log,
      coalesce: createCoalesceUpdates(),
    }),
    pauses,
  };
}
