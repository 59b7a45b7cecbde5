/** A token that Teams hands over: who may have asked for it, for whom, and by whose key it must be signed. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { generateKeyPair, SignJWT } from 'jose';
import {
  createSsoTokenCheck,
  type CheckSsoToken,
} from '../../../../src/adapters/identity/sign-in/sso-token.ts';
import { createAskJson } from '../../../../src/blocks/http/ask-json.ts';
import { createEntraSimulator, type EntraSimulator } from '../../../../src/sandbox/entra/entra-simulator.ts';
import { entraOptions, ssoClientId } from '../../../support/servers/entra-client.ts';
import { ada, adaOfTeams, bennoOfTeams } from '../identity-bench.ts';

const appIdUri = 'api://botid-sample';

describe('sso token', () => {
  let entra: EntraSimulator;
  let now: number;
  let check: CheckSsoToken;
  let expect: (tenantId: string) => void;

  const mint = (more: Partial<Parameters<EntraSimulator['mintSsoToken']>[0]> = {}): Promise<string> =>
    entra.mintSsoToken({ user: adaOfTeams, audience: ssoClientId, ...more });
  const judge = async (token: string): Promise<string> => (await check(ada, token)).kind;
  const keyRequests = (): number => entra.calls.filter(({ op }) => op === 'keys').length;

  beforeEach(async () => {
    entra = await createEntraSimulator(entraOptions);
    await entra.start();
    now = Date.now();
    ({ check, expect } = createSsoTokenCheck({
      entraBaseUrl: entra.url(),
      clientId: ssoClientId,
      appIdUri,
      clock: { now: () => new Date(now) },
      askJson: createAskJson(),
    }));
  });
  afterEach(() => entra.stop());

  it('takes a token of the person from either Teams client, for either name of the app', async () => {
    assert.equal(await judge(await mint()), 'genuine');
    assert.equal(await judge(await mint({ azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264' })), 'genuine');
    assert.equal(await judge(await mint({ audience: appIdUri })), 'genuine');
    assert.equal(await judge(await mint({ scp: 'openid access_as_user' })), 'genuine');
    assert.equal(await judge(await mint({ claims: { oid: ada.userId.toUpperCase() } })), 'genuine');
    assert.equal(keyRequests(), 1);
  });

  it('tells the token of somebody else', async () => {
    assert.equal(await judge(await mint({ user: bennoOfTeams })), 'wrongPerson');
  });

  const refused: readonly (readonly [
    name: string,
    more: Partial<Parameters<EntraSimulator['mintSsoToken']>[0]>,
  ])[] = [
    ['expired longer than clocks differ', { expiresInSeconds: -301 }],
    ['not valid yet', { claims: { nbf: Math.floor(Date.now() / 1000) + 36_000 } }],
    ['without an end', { claims: { exp: undefined } }],
    ['for another app', { audience: 'api://another' }],
    ['asked for by another client', { azp: '00000000-0000-4000-8000-000000000001' }],
    ['without access_as_user', { scp: 'openid' }],
    ['with a scope that only looks like it', { scp: 'not_access_as_user' }],
    ['of another issuer', { claims: { iss: 'https://login.example/v2.0' } }],
    ['of another tenant', { claims: { iss: 'https://login.microsoftonline.com/other/v2.0', tid: 'other' } }],
    ['without a person', { claims: { oid: undefined } }],
    ['with an odd person', { claims: { oid: 7 } }],
  ];
  for (const [name, more] of refused) {
    it(`refuses one ${name}`, async () => assert.equal(await judge(await mint(more)), 'notAccepted'));
  }

  it('is as patient as clocks differ', async () => {
    assert.equal(await judge(await mint({ expiresInSeconds: -240 })), 'genuine');
  });

  it('refuses what is signed by anybody else, by nobody, or no token at all', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const genuine = await mint();
    const [header = '', payload = ''] = genuine.split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const forge = (id: string): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: id }).sign(privateKey);
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const token of [await forge(kid), await forge('unknown'), none, `${genuine}x`, 'junk', '']) {
      assert.equal(await judge(token), 'notAccepted', token);
    }
  });

  it('that is expected finds its keys there, whatever has become of Entra ID since', async () => {
    const token = await mint();
    expect(ada.tenantId);
    while (keyRequests() === 0) await pause(5);
    await pause(50);
    entra.script({ match: { op: 'keys' }, respond: { status: 503, body: 'down' } });
    assert.equal(await judge(token), 'genuine');
    assert.equal(keyRequests(), 1);
  });

  it('E8: keeps its keys for a day when Entra ID is out of reach, and says so when it has none', async () => {
    const hour = 3_600_000;
    const token = await mint({ expiresInSeconds: 30 * 3_600 });
    const down = entra.script({ match: { op: 'keys' }, respond: { status: 503, body: 'down' } });
    assert.equal(await judge(token), 'unavailable');
    down.remove();
    assert.equal(await judge(token), 'genuine');
    entra.script({ match: { op: 'keys' }, respond: { status: 503, body: 'down' } });
    now += 2 * hour;
    assert.equal(await judge(token), 'genuine');
    assert.equal(keyRequests(), 3);
    now += 23 * hour;
    assert.equal(await judge(token), 'unavailable');
  });
});
