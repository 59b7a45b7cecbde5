/** The bot and the app of the sign-in, without a secret: Entra ID checks what each signs, or has signed by its managed identity. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, SignJWT } from 'jose';
import { createAskJson } from '../../../../src/blocks/http/ask-json.ts';
import { createBotToken } from '../../../../src/adapters/identity/entra/bot-token.ts';
import type { ClientAuth } from '../../../../src/adapters/identity/entra/entra-app.ts';
import { entraOptions } from '../../../support/servers/entra-client.ts';
import {
  ada,
  oidOf,
  sandboxTenantId,
  signInSilently,
  ssoClientId,
  startBench,
  type IdentityBench,
} from '../identity-bench.ts';
import { sampleCertificate } from '../sample-certificate.ts';

/** Signs for the app as the platform's identity would, whose token the registration trusts. */
function startIdentity(keyFile: () => string) {
  return createServer((_request, response) => {
    const now = Math.floor(Date.now() / 1000);
    void new SignJWT({ iat: now, exp: now + 3600 })
      .setProtectedHeader({ alg: 'RS256' })
      .setSubject(ssoClientId)
      .sign(createPrivateKey(readFileSync(keyFile())))
      .then((token) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ access_token: token, token_type: 'Bearer', expires_on: String(now + 3600) }),
        );
      });
  }).listen(0, '127.0.0.1');
}

describe('both registrations, without a secret', () => {
  const [known, foreign] = [sampleCertificate(), sampleCertificate()];
  let signedWith = known;
  const identity = startIdentity(() => signedWith.keyFile);
  let bench: IdentityBench;

  before(async () => {
    if (!identity.listening) await once(identity, 'listening');
    process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${String((identity.address() as AddressInfo).port)}/msi/token`;
    process.env.IDENTITY_HEADER = 'sample header';
    bench = await startBench({
      clients: entraOptions.clients.map(({ secret: _secret, ...client }) => ({
        ...client,
        certificate: known.pem,
      })),
    });
  });
  after(async () => {
    delete process.env.IDENTITY_ENDPOINT;
    delete process.env.IDENTITY_HEADER;
    identity.close();
    await bench.stop();
    for (const certificate of [known, foreign]) certificate.remove();
  });

  const certificate = ({ certificateFile, keyFile }: typeof known) =>
    ({ kind: 'certificate', certificateFile, keyFile }) as const;
  const signIn = async (clientAuth: ClientAuth) => {
    const tokens = bench.instance({ clientAuth });
    await signInSilently(bench, tokens);
    return tokens.tokenFor(ada, { renew: true });
  };

  it('get their tokens with a certificate, and none with one that Entra ID does not know', async () => {
    const botToken = (auth: ReturnType<typeof certificate>) =>
      createBotToken({
        entraBaseUrl: bench.entra.url(),
        tenantId: sandboxTenantId,
        appId: ssoClientId,
        auth,
        scope: 'https://api.botframework.com/.default',
        clock: { now: () => new Date() },
        askJson: createAskJson(),
      })();
    assert.equal(decodeJwt(await botToken(certificate(known)))['appid'], ssoClientId);
    assert.equal(oidOf(await signIn(certificate(known))), ada.userId);
    await assert.rejects(botToken(certificate(foreign)), /refuses the bot/);
    assert.equal((await signIn(certificate(foreign))).kind, 'operatorFault');
  });

  it('get their tokens with what a managed identity vouches for; the bot needs none beside its own', async () => {
    /** The library keeps an identity's token by its id: each has its own here. */
    const managed = (nth: number): ClientAuth => ({
      kind: 'managedIdentity',
      clientId: `00000000-0000-4000-8000-0000000000b${String(nth)}`,
    });
    assert.equal(oidOf(await signIn(managed(1))), ada.userId);
    signedWith = foreign;
    assert.equal((await signIn(managed(2))).kind, 'operatorFault');
  });
});
