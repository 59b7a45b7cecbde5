/** Admits requests to the bot's endpoint: from the configured channel only, with a token for this bot and this connector. */
import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { createSigningKeys } from '../../blocks/signing-keys.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { IsAllowedServiceUrl } from '../send/service-urls.ts';

export interface ChannelSettings {
  /** The bot's app id. */
  readonly botId: string;
  readonly channel: { readonly issuer: string; readonly openIdUrl: string };
}

/** The parts of an activity that its token vouches for, or that decide where answers go. */
interface Addressed {
  readonly channelId?: string | undefined;
  readonly serviceUrl?: string | undefined;
}

export type Admit = (authorization: string | undefined, activity: Addressed) => Promise<Admission>;
type Admission = { readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly why: string };

export interface AdmitDeps {
  readonly settings: ChannelSettings;
  readonly isAllowedServiceUrl: IsAllowedServiceUrl;
  /** How old the keys are. A token's own times are the channel's, which knows no clock but the world's. */
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
}

/** The only channel that there is for this bot. */
const teams = 'msteams';
const refused = (why: string): Admission => ({ kind: 'refused', why });

/**
 * Decides without waiting for anybody but the channel's own key server; nothing of the request is used to reach a host.
 * Throws for an empty app id. Source: learn.microsoft.com, "Authenticate requests from the Bot Connector service to your bot".
 */
export function createAdmit(deps: AdmitDeps): Admit {
  const { settings, isAllowedServiceUrl } = deps;
  if (settings.botId.trim() === '') throw new Error('The bot has no app id: set BOT_ID.');
  const verify = createVerify(deps);
  return async function admit(authorization = '', { channelId, serviceUrl }) {
    const token = bearerToken.exec(authorization)?.[1] ?? '';
    if (issuerIn(token) !== settings.channel.issuer) return refused('the token is not of the channel');
    if (channelId !== teams) return refused('the channel is not Microsoft Teams');
    if (serviceUrl === undefined || !isAllowedServiceUrl(serviceUrl))
      return refused('the service URL is not on the allow-list');
    try {
      await verify(token, serviceUrl);
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

/** Seconds, as Microsoft's SDK has it. */
const clockTolerance = 300;

function createVerify({ settings, clock, fetch }: AdmitDeps) {
  const { botId, channel } = settings;
  const keys = createSigningKeys({
    url: new URL(channel.openIdUrl),
    now: clock.now,
    fetch: fetchTeamsKeys(fetch ?? globalThis.fetch),
  });
  const keyFor: JWTVerifyGetKey = (header, token) => {
    // Where there is one key only, jose would take it for a token that names none.
    if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();
    return keys(header, token);
  };
  const expected = {
    issuer: channel.issuer,
    audience: botId,
    algorithms: ['RS256'],
    clockTolerance,
    requiredClaims: ['exp'],
  };
  /** Rejects unless the channel signed the token for this bot and this service URL. */
  return async function verify(token: string, serviceUrl: string): Promise<void> {
    const { payload } = await jwtVerify(token, keyFor, expected);
    const isOurs = payload.aud === botId && payload['serviceurl'] === serviceUrl;
    // Whom an application's token was made for: the channel's own names no application.
    const isOfApp = payload['azp'] !== undefined || payload['appid'] !== undefined;
    if (!isOurs || isOfApp) throw new errors.JWTClaimValidationFailed('not for this bot', payload);
  };
}

const metadata = z.object({ jwks_uri: z.url() });
const published = z.object({
  keys: z.array(z.looseObject({ endorsements: z.array(z.string()).nullish() })),
});

/**
 * Asks the channel's OpenID metadata where its keys are, and gets those that may sign for Teams: a key says by its
 * `endorsements`, if it has any, which channels it speaks for.
 */
function fetchTeamsKeys(ask: typeof fetch): typeof fetch {
  return async function fetchKeys(openIdUrl, init) {
    const described = await ask(openIdUrl, init);
    if (!described.ok) return described;
    const answer = await ask(metadata.parse(await described.json()).jwks_uri, init);
    if (!answer.ok) return answer;
    const { keys } = published.parse(await answer.json());
    return Response.json({ keys: keys.filter((key) => isForTeams(key.endorsements ?? [])) });
  };
}

const isForTeams = (endorsements: readonly string[]): boolean =>
  endorsements.length === 0 || endorsements.includes(teams);
