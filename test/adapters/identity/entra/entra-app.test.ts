/** A registration without a secret: a managed identity's token stands in for it, asked of the platform's own endpoint. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createBotToken } from '../../../../src/adapters/identity/entra/bot-token.ts';
import { createAskJson } from '../../../../src/blocks/http/ask-json.ts';
import { proveClient } from '../../../../src/adapters/identity/entra/entra-app.ts';

const identityId = '00000000-0000-4000-8000-0000000000a1';

/** App Service's token endpoint (learn.microsoft.com/azure/app-service/overview-managed-identity, "REST endpoint"). */
function startIdentityEndpoint(asked: URL[]): Server {
  return createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://127.0.0.1'));
    const isGenuine = request.headers['x-identity-header'] === 'sample header';
    response.writeHead(isGenuine ? 200 : 401, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        access_token: 'token of the identity',
        token_type: 'Bearer',
        client_id: identityId,
        expires_on: String(Math.floor(Date.now() / 1000) + 3600),
        resource: 'any',
      }),
    );
  }).listen(0, '127.0.0.1');
}

describe('client auth', () => {
  const asked: URL[] = [];
  let server: Server;

  before(async () => {
    server = startIdentityEndpoint(asked);
    await once(server, 'listening');
    process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`;
    process.env.IDENTITY_HEADER = 'sample header';
  });
  after(() => {
    delete process.env.IDENTITY_ENDPOINT;
    delete process.env.IDENTITY_HEADER;
    server.close();
  });

  it('asks the managed identity for the token that Entra ID takes instead of a secret', async () => {
    const { clientAssertion } = proveClient({ kind: 'managedIdentity', clientId: identityId });
    assert.equal(typeof clientAssertion, 'function');
    const assertion =
      typeof clientAssertion === 'function' ? await clientAssertion({ clientId: 'any' }) : undefined;
    assert.equal(assertion, 'token of the identity');
    const { resource, client_id } = Object.fromEntries(asked.at(-1)?.searchParams ?? []);
    assert.deepEqual(
      { resource, client_id },
      { resource: 'api://AzureADTokenExchange', client_id: identityId },
    );
  });

  it('is the bot itself when the bot is a user-assigned identity', async () => {
    const token = createBotToken({
      entraBaseUrl: 'http://127.0.0.1:1',
      tenantId: 'any',
      appId: identityId,
      auth: { kind: 'userAssignedIdentity' },
      scope: 'https://api.botframework.com/.default',
      clock: { now: () => new Date() },
      askJson: createAskJson(),
    });
    assert.equal(await token(), 'token of the identity');
    assert.equal(asked.at(-1)?.searchParams.get('resource'), 'https://api.botframework.com');
  });
});
