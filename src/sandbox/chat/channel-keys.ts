/** Plays the Bot Framework's authority: serves its OpenID metadata and keys on loopback, and signs the channel's tokens. */
import type { JWTPayload } from 'jose';
import { SignJWT } from 'jose';
import type { LoopbackServer } from '../loopback/loopback-server.ts';
import { createLoopbackServer } from '../loopback/loopback-server.ts';
import type { SigningKey } from '../loopback/simulator-keys.ts';
import { loadSigningKey } from '../loopback/simulator-keys.ts';

type ChannelTokenRequest = Readonly<{
  /** The bot's app id. */
  botId: string;
  serviceUrl: string;
  /** May be negative; 3,600 without it. */
  expiresInSeconds?: number;
  /** Overrides any claim. */
  claims?: JWTPayload;
}>;

export type ChannelAuthority = LoopbackServer &
  Readonly<{
    /** For `BOT_CHANNEL_ISSUER`. */
    issuer: string;
    /** For `BOT_CHANNEL_OPENID_URL`. */
    openIdUrl: () => string;
    key: SigningKey;
    sign: (request: ChannelTokenRequest) => Promise<string>;
  }>;

export type ChannelAuthorityOptions = Readonly<{
  port?: number;
  keyFile?: string;
  issuer?: string;
  /** Channels that the key may speak for; `['msteams']` without it. */
  endorsements?: readonly string[];
  clock?: () => number;
}>;

/** Reads or makes the key first, hence the promise. */
export const createChannelAuthority = async (
  options: ChannelAuthorityOptions = {},
): Promise<ChannelAuthority> => {
  const key = await loadSigningKey(options.keyFile);
  const issuer = options.issuer ?? 'https://channel.sandbox.example';
  const clock = options.clock ?? Date.now;
  const jwk = { ...key.publicJwk, endorsements: options.endorsements ?? ['msteams'] };
  // The SDK keeps keys by address for a day and for all bots of a process: another authority on a port used again must
  // have another address.
  const base = `/${encodeURIComponent(key.kid)}/v1/.well-known`;
  const server = createLoopbackServer({
    clock,
    handle: ({ path }) => {
      if (path === `${base}/keys`) return { status: 200, body: { keys: [jwk] } };
      if (path !== `${base}/openidconfiguration`) return { status: 404 };
      return { status: 200, body: metadata(issuer, `${server.url()}${base}/keys`) };
    },
    ...(options.port === undefined ? {} : { port: options.port }),
  });

  return {
    ...server,
    issuer,
    key,
    openIdUrl: () => `${server.url()}${base}/openidconfiguration`,
    sign: ({ botId, serviceUrl, expiresInSeconds = 3_600, claims }) => {
      const now = Math.floor(clock() / 1000);
      const nbf = Math.min(now, now + expiresInSeconds) - 5;
      const payload = {
        iss: issuer,
        aud: botId,
        serviceurl: serviceUrl,
        nbf,
        exp: now + expiresInSeconds,
        ...claims,
      };
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid })
        .sign(key.privateKey);
    },
  };
};

/** The shape of `login.botframework.com`'s document. */
const metadata = (issuer: string, keysUrl: string) => ({
  issuer,
  authorization_endpoint: 'https://invalid.example',
  jwks_uri: keysUrl,
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
});
