/** Admits as Microsoft's SDK does, with what is mended around it: the reference that the bot's own check is compared with. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Activity } from 'botbuilder';
import {
  createSdkAuthentication,
  type Admit,
  type SdkSettings,
} from '../../../src/bot/receive/channel-authentication.ts';
import { createBotCredentials, type IsAllowedServiceUrl } from '../../../src/bot/send/adapter.ts';

export function createSdkAdmit(settings: SdkSettings, isAllowedServiceUrl: IsAllowedServiceUrl): Admit {
  const credentials = createBotCredentials(settings.botId);
  const authentication = createSdkAuthentication(settings, credentials);
  return async function admit(authorization = '', { channelId, serviceUrl } = {}) {
    if (issuerIn(authorization) !== settings.channel.issuer)
      return refused('the token is not of the channel');
    if (channelId !== 'msteams') return refused('the channel is not Microsoft Teams');
    if (serviceUrl === undefined || !isAllowedServiceUrl(serviceUrl))
      return refused('the service URL is not on the allow-list');
    try {
      const addressed = { channelId, serviceUrl } as Activity;
      await withoutConsole(() => authentication.authenticateRequest(addressed, authorization));
      return { kind: 'admitted' };
    } catch (cause) {
      return refused(cause instanceof Error ? cause.name : 'unknown');
    }
  };
}

const refused = (why: string): Awaited<ReturnType<Admit>> => ({ kind: 'refused', why });

const bearerToken = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/;

/** The SDK remembers each tenant that it reads in a token for ever, so junk is kept from it. */
function issuerIn(authorization: string): unknown {
  const encoded = bearerToken.exec(authorization)?.[1] ?? '';
  try {
    const claims: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : undefined;
  } catch {
    return undefined;
  }
}

const methods = ['debug', 'log', 'info', 'warn', 'error'] as const;
const sdkCode = new AsyncLocalStorage<true>();
let isChanged = false;

/**
 * Runs SDK code and drops what it writes meanwhile, and only that: for each bad token it prints the key or a stack trace, outside
 * of our log. What matters comes back as its error.
 */
export function withoutConsole<T>(work: () => Promise<T>): Promise<T> {
  changeConsole();
  return sdkCode.run(true, work);
}

/** A process has one console, so it is changed once. */
function changeConsole(): void {
  if (isChanged) return;
  isChanged = true;
  const { console } = globalThis;
  for (const method of methods) {
    const write = console[method].bind(console);
    console[method] = (...words: readonly unknown[]) => {
      if (sdkCode.getStore() === undefined) write(...words);
    };
  }
}
