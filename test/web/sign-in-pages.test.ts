import assert from 'node:assert/strict';
import type { ConsentLanded } from '../../src/usecases/sign-in/admin-consent.ts';
import type {
  BeginSignIn,
  FinishOutcome,
  FinishSignIn,
} from '../../src/usecases/sign-in/sign-in-by-browser.ts';
import { useSite } from './run-web-server.ts';

type Trouble = Exclude<FinishOutcome, { kind: 'signedIn' }>;

const consentUrl = 'https://login.example/adminconsent?client_id=1&redirect_uri=https%3A%2F%2Fbot.example';
const request = 'request_of-43-characters-012345678901234567';

const troubles: readonly (readonly [outcome: Trouble, status: number, words: RegExp])[] = [
  [{ kind: 'wrongPerson', requestId: request }, 403, /another account/],
  [{ kind: 'used' }, 410, /used already/],
  [{ kind: 'expired', requestId: request }, 410, /10 minutes/],
  [{ kind: 'unknown' }, 404, /does not work any more/],
  [{ kind: 'declined', requestId: request }, 403, /did not sign in/],
  [{ kind: 'consentNeeded', adminConsentUrl: consentUrl }, 403, /administrator has to allow/],
  [{ kind: 'unavailable', requestId: request }, 503, /try again in a minute/],
  [{ kind: 'operatorFault' }, 500, /own sign-in may have expired[^]*administrator the reference/],
  [{ kind: 'notAccepted', requestId: request }, 400, /did not accept/],
];

