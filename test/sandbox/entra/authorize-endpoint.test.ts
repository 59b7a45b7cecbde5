// The browser's side of the simulated Entra ID: sign-in page, codes with PKCE, consent.
import assert from 'node:assert/strict';
import { InteractionRequiredAuthError } from '@azure/msal-node';
import type { EntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import { createEntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import { sandboxPeople, sandboxTenantId } from '../../../src/sandbox/chat/people.ts';
import {
  authorizeUrl,
  entraOptions,
  follow,
  goalsScopes,
  hasCode,
  msal,
  redirectUri,
  ssoClientId,
} from '../../support/servers/entra-client.ts';

const [ada] = sandboxPeople;

describe('authorize endpoint', () => {
  let entra: EntraSimulator;
  beforeEach(async () => {
    entra = await createEntraSimulator(entraOptions);
    await entra.start();
  });
  afterEach(() => entra.stop());

  const assertion = () => entra.mintSsoToken({ user: ada, audience: ssoClientId });

  it('signs in with a code and PKCE, once', async () => {
    const { url, verifier } = await authorizeUrl(entra, { loginHint: ada.userPrincipalName });
    const location = await follow(url);
    assert.equal(location.searchParams.get('state'), 'the-state');
    const code = location.searchParams.get('code') ?? '';
    const request = { code, redirectUri, scopes: goalsScopes, codeVerifier: verifier };
    const answer = await msal(entra).acquireTokenByCode(request);
    assert.equal(answer.account?.localAccountId, ada.oid);
    await assert.rejects(msal(entra).acquireTokenByCode(request), hasCode(54005));
  });

  it('refuses a code whose verifier differs', async () => {
    const { url } = await authorizeUrl(entra, { loginHint: ada.oid });
    const code = (await follow(url)).searchParams.get('code') ?? '';
    const request = { code, redirectUri, scopes: goalsScopes, codeVerifier: 'x'.repeat(43) };
    await assert.rejects(msal(entra).acquireTokenByCode(request), hasCode(501481));
  });

  it('shows a button for each user, and a press signs that one in', async () => {
    const { url } = await authorizeUrl(entra, {});
    const page = await (await fetch(url)).text();
    for (const { name } of sandboxPeople) assert.ok(page.includes(`Sign in to the sandbox as ${name}`));
    const pressed = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ user: ada.oid }),
    });
    assert.equal(pressed.status, 302);
    assert.ok(new URL(pressed.headers.get('location') ?? '').searchParams.has('code'));
    const declined = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ user: 'decline' }),
    });
    assert.equal(new URL(declined.headers.get('location') ?? '').searchParams.get('error'), 'access_denied');
  });

  it('sends nobody to an address that is not registered', async () => {
    const { url } = await authorizeUrl(entra, { loginHint: ada.oid });
    const response = await fetch(
      url.replace(encodeURIComponent(redirectUri), encodeURIComponent('http://evil.example/')),
      {
        redirect: 'manual',
      },
    );
    assert.equal(response.status, 400);
    assert.match(await response.text(), /AADSTS50011/);
  });

  it('insists on PKCE and state', async () => {
    for (const missing of ['code_challenge', 'state']) {
      const { url } = await authorizeUrl(entra, { loginHint: ada.oid });
      const without = new URL(url);
      without.searchParams.delete(missing);
      assert.equal((await follow(without.toString())).searchParams.get('error'), 'invalid_request', missing);
    }
  });

  it('asks for consent until an admin has granted it on the admin consent page', async () => {
    entra.setAdminConsent(sandboxTenantId, ssoClientId, false);
    const exchange = async () =>
      msal(entra).acquireTokenOnBehalfOf({ oboAssertion: await assertion(), scopes: goalsScopes });
    await assert.rejects(
      exchange(),
      (error) => error instanceof InteractionRequiredAuthError && error.subError === 'consent_required',
    );
    const { url } = await authorizeUrl(entra, { loginHint: ada.oid });
    assert.match((await follow(url)).searchParams.get('error_description') ?? '', /AADSTS90094/);

    const consentUrl = new URL(`${entra.url()}/${sandboxTenantId}/adminconsent`);
    consentUrl.search = new URLSearchParams({
      client_id: ssoClientId,
      redirect_uri: redirectUri,
      state: 's1',
    }).toString();
    const response = await fetch(consentUrl, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ answer: 'accept' }),
    });
    const back = new URL(response.headers.get('location') ?? '');
    assert.deepEqual(
      [
        back.searchParams.get('admin_consent'),
        back.searchParams.get('tenant'),
        back.searchParams.get('state'),
      ],
      ['True', sandboxTenantId, 's1'],
    );
    assert.ok(await exchange());
  });
});
