/** One request and its whole answer: what is used again, unpacked, and given up. */
import assert from 'node:assert/strict';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createSendHttp, type Sending } from '../../../src/blocks/http/send-http.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/servers/scripted-server.ts';

describe('a request to Graph', () => {
  let server: ScriptedServer;
  const send = createSendHttp();
  const limits = { headers: 5_000, idle: 5_000, longest: 1_000_000 };
  const sending = (): Sending => ({
    method: 'GET',
    url: `http://127.0.0.1:${server.port}/`,
    headers: { accept: 'application/json' },
  });
  const textOf = async (): Promise<string> => {
    const sent = await send(sending(), limits);
    assert.ok(sent.kind === 'sent' && sent.body === 'whole');
    return Buffer.from(sent.bytes).toString();
  };

  beforeEach(async () => {
    server = await startScriptedServer();
  });
  afterEach(() => server.close());

  it('goes over the connection that the one before has left', async () => {
    server.answer = (_request, response) => response.end('{}');
    for (let nth = 0; nth < 5; nth += 1) assert.equal(await textOf(), '{}');
    assert.equal(server.connections(), 1);
  });

  it('is written with its body, and says how long that is', async () => {
    server.answer = (request, response) => {
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
      server.answer = (_request, response) =>
        response.setHeader('content-encoding', encoding).end(pack(Buffer.from('{"a":1}')));
      assert.equal(await textOf(), '{"a":1}');
    });

  it('takes a packed answer that cannot be unpacked, or grows too large, for one that was cut', async () => {
    for (const body of [
      gzipSync(Buffer.from('{"a":1}')).subarray(0, 12),
      gzipSync(Buffer.alloc(2_000_000)),
    ]) {
      server.answer = (_request, response) => response.setHeader('content-encoding', 'gzip').end(body);
      const sent = await send(sending(), limits);
      assert.equal(sent.kind === 'sent' && sent.body, 'cut');
    }
  });

  it('reads no answer that is too large', async () => {
    server.answer = (_request, response) => response.end(Buffer.alloc(3_000_000));
    const sent = await send(sending(), limits);
    assert.equal(sent.kind === 'sent' && sent.body, 'tooLarge');
  });

  it('waits for the next piece of an answer no longer than it may', async () => {
    server.answer = (_request, response) => response.write('{');
    const sent = await send(sending(), { ...limits, idle: 50 });
    assert.deepEqual(sent.kind === 'sent' && [sent.status, sent.body], [200, 'cut']);
  });

  it('may have arrived when the connection it went over is lost without an answer', async () => {
    server.answer = (_request, response) => response.end('{}');
    await textOf();
    server.answer = (request) => request.socket.destroy();
    assert.deepEqual(await send(sending(), limits), {
      kind: 'unavailable',
      trouble: 'unreachable',
      notSent: false,
    });
  });
});