describe('sign-in pages', () => {
  let begun: Awaited<ReturnType<BeginSignIn>> = { kind: 'unknown' };
  let finished: FinishOutcome = { kind: 'unknown' };
  let landed: Awaited<ReturnType<ConsentLanded>> = { kind: 'granted' };
  const asked: unknown[] = [];

  const site = useSite({
    beginSignIn: async (id) => {
      asked.push(id);
      return await Promise.resolve(begun);
    },
    finishSignIn: async (given: Parameters<FinishSignIn>[0]) => {
      asked.push(given);
      return await Promise.resolve(finished);
    },
    consentLanded: async (given: Parameters<ConsentLanded>[0]) => {
      asked.push(given);
      return await Promise.resolve(landed);
    },
  });

  const get = async (path: string): Promise<{ response: Response; text: string }> => {
    const response = await fetch(site().url + path, { redirect: 'manual' });
    return { response, text: await response.text() };
  };

  beforeEach(() => {
    asked.length = 0;
  });

  it('sends the browser on to sign in, and keeps nothing of it', async () => {
    begun = { kind: 'go', url: 'https://login.example/authorize?state=s' };
    const { response, text } = await get(`/auth/start?request=${request}`);
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), 'https://login.example/authorize?state=s');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(text, '');
    assert.deepEqual(asked, [request]);
  });

  it('says so when a sign-in cannot be begun', async () => {
    begun = { kind: 'unknown' };
    assert.equal((await get(`/auth/start?request=${request}`)).response.status, 404);
  });

  for (const query of [
    '',
    '?request=',
    '?request=a%20b',
    '?request=%3Cscript%3E',
    `?request=${'x'.repeat(200)}`,
  ]) {
    it(`asks nobody about a start with ${query.slice(0, 30) || 'nothing'}`, async () => {
      assert.equal((await get(`/auth/start${query}`)).response.status, 404);
      assert.deepEqual(asked, []);
    });
  }

  it('finishes a sign-in, and hands the nonce to the script of the page', async () => {
    finished = { kind: 'signedIn', nonce: 'nonce-1' };
    const { response, text } = await get('/auth/callback?code=c&state=s&session_state=x');
    assert.equal(response.status, 200);
    assert.match(text, /You are signed in/);
    assert.match(text, /close this tab and go back to the chat/);
    assert.match(text, /data-nonce="nonce-1"/);
    assert.deepEqual(asked, [{ state: 's', code: 'c' }]);
  });

  it('passes on what Entra ID says went wrong', async () => {
    finished = { kind: 'declined' };
    await get('/auth/callback?error=access_denied&error_description=AADSTS65004%3A+declined&state=s');
    assert.deepEqual(asked, [
      { state: 's', error: { code: 'access_denied', description: 'AADSTS65004: declined' } },
    ]);
  });

  for (const query of ['', '?code=c', '?code=c&state=s&state=t', `?state=${'s'.repeat(200)}`, '?state=%00']) {
    it(`asks nobody about a callback with ${query.slice(0, 30) || 'nothing'}`, async () => {
      assert.equal((await get(`/auth/callback${query}`)).response.status, 404);
      assert.deepEqual(asked, []);
    });
  }

  for (const [outcome, status, words] of troubles) {
    it(`has a page of its own for ${outcome.kind}`, async () => {
      finished = outcome;
      const { response, text } = await get('/auth/callback?code=c&state=s');
      assert.equal(response.status, status);
      assert.match(text, words);
      const reference = /Reference: <code>([0-9a-f]{8})<\/code>/.exec(text)?.[1];
      assert.ok(site().lines.some(({ fields }) => fields['reference'] === reference));
      assert.equal(text.includes(`href="/auth/start?request=${request}"`), outcome.requestId !== undefined);
      assert.equal(text.includes('data-nonce'), false);
    });
  }

  it('gives a link for an administrator, to follow and to forward', async () => {
    finished = { kind: 'consentNeeded', adminConsentUrl: consentUrl };
    const { text } = await get('/auth/callback?code=c&state=s');
    const escaped = consentUrl.replaceAll('&', '&amp;');
    assert.ok(text.includes(`value="${escaped}"`) && text.includes(`href="${escaped}"`));
  });

  it('reads what comes back from the consent page', async () => {
    const tenant = 'ABCDEF01-1111-4111-8111-111111111111';
    const pages = [
      [
        `?admin_consent=True&tenant=${tenant}`,
        'granted',
        { tenantId: tenant.toLowerCase(), granted: true },
        200,
      ],
      [
        `?error=access_denied&tenant=${tenant}`,
        'declined',
        { tenantId: tenant.toLowerCase(), granted: false },
        403,
      ],
      ['?admin_consent=True&tenant=%3Cb%3E', 'unknownTenant', { tenantId: undefined, granted: false }, 403],
      ['', 'unknownTenant', { tenantId: undefined, granted: false }, 403],
    ] as const;
    for (const [query, kind, given, status] of pages) {
      landed = { kind };
      assert.equal((await get(`/auth/consented${query}`)).response.status, status);
      assert.deepEqual(asked.splice(0), [{ state: undefined, ...given }]);
    }
    landed = { kind: 'thanked' };
    await get(`/auth/consented?admin_consent=True&tenant=${tenant}&state=from-our-link`);
    assert.deepEqual(asked.splice(0), [
      { tenantId: tenant.toLowerCase(), granted: true, state: 'from-our-link' },
    ]);
  });

  it('never leads anywhere that the query names', async () => {
    finished = { kind: 'used' };
    const evil = encodeURIComponent('https://evil.example/');
    for (const path of ['/auth/start', '/auth/callback', '/auth/consented']) {
      for (const name of ['returnTo', 'redirect_uri', 'state', 'request', 'error', 'tenant', 'next']) {
        const { response, text } = await get(`${path}?${name}=${evil}`);
        assert.equal(response.headers.get('location'), null);
        assert.equal(text.includes('evil.example'), false);
      }
    }
  });

  it('logs no code, state or address', async () => {
    finished = { kind: 'unknown' };
    await get('/auth/callback?code=canary-code&state=canary-state');
    assert.equal(JSON.stringify(site().lines).includes('canary'), false);
  });
});
