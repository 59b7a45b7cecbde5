/** What msal is told of an answer, and which answers count as none. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEntraNetwork } from '../../../../src/adapters/identity/entra/entra-network.ts';
import { createAskJson } from '../../../../src/blocks/http/ask-json.ts';

describe('the network to Entra ID', () => {
  let server: Server;
  let answer: RequestListener;
  const askJson = createAskJson();
  const clock = { now: () => new Date() };
  const refusing =
    (headers: Readonly<Record<string, string>>): RequestListener =>
    (_request, response) => {
      response.writeHead(400, headers);
      response.end('{"error":"invalid_grant"}');
    };
  const post = async () => {
    const network = createEntraNetwork({ clock, askJson });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answered = await network.client
      .sendPostRequestAsync(url, { headers, body: 'grant_type=x' })
      .catch((error: unknown) => String(error));
    return { answered, failure: network.failure() };
  };

  beforeEach(async () => {
    server = createServer((request, response) => {
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends the form, and hands over the answer', async () => {
    answer = (request, response) => {
      const { 'content-type': type, 'content-length': length } = request.headers;
      response.setHeader('x-ms-request-id', 'r-1').end(JSON.stringify({ type, length }));
    };
    const body = { type: 'application/x-www-form-urlencoded', length: '12' };
    const answered = { status: 200, headers: { 'x-ms-request-id': 'r-1' }, body };
    assert.deepEqual(await post(), { answered, failure: undefined });
  });

  it('says nothing of a pause that a refusal does not ask for: msal would take one of a minute', async () => {
    answer = refusing({});
    const refused = await post();
    assert.deepEqual(refused.answered, { status: 400, headers: {}, body: { error: 'invalid_grant' } });
    assert.deepEqual(refused.failure, { kind: 'oauth', error: 'invalid_grant', codes: [] });
    answer = refusing({ 'retry-after': '9' });
    const paused = await post();
    assert.ok(typeof paused.answered === 'object');
    assert.deepEqual(paused.answered.headers, { 'retry-after': '9' });
  });

  for (const [what, status, body] of [
    ['that leads elsewhere', 302, '{}'],
    ['of a gateway', 502, '{}'],
    ['that is no JSON', 200, '<html>'],
    ['of more than 1 MB', 200, JSON.stringify(['x'.repeat(1024 * 1024)])],
    ['that says no error', 400, '{}'],
  ] as const)
    it(`takes an answer ${what} for an outage, with the seconds to wait`, async () => {
      answer = (_request, response) => {
        response.writeHead(status, { 'retry-after': '17', location: '/' });
        response.end(body);
      };
      const { answered, failure } = await post();
      assert.equal(answered, `Error: Entra ID answered ${String(status)}.`);
      assert.deepEqual(failure, { kind: 'unreachable', retryAfter: 17 });
    });

  it('takes no answer for an outage', async () => {
    answer = (request) => request.socket.destroy();
    const { answered, failure } = await post();
    assert.deepEqual(
      [answered, failure],
      ['Error: Entra ID did not answer: unreachable.', { kind: 'unreachable' }],
    );
  });
});
