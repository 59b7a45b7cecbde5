/** Admits requests to the bot's endpoint: from the configured channel only, with a token for this bot and this connector. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ConfigurationBotFrameworkAuthentication, type Activity } from 'botbuilder';
import {
  AuthenticationConfiguration,
  AuthenticationError,
  ToBotFromBotOrEmulatorTokenValidationParameters,
  type BotFrameworkAuthentication,
  type Claim,
} from 'botframework-connector';
import { z } from 'zod';
import type { BotCredentials, IsAllowedServiceUrl } from '../send/adapter.ts';

export interface ChannelSettings {
  /** The bot's app id. */
  readonly botId: string;
  /** `<ENTRA_BASE_URL>/<bot's tenant>` */
  readonly loginUrl: string;
  readonly channel: { readonly issuer: string; readonly openIdUrl: string; readonly scope: string };
}

/** The parts of an activity that its token vouches for, or that decide where answers go. */
interface Addressed {
  readonly channelId?: string | undefined;
  readonly serviceUrl?: string | undefined;
}

export type Admit = (authorization: string | undefined, activity: Addressed) => Promise<Admission>;
type Admission = { readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly why: string };

const refused = (why: string): Admission => ({ kind: 'refused', why });

/** Throws for an empty app id: the SDK would take it for "authentication is off". */
export function createSdkAuthentication(
  settings: ChannelSettings,
  credentials: BotCredentials,
): BotFrameworkAuthentication {
  if (settings.botId.trim() === '') throw new Error('The bot has no app id: set BOT_ID.');
  closeEmulatorPath();
  const { channel } = settings;
  return new ConfigurationBotFrameworkAuthentication(
    {
      // All seven or none: one alone leaves the others undefined.
      ToChannelFromBotLoginUrl: settings.loginUrl,
      ToChannelFromBotOAuthScope: channel.scope,
      ToBotFromChannelTokenIssuer: channel.issuer,
      OAuthUrl: '',
      ToBotFromChannelOpenIdMetadataUrl: channel.openIdUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: channel.openIdUrl,
      CallerId: '',
    },
    credentials,
    new AuthenticationConfiguration([], (claims) => checkClaims(settings, claims)),
  );
}

/**
 * The SDK takes emulator and skill tokens of any tenant, and remembers each tenant it reads in a token for ever, before
 * it checks a signature. An issuer that nobody has closes both paths.
 */
function closeEmulatorPath(): void {
  ToBotFromBotOrEmulatorTokenValidationParameters.issuer = 'nobody';
}

/** Runs on every path of the SDK, after the signature was checked. */
function checkClaims(settings: ChannelSettings, claims: readonly Claim[]): Promise<void> {
  const valueOf = (type: string): unknown => claims.find((claim) => claim.type === type)?.value;
  const isOurs =
    valueOf('iss') === settings.channel.issuer &&
    valueOf('aud') === settings.botId &&
    typeof valueOf('exp') === 'number' &&
    typeof valueOf('serviceurl') === 'string';
  if (isOurs) return Promise.resolve();
  return Promise.reject(new AuthenticationError('Not a token of the channel for this bot.', 401));
}

/** Decides without waiting for anybody but the channel's own key server; nothing of the request is used to reach a host. */
export function createAdmit(deps: {
  readonly settings: ChannelSettings;
  readonly authentication: BotFrameworkAuthentication;
  readonly isAllowedServiceUrl: IsAllowedServiceUrl;
}): Admit {
  const { settings, authentication, isAllowedServiceUrl } = deps;
  return async function admit(authorization = '', { channelId, serviceUrl }) {
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
      // Its message repeats what the caller wrote.
      return refused(`the token was not accepted (${cause instanceof Error ? cause.name : 'unknown'})`);
    }
  };
}

const bearerToken = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/;
const payload = z.object({ iss: z.string() });

/** The issuer that a token claims, unverified: junk is refused before the SDK sees it. */
function issuerIn(authorization: string): string | undefined {
  const encoded = bearerToken.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return payload.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))).iss;
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
