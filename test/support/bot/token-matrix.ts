/** Makes every kind of token that a request to the bot may carry. */
import { constants, createHmac, KeyObject, randomUUID, sign } from 'node:crypto';
import { exportSPKI } from 'jose';
import { messageIn } from './activities.ts';
import { signToken } from './loopback-channel.ts';
import type { LoopbackChannel, SigningKey } from './loopback-channel.ts';

export interface TokenWorld {
  readonly channel: LoopbackChannel;
  readonly attacker: LoopbackChannel;
  readonly botId: string;
  readonly tenantId: string;
}

type Claims = Readonly<Record<string, unknown>>;

/** A request: its Authorization header, and what differs from the usual message. */
export interface Knock {
  readonly header: Promise<string> | string | undefined;
  readonly activity?: Claims;
}
type Knocks = Readonly<Record<string, () => Knock>>;

export const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function tokenMatrix(world: () => TokenWorld) {
  // Asked anew for each token: the suite may be old when a test comes to its turn.
  const now = () => Math.floor(Date.now() / 1000);
  const claims = (given: Claims = {}): Claims => {
    const { channel, botId } = world();
    const times = { nbf: now() - 60, exp: now() + 600 };
    return { iss: channel.issuer, aud: botId, serviceurl: channel.serviceUrl, ...times, ...given };
  };
  const activity = (given: Claims = {}) => {
    const { channel, botId, tenantId } = world();
    return { ...messageIn({ serviceUrl: channel.serviceUrl, botId, tenantId }, 'help'), ...given };
  };
  const bearer = async (token: Promise<string> | string) => `Bearer ${await token}`;
  const signed = (given: Claims = {}, key: SigningKey = world().channel.key, header = {}) =>
    bearer(signToken(key, claims(given), header));
  const tampered = async (edit: (parts: readonly string[]) => readonly string[]) =>
    bearer(edit((await signToken(world().channel.key, claims())).split('.')).join('.'));
  const own = async (header: object, signature: (text: string) => string | Promise<string>) => {
    const text = `${part({ kid: 'teams', typ: 'JWT', ...header })}.${part(claims())}`;
    return `Bearer ${text}.${await signature(text)}`;
  };
  const entra = (tid: string, given: Claims = {}) =>
    signed({
      iss: `https://login.microsoftonline.com/${tid}/v2.0`,
      tid,
      ver: '2.0',
      azp: world().botId,
      ...given,
    });
  const said = (serviceUrl: string | undefined, claimed: unknown = serviceUrl): Knock => ({
    header: signed({ serviceurl: claimed }),
    activity: { serviceUrl },
  });

  const admitted: Knocks = {
    'a good token': () => ({ header: signed() }),
    'one that just expired, within the tolerance': () => ({ header: signed({ exp: now() - 30 }) }),
    'one without nbf': () => ({ header: signed({ nbf: undefined }) }),
  };
  const malformed: Knocks = {
    'no header': () => ({ header: undefined }),
    'an empty header': () => ({ header: '' }),
    'the scheme alone': () => ({ header: 'Bearer' }),
    'another scheme': () => ({ header: signed().then((header) => header.replace('Bearer', 'Basic')) }),
    'the scheme in lower case': () => ({
      header: signed().then((header) => header.replace('Bearer', 'bearer')),
    }),
    'two tokens': () => ({ header: signed().then((header) => `${header} ${header.slice(7)}`) }),
    'no token at all': () => ({ header: 'Bearer x' }),
    'three parts of junk': () => ({ header: 'Bearer a.b.c' }),
    'a payload that is no object': () => ({ header: `Bearer ${part({})}.Nw.c2ln` }),
  };
  const wrongClaims: Knocks = {
    expired: () => ({ header: signed({ exp: now() - 3600 }) }),
    'not yet valid': () => ({ header: signed({ nbf: now() + 3600 }) }),
    'no exp': () => ({ header: signed({ exp: undefined }) }),
    'exp as text': () => ({ header: signed({ exp: String(now() + 600) }) }),
    'another issuer': () => ({ header: signed({ iss: 'https://api.botframework.com.evil.example' }) }),
    'no issuer': () => ({ header: signed({ iss: undefined }) }),
    'the issuer with a slash at its end': () => ({ header: signed({ iss: `${world().channel.issuer}/` }) }),
    'the public issuer where another is configured': () => ({
      header: signed({ iss: 'https://api.botframework.com' }),
    }),
    'another audience': () => ({ header: signed({ aud: randomUUID() }) }),
    'a list of audiences': () => ({ header: signed({ aud: [world().botId, 'other'] }) }),
    'no audience': () => ({ header: signed({ aud: undefined }) }),
    'an empty audience': () => ({ header: signed({ aud: '' }) }),
    'a skill’s token': () => ({ header: signed({ ver: '2.0', azp: randomUUID() }) }),
    'an anonymous skill': () => ({ header: signed({ appid: 'AnonymousSkill' }) }),
    'an Entra token of another tenant, aud and azp the bot': () => ({ header: entra(randomUUID()) }),
    'the same, version 1': () => {
      const tid = randomUUID();
      const v1 = { ver: '1.0', azp: undefined, appid: world().botId };
      return { header: entra(tid, { iss: `https://sts.windows.net/${tid}/`, ...v1 }) };
    },
    'an Entra token of the Bot Framework’s own tenant': () => ({
      header: entra('d6d49420-f39b-4df7-a1dc-d59a935871db'),
    }),
  };
  const wrongSignature: Knocks = {
    'an unknown key': () => ({ header: signed({}, world().channel.strangersKey) }),
    'a known kid, another key': () => ({
      header: signed({}, { ...world().channel.strangersKey, kid: 'teams' }),
    }),
    'no kid': () => ({ header: signed({}, undefined, { kid: undefined }) }),
    'a key endorsed for another channel': () => ({ header: signed({}, world().channel.webchatKey) }),
    'a changed payload': () => ({
      header: tampered(([head = '', , end = '']) => [head, part(claims({ x: 1 })), end]),
    }),
    'a changed signature': () => ({
      header: tampered(([head = '', body = '', end = '']) => [
        head,
        body,
        Buffer.from(end, 'base64url').reverse().toString('base64url'),
      ]),
    }),
    'no signature': () => ({ header: tampered(([head = '', body = '']) => [head, body, '']) }),
    'alg none': () => ({ header: own({ alg: 'none' }, () => '') }),
    'alg none with a signature': () => ({ header: own({ alg: 'none' }, () => 'c2ln') }),
    'HS256 with the public key as the secret': () => ({
      header: own({ alg: 'HS256' }, async (text) => {
        const secret = await exportSPKI(world().channel.key.publicKey);
        return createHmac('sha256', secret).update(text).digest('base64url');
      }),
    }),
    'PS256 with the right key': () => ({
      header: own({ alg: 'PS256' }, (text) => {
        const key = KeyObject.from(world().channel.key.privateKey);
        const padding = constants.RSA_PKCS1_PSS_PADDING;
        return sign('sha256', Buffer.from(text), { key, padding, saltLength: 32 }).toString('base64url');
      }),
    }),
  };
  const elsewhere: Knocks = {
    'another service URL in the token': () =>
      said(world().channel.serviceUrl, 'https://smba.trafficmanager.net/'),
    'no service URL in the token': () => ({ header: signed({ serviceurl: undefined }) }),
    'no service URL in the activity': () => said(undefined, world().channel.serviceUrl),
    'no service URL in both': () => said(undefined),
    'an empty service URL': () => said(''),
    'a service URL of an attacker': () => said(world().attacker.serviceUrl),
    'a service URL of an attacker in the activity only': () =>
      said(world().attacker.serviceUrl, world().channel.serviceUrl),
    'a listed host over http that is not loopback': () => said('http://smba.trafficmanager.net/'),
    'no channel': () => ({ header: signed(), activity: { channelId: undefined } }),
    'an empty channel': () => ({ header: signed(), activity: { channelId: '' } }),
    'another endorsed channel': () => ({
      header: signed({}, world().channel.webchatKey),
      activity: { channelId: 'webchat' },
    }),
    'the emulator': () => ({ header: signed(), activity: { channelId: 'emulator' } }),
    AseChannel: () => ({ header: signed(), activity: { channelId: 'AseChannel' } }),
  };
  const refused: Knocks = { ...malformed, ...wrongClaims, ...wrongSignature, ...elsewhere };
  return { admitted, refused, activity, claims, signed };
}
