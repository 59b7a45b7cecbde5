// The simulated Entra ID against the real msal-node: what the product relies on must work, and be refused, as in the cloud.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InteractionRequiredAuthError } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { entraError } from '../../../src/sandbox/entra/entra-errors.ts';
import type { EntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import { createEntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import { sandboxPeople, sandboxTenantId } from '../../../src/sandbox/chat/people.ts';
import { entraOptions, goalsScopes, hasCode, msal, ssoClientId } from '../../support/servers/entra-client.ts';

const [ada] = sandboxPeople;

describe('createEntraSimulator', () => {
  let entra: EntraSimulator;
  beforeEach(async () => {
    entra = await createEntraSimulator(entraOptions);
    await entra.start();
  });
  afterEach(() => entra.stop());

  const assertion = () => entra.mintSsoToken({ user: ada, audience: ssoClientId });

  it('exchanges an SSO token on behalf of the user', async () => {
    const answer = await msal(entra).acquireTokenOnBehalfOf({
      oboAssertion: await assertion(),
      scopes: goalsScopes,
    });
    const claims = decodeJwt(answer?.accessToken ?? '');
    assert.equal(claims.aud, 'https://graph.microsoft.com');
    assert.equal(claims['oid'], ada.oid);
    assert.equal(claims['scp'], 'Goals-Export.ReadWrite.All Goals-Export.Read.All');
    assert.equal(answer?.account?.homeAccountId, `${ada.oid}.${ada.tid}`);
    assert.equal(entra.calls.find(({ op }) => op === 'token')?.about['grant'], 'obo');
  });

  it('renews silently in another msal instance that only has the serialized cache', async () => {
    const first = msal(entra);
    await first.acquireTokenOnBehalfOf({ oboAssertion: await assertion(), scopes: goalsScopes });
    const second = msal(entra);
    second.getTokenCache().deserialize(first.getTokenCache().serialize());
    const [account] = await second.getTokenCache().getAllAccounts();
    assert.ok(account);
    const answer = await second.acquireTokenSilent({ account, scopes: goalsScopes, forceRefresh: true });
    assert.equal(decodeJwt(answer.accessToken)['oid'], ada.oid);
    assert.equal(entra.calls.at(-1)?.about['grant'], 'refresh');
    assert.equal(entra.calls.at(-1)?.user, ada.oid);
  });

  it('honours refresh tokens after a restart with the same key file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'entra-'));
    const keyFile = join(folder, 'key.json');
    const before = await createEntraSimulator({ ...entraOptions, keyFile });
    await before.start();
    const first = msal(before);
    const token = await before.mintSsoToken({ user: ada, audience: ssoClientId });
    await first.acquireTokenOnBehalfOf({ oboAssertion: token, scopes: goalsScopes });
    await before.stop();
    const after = await createEntraSimulator({ ...entraOptions, keyFile });
    await after.start();
    const second = msal(after);
    second.getTokenCache().deserialize(first.getTokenCache().serialize());
    const [account] = await second.getTokenCache().getAllAccounts();
    assert.ok(account);
    const answer = await second.acquireTokenSilent({ account, scopes: goalsScopes, forceRefresh: true });
    assert.equal(decodeJwt(answer.accessToken).iss, after.issuerOf(sandboxTenantId));
    await after.stop();
    await rm(folder, { recursive: true });
  });

  it('refuses assertions that are expired, for another app, or signed by somebody else', async () => {
    const cases: [string, number][] = [
      [await entra.mintSsoToken({ user: ada, audience: ssoClientId, expiresInSeconds: -60 }), 500133],
      [await entra.mintSsoToken({ user: ada, audience: 'another-app' }), 50013],
      [`${(await assertion()).slice(0, -8)}AAAAAAAA`, 50013],
    ];
    for (const [oboAssertion, code] of cases) {
      await assert.rejects(
        msal(entra).acquireTokenOnBehalfOf({ oboAssertion, scopes: goalsScopes }),
        hasCode(code),
      );
    }
  });

  it('ends sessions: disabled, gone, revoked', async () => {
    const client = msal(entra);
    await client.acquireTokenOnBehalfOf({ oboAssertion: await assertion(), scopes: goalsScopes });
    const [account] = await client.getTokenCache().getAllAccounts();
    assert.ok(account);
    const renew = () => client.acquireTokenSilent({ account, scopes: goalsScopes, forceRefresh: true });
    entra.setState(ada.oid, 'disabled');
    await assert.rejects(renew(), hasCode(50057));
    entra.setState(ada.oid, 'gone');
    await assert.rejects(renew(), hasCode(50034));
    entra.setState(ada.oid, 'active');
    entra.revokeSessions(ada.oid);
    await assert.rejects(renew(), hasCode(50173));
  });

  it('says when the secret is wrong and when the app is unknown', async () => {
    const wrong = msal(entra, { clientSecret: 'another' });
    await assert.rejects(
      wrong.acquireTokenOnBehalfOf({ oboAssertion: await assertion(), scopes: goalsScopes }),
      hasCode(7000215),
    );
    const unknown = msal(entra, { clientId: 'ffffffff-0000-4000-8000-000000000000' });
    await assert.rejects(
      unknown.acquireTokenOnBehalfOf({ oboAssertion: await assertion(), scopes: goalsScopes }),
      hasCode(700016),
    );
  });

  it('answers with any scripted error, for one grant of one user, as often as asked', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    const rule = entra.script({
      match: { op: 'token', user: ada.oid, about: { grant: 'obo' } },
      times: 1,
      respond: entraError('interactionRequired', { claims }),
    });
    const exchange = async () =>
      msal(entra).acquireTokenOnBehalfOf({ oboAssertion: await assertion(), scopes: goalsScopes });
    await assert.rejects(
      exchange(),
      (error) => error instanceof InteractionRequiredAuthError && error.claims === claims,
    );
    assert.ok(await exchange());
    assert.equal(rule.hits(), 1);
  });

  it('gives the bot a connector token', async () => {
    const answer = await msal(entra).acquireTokenByClientCredential({
      scopes: ['https://api.botframework.com/.default'],
    });
    const claims = decodeJwt(answer?.accessToken ?? '');
    assert.deepEqual([claims.aud, claims['appid']], ['https://api.botframework.com', ssoClientId]);
  });

  it('serves discovery documents that lead to its own keys', async () => {
    const response = await fetch(`${entra.url()}/${sandboxTenantId}/v2.0/.well-known/openid-configuration`);
    const metadata = (await response.json()) as Record<string, string>;
    assert.equal(metadata['issuer'], entra.issuerOf(sandboxTenantId));
    const keys = (await (await fetch(metadata['jwks_uri'] ?? '')).json()) as {
      keys: Record<string, string>[];
    };
    assert.deepEqual(Object.keys(keys.keys[0] ?? {}).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use', 'x5t']);
  });

  it('lets refresh tokens grow too old', async () => {
    let now = Date.now();
    const aging = await createEntraSimulator({
      ...entraOptions,
      clock: () => now,
      refreshTokenSeconds: 3_600,
    });
    await aging.start();
    const client = msal(aging);
    const token = await aging.mintSsoToken({ user: ada, audience: ssoClientId });
    await client.acquireTokenOnBehalfOf({ oboAssertion: token, scopes: goalsScopes });
    const [account] = await client.getTokenCache().getAllAccounts();
    assert.ok(account);
    now += 3_601_000;
    const renewal = client.acquireTokenSilent({ account, scopes: goalsScopes, forceRefresh: true });
    await assert.rejects(renewal, hasCode(700082));
    await aging.stop();
  });
});
