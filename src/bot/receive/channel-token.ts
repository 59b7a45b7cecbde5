/** Verifies the channel's tokens, by jose: signed for Teams, for this bot and this connector. */
import { hash } from 'node:crypto';
import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { AskJson } from '../../blocks/http/ask-json.ts';
import { createReadDocument, createSigningKeys, type ReadDocument } from '../../blocks/signing-keys.ts';
import type { Clock } from '../../ports/runtime.ts';

export interface ChannelSettings {
  /** The bot's app id. */
  readonly botId: string;
  readonly channel: { readonly issuer: string; readonly openIdUrl: string };
}

export interface ChannelTokenDeps {
  readonly settings: ChannelSettings;
  /** How old the keys are. */
  readonly clock: Clock;
  /** A token's times are the channel's, which knows no clock but the world's; default: that one. */
  readonly worldTime?: () => Date;
  readonly askJson: AskJson;
}

/** The only channel that there is for this bot. */
export const teamsChannel = 'msteams';

/** Seconds, as Microsoft's SDK has it. */
const clockTolerance = 300;

interface Verified {
  readonly serviceUrl: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** Rejects unless the channel signed the token for this bot, and for this service URL, where one is known yet. */
export type VerifyToken = (token: string, serviceUrl?: string) => Promise<void>;

/** Throws for an empty app id. */
export function createVerifyToken(deps: ChannelTokenDeps): VerifyToken {
  if (deps.settings.botId.trim() === '') throw new Error('The bot has no app id: set BOT_ID.');
  return rememberingVerified(deps, createVerify(deps));
}

/** Milliseconds. A key that the channel has withdrawn admits nobody for longer than that, once the bot knows of it. */
const verifiedFor = 5 * 60_000;
const maxVerified = 1_000;

/** The channel sends a token again and again until it expires, and checking its signature costs as much as an answer's card. */
function rememberingVerified(
  { worldTime = () => new Date() }: ChannelTokenDeps,
  verify: (token: string) => Promise<Verified>,
): VerifyToken {
  const verified = new Map<string, Verified>();
  const verifyAnew = async (token: string, name: string, now: number): Promise<Verified> => {
    verified.delete(name);
    const { serviceUrl, expiresAt } = await verify(token);
    const [oldest] = verified.keys();
    if (oldest !== undefined && verified.size >= maxVerified) verified.delete(oldest);
    const kept = { serviceUrl, expiresAt: Math.min(now + verifiedFor, expiresAt) };
    verified.set(name, kept);
    return kept;
  };
  return async function verifyOnce(token, serviceUrl) {
    const now = worldTime().getTime();
    // No token is kept.
    const name = hash('sha256', token, 'base64url');
    const known = verified.get(name);
    const { serviceUrl: claimed } =
      known !== undefined && now < known.expiresAt ? known : await verifyAnew(token, name, now);
    if (serviceUrl !== undefined && serviceUrl !== claimed)
      throw new errors.JWTClaimValidationFailed('not for this service URL', {});
  };
}

function createVerify({
  settings,
  clock,
  worldTime = () => new Date(),
  askJson,
}: ChannelTokenDeps): (token: string) => Promise<Verified> {
  const { botId, channel } = settings;
  const keys = createSigningKeys({
    url: new URL(channel.openIdUrl),
    now: clock.now,
    read: readTeamsKeys(createReadDocument(askJson)),
  });
  const keyFor: JWTVerifyGetKey = (header, token) => {
    // Where there is one key only, jose would take it for a token that names none.
    if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();
    return keys.keyFor(header, token);
  };
  const expected = {
    issuer: channel.issuer,
    audience: botId,
    algorithms: ['RS256'],
    clockTolerance,
    requiredClaims: ['exp'],
  };
  return async function verify(token) {
    const { payload } = await jwtVerify(token, keyFor, { ...expected, currentDate: worldTime() });
    const { aud, exp = 0, serviceurl: serviceUrl } = payload;
    // Whom an application's token was made for: the channel's own names no application.
    const isOfApp = payload['azp'] !== undefined || payload['appid'] !== undefined;
    if (aud !== botId || typeof serviceUrl !== 'string' || isOfApp)
      throw new errors.JWTClaimValidationFailed('not for this bot', payload);
    return { serviceUrl, expiresAt: (exp + clockTolerance) * 1000 };
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
function readTeamsKeys(read: ReadDocument): ReadDocument {
  return async function readKeys(openIdUrl, signal) {
    const described = metadata.parse(await read(openIdUrl, signal));
    const { keys } = published.parse(await read(described.jwks_uri, signal));
    return { keys: keys.filter((key) => isForTeams(key.endorsements ?? [])) };
  };
}

const isForTeams = (endorsements: readonly string[]): boolean =>
  endorsements.length === 0 || endorsements.includes(teamsChannel);
