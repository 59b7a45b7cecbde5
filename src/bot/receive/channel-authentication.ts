/** Admits requests to the bot's endpoint: from the configured channel only, with a token for this bot and this connector. */
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  AuthenticationConfiguration,
  AuthenticationError,
  ToBotFromBotOrEmulatorTokenValidationParameters,
  type BotFrameworkAuthentication,
  type Claim,
} from 'botframework-connector';
import * as z from 'zod';
import type { BotCredentials, IsAllowedServiceUrl } from '../send/adapter.ts';
import {
  createVerifyToken,
  teamsChannel,
  type ChannelSettings,
  type ChannelTokenDeps,
} from './channel-token.ts';

export interface SdkSettings extends ChannelSettings {
  /** `<ENTRA_BASE_URL>/<bot's tenant>` */
  readonly loginUrl: string;
  readonly channel: ChannelSettings['channel'] & { readonly scope: string };
}

/** The parts of an activity that its token vouches for, or that decide where answers go. */
interface Addressed {
  readonly channelId?: string | undefined;
  readonly serviceUrl?: string | undefined;
}

/** @param activity absent before its body is read: then the token alone is judged */
export type Admit = (authorization: string | undefined, activity?: Addressed) => Promise<Admission>;
type Admission = { readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly why: string };

export interface AdmitDeps extends ChannelTokenDeps {
  readonly isAllowedServiceUrl: IsAllowedServiceUrl;
}

const refused = (why: string): Admission => ({ kind: 'refused', why });

/** Throws for an empty app id: the SDK would take it for "authentication is off". */
export function createSdkAuthentication(
  settings: SdkSettings,
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

/**
 * Decides without waiting for anybody but the channel's own key server; nothing of the request is used to reach a host.
 * Source: learn.microsoft.com, "Authenticate requests from the Bot Connector service to your bot".
 */
export function createAdmit(deps: AdmitDeps): Admit {
  const { settings, isAllowedServiceUrl } = deps;
  const verify = createVerifyToken(deps);
  const troubleWith = ({ channelId, serviceUrl }: Addressed): string | undefined => {
    if (channelId !== teamsChannel) return 'the channel is not Microsoft Teams';
    return serviceUrl === undefined || !isAllowedServiceUrl(serviceUrl)
      ? 'the service URL is not on the allow-list'
      : undefined;
  };
  return async function admit(authorization = '', activity) {
    const token = bearerToken.exec(authorization)?.[1] ?? '';
    if (issuerIn(token) !== settings.channel.issuer) return refused('the token is not of the channel');
    const trouble = activity && troubleWith(activity);
    if (trouble !== undefined) return refused(trouble);
    try {
      await verify(token, activity?.serviceUrl);
      return { kind: 'admitted' };
    } catch (cause) {
      // Its message may repeat what the caller wrote.
      return refused(`the token was not accepted (${cause instanceof Error ? cause.name : 'unknown'})`);
    }
  };
}

const bearerToken = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;
const claimed = z.object({ iss: z.string() });

/** The issuer that a token claims, unverified: junk reaches neither the key server nor a signature check. */
function issuerIn(token: string): string | undefined {
  const [, encoded = ''] = token.split('.');
  try {
    return claimed.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))).iss;
  } catch {
    return undefined;
  }
}
