/** One request and its whole answer: what is used again, unpacked, and given up. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createSendHttp, type Sending } from '../../../src/blocks/http/send-http.ts';

describe('a request to Graph', () => {
  let server: Server;
  let answer: RequestListener;
  let connections: number;
  const send = createSendHttp();
  const limits = { headers: 5_000, idle: 5_000, longest: 1_000_000 };
  const sending = (): Sending => ({
    method: 'GET',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    headers: { accept: 'application/json' },
  });
  const textOf = async (): Promise<string> => {
    const sent = await send(sending(), limits);
    assert.ok(sent.kind === 'sent' && sent.body === 'whole');
    return Buffer.from(sent.bytes).toString();
  };

  beforeEach(async () => {
    connections = 0;
    server = createServer((request, response) => answer(request, response));
    server.on('connection', () => (connections += 1));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('goes over the connection that the one before has left', async () => {
    answer = (_request, response) => response.end('{}');
    for (let nth = 0; nth < 5; nth += 1) assert.equal(await textOf(), '{}');
    assert.equal(connections, 1);
  });

  it('is written with its body, and says how long that is', async () => {
    answer = (request, response) => {
      request.pipe(response.setHeader('x-length', request.headers['content-length'] ?? 'none'));
    };
    const sent = await send({ ...sending(), method: 'POST', body: '{"ä":1}' }, limits);
    assert.ok(sent.kind === 'sent');
    assert.equal(Buffer.from(sent.bytes).toString(), '{"ä":1}');
    assert.equal(sent.headers.get('x-length'), '8');
    assert.equal(sent.headers.get('x-other'), null);
  });

  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)
    it(`reads an answer that somebody has packed (${encoding})`, async () => {
      answer = (_request, response) =>
        response.setHeader('content-encoding', encoding).end(pack(Buffer.from('{"a":1}')));
      assert.equal(await textOf(), '{"a":1}');
    });

  it('takes a packed answer that cannot be unpacked, or grows too large, for one that was cut', async () => {
    for (const body of [
      gzipSync(Buffer.from('{"a":1}')).subarray(0, 12),
      gzipSync(Buffer.alloc(2_000_000)),
    ]) {
      answer = (_request, response) => response.setHeader('content-encoding', 'gzip').end(body);
      const sent = await send(sending(), limits);
      assert.equal(sent.kind === 'sent' && sent.body, 'cut');
    }
  });

  it('reads no answer that is too large', async () => {
    answer = (_request, response) => response.end(Buffer.alloc(3_000_000));
    const sent = await send(sending(), limits);
    assert.equal(sent.kind === 'sent' && sent.body, 'tooLarge');
  });

  it('waits for the next piece of an answer no longer than it may', async () => {
    answer = (_request, response) => response.write('{');
    const sent = await send(sending(), { ...limits, idle: 50 });
    assert.deepEqual(sent.kind === 'sent' && [sent.status, sent.body], [200, 'cut']);
  });

  it('may have arrived when the connection it went over is lost without an answer', async () => {
    answer = (_request, response) => response.end('{}');
    await textOf();
    answer = (request) => request.socket.destroy();
    assert.deepEqual(await send(sending(), limits), {
      kind: 'unavailable',
      trouble: 'unreachable',
      notSent: false,
    });
  });
});
