/** Real msal against the simulated Entra ID: both ways of signing in, and whose tokens are kept. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Person } from '../../../../src/domain/exports/export-job.ts';
import { entraError } from '../../../../src/sandbox/entra/entra-errors.ts';
import {
  ada,
  adaOfTeams,
  benno,
  bennoOfTeams,
  browseTo,
  challenge,
  nothingAlongside,
  oidOf,
  sandboxTenantId,
  signInSilently,
  ssoClientId,
  useBench,
  storedText,
  type IdentityBench,
  type BenchTokens,
} from '../identity-bench.ts';

describe('sign-in grants', () => {
  let bench: IdentityBench;
  let tokens: BenchTokens;

  useBench((fresh) => {
    bench = fresh;
    tokens = fresh.instance();
  });

  describe('signing in silently', () => {
    it('exchanges a Teams token once, and then answers from the cache', async () => {
      assert.deepEqual(await tokens.tokenFor(ada), { kind: 'signInRequired', cause: 'signIn' });
      assert.equal(await tokens.holds(ada), false);
      assert.deepEqual(await signInSilently(bench, tokens), { kind: 'signedIn' });
      assert.equal(oidOf(await tokens.tokenFor(ada)), ada.userId);
      assert.equal(oidOf(await tokens.tokenFor(ada)), ada.userId);
      assert.equal(await tokens.holds(ada), true);
      assert.deepEqual(bench.grants(), ['obo']);
    });

    it('gives the token that the exchange brought, without opening what is sealed', async () => {
      await signInSilently(bench, tokens);
      await bench.db
        .acrossTenants('a test')
        .updateTable('token_partitions')
        .set({ sealed: sql<string>`rpad(left(sealed, 58), length(sealed), '0')` })
        .execute();
      assert.equal(oidOf(await tokens.tokenFor(ada)), ada.userId);
    });

    it('asks for the two Graph permissions and says that it can be challenged (cp1)', async () => {
      await signInSilently(bench, tokens);
      const [call] = bench.entra.calls.filter(({ op }) => op === 'token');
      assert.match(call?.about['scope'] ?? '', /graph\.microsoft\.com\/Goals-Export\.ReadWrite\.All/);
      assert.match(call?.about['scope'] ?? '', /graph\.microsoft\.com\/Goals-Export\.Read\.All/);
      assert.match(call?.about['claims'] ?? '', /"xms_cc":\{"values":\["cp1"\]\}/);
    });

    it('refuses the token of another person, and keeps nothing', async () => {
      const ssoToken = await bench.entra.mintSsoToken({ user: bennoOfTeams, audience: ssoClientId });
      assert.deepEqual(await tokens.exchange(ada, { ssoToken }, nothingAlongside), { kind: 'wrongPerson' });
      assert.deepEqual(
        await tokens.exchange({ ...benno, tenantId: ada.userId }, { ssoToken }, nothingAlongside),
        {
          kind: 'notAccepted',
        },
      );
      assert.deepEqual(bench.grants(), []);
      assert.equal(await storedText(bench), '[]');
    });

    it('E3: falls back to what it holds when the assertion is out of time at Entra ID', async () => {
      await signInSilently(bench, tokens);
      bench.entra.script({
        match: { op: 'token', about: { grant: 'obo' } },
        respond: entraError('assertionExpired'),
      });
      assert.deepEqual(await signInSilently(bench, tokens), { kind: 'signedIn' });
      assert.deepEqual(await signInSilently(bench, tokens, bennoOfTeams), {
        kind: 'signInRequired',
        cause: 'signIn',
      });
    });

    it('asks Entra ID anew for a token that it exchanged before: what came of it may be refused by now', async () => {
      const ssoToken = await bench.entra.mintSsoToken({ user: adaOfTeams, audience: ssoClientId });
      await tokens.exchange(ada, { ssoToken }, nothingAlongside);
      const before = await tokens.tokenFor(ada);
      await tokens.exchange(ada, { ssoToken }, nothingAlongside);
      assert.notDeepEqual(await tokens.tokenFor(ada), before);
      assert.deepEqual(bench.grants(), ['obo', 'obo']);
    });

    it('keeps the refresh token that it holds when an exchange brings none', async () => {
      await signInSilently(bench, tokens);
      bench.entra.script({
        match: { op: 'token', about: { grant: 'obo' } },
        respond: (_call, { body, ...genuine }) => ({
          ...genuine,
          body: { ...Object(body), refresh_token: undefined },
        }),
      });
      assert.deepEqual(await signInSilently(bench, tokens), { kind: 'signedIn' });
      assert.equal(oidOf(await tokens.tokenFor(ada, { renew: true })), ada.userId);
    });

    it('E1: a missing consent is the administrator’s, and once given the same way works', async () => {
      bench.entra.setAdminConsent(sandboxTenantId, ssoClientId, false);
      assert.deepEqual(await signInSilently(bench, tokens), {
        kind: 'signInRequired',
        cause: 'adminConsent',
      });
      const consent = new URL(tokens.adminConsentUrl(sandboxTenantId));
      consent.searchParams.set('answer', 'accept');
      const answer = await fetch(consent, { redirect: 'manual' });
      assert.equal(new URL(answer.headers.get('location') ?? '').pathname, '/auth/consented');
      assert.deepEqual(await signInSilently(bench, tokens), { kind: 'signedIn' });
    });
  });

  describe('signing in with a browser', () => {
    const verifier = randomBytes(32).toString('base64url');
    const request = {
      state: 'state-1',
      challenge: createHash('sha256').update(verifier).digest('base64url'),
    };

    const codeFor = async (person: Person, somebody = adaOfTeams, claims?: string): Promise<string> => {
      const more = claims === undefined ? {} : { claims };
      return browseTo(await tokens.authorizeUrl(person, { ...request, ...more }), somebody);
    };

    it('redeems a code, once', async () => {
      const grant = { code: await codeFor(ada), verifier };
      assert.deepEqual(await tokens.redeem(ada, grant, nothingAlongside), { kind: 'signedIn' });
      assert.equal(oidOf(await tokens.tokenFor(ada)), ada.userId);
      const again = await tokens.redeem(ada, grant, nothingAlongside);
      assert.equal(again.kind, 'notAccepted');
      assert.equal(await tokens.holds(ada), true);
    });

    it('lets the person choose the account and passes state, PKCE and claims on', async () => {
      const url = new URL(await tokens.authorizeUrl(ada, { ...request, claims: challenge }));
      assert.equal(url.origin, bench.entra.url());
      assert.equal(url.pathname, `/${sandboxTenantId}/oauth2/v2.0/authorize`);
      const { prompt, state, code_challenge, code_challenge_method, response_mode, claims } =
        Object.fromEntries(url.searchParams);
      assert.deepEqual(
        { prompt, state, code_challenge, code_challenge_method, response_mode },
        {
          prompt: 'select_account',
          state: 'state-1',
          response_mode: 'query',
          code_challenge: request.challenge,
          code_challenge_method: 'S256',
        },
      );
      assert.match(claims ?? '', /1700000000/);
      assert.match(claims ?? '', /cp1/);
    });

    it('keeps nothing of somebody who signs in as another, and leaves what was held', async () => {
      assert.deepEqual(
        await tokens.redeem(ada, { code: await codeFor(ada, bennoOfTeams), verifier }, nothingAlongside),
        {
          kind: 'wrongPerson',
        },
      );
      assert.equal(await storedText(bench), '[]');
      await signInSilently(bench, tokens);
      const held = await storedText(bench);
      await tokens.redeem(ada, { code: await codeFor(ada, bennoOfTeams), verifier }, nothingAlongside);
      assert.equal(await storedText(bench), held);
    });

    it('accepts no forged code and no other verifier', async () => {
      const forged = await tokens.redeem(ada, { code: 'forged', verifier }, nothingAlongside);
      assert.equal(forged.kind, 'notAccepted');
      const stolen = await tokens.redeem(
        ada,
        { code: await codeFor(ada), verifier: `${verifier}x` },
        nothingAlongside,
      );
      assert.equal(stolen.kind, 'notAccepted');
    });
  });
});
