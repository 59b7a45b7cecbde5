/** One request whose answer is read while it comes: what is used again, how far ahead it is read, and what ends it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import {
  createOpenHttp,
  createSendHttp,
  type Opened,
  type Sending,
} from '../../../src/blocks/http/send-http.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/servers/scripted-server.ts';

describe('a file from Graph', () => {
  let server: ScriptedServer;
  const open = createOpenHttp();
  const limits = { headers: 5_000 };
  const sendingTo = (port: number): Sending => ({
    method: 'GET',
    url: `http://127.0.0.1:${port}/`,
    headers: { accept: 'text/csv' },
  });
  const opened = async (): Promise<Opened> => {
    const found = await open(sendingTo(server.port), limits);
    assert.ok(found.kind === 'opened');
    return found;
  };

  beforeEach(async () => {
    server = await startScriptedServer();
  });
  afterEach(() => server.close());

  it('is handed over while it comes', async () => {
    const goOn = Promise.withResolvers<undefined>();
    server.answer = (_request, response) => {
      response.write('first');
      void goOn.promise.then(() => response.end(' second'));
    };
    const { body } = await opened();
    const [first] = (await once(body.setEncoding('utf8'), 'data')) as [string];
    assert.equal(first, 'first');
    goOn.resolve(undefined);
    assert.deepEqual(await once(body, 'data'), [' second']);
  });

  it('goes over the connection that the one before has left, once that was read to its end', async () => {
    server.answer = (_request, response) => response.end('Title\n');
    for (let nth = 0; nth < 3; nth += 1) {
      const { body, abort } = await opened();
      assert.equal((await buffer(body)).toString(), 'Title\n');
      abort();
    }
    assert.equal(server.connections(), 1);
  });

  it('that nobody reads is not taken in, and its end closes the connection', async () => {
    const piece = Buffer.alloc(100_000);
    const left = Promise.withResolvers<undefined>();
    server.answer = (request, response) => {
      if (request.url !== '/') {
        response.end();
        return;
      }
      response.once('close', () => left.resolve(undefined));
      const goOn = (): void => {
        while (response.write(piece));
        response.once('drain', goOn);
      };
      goOn();
    };
    const { body, abort } = await opened();
    // Each is a way there and back, on which a reader without a limit would take in more.
    for (let nth = 0; nth < 300; nth += 1)
      await open({ ...sendingTo(server.port), url: `${sendingTo(server.port).url}other` }, limits);
    assert.ok(body.readableLength < 1_000_000, `${body.readableLength} bytes are here`);
    abort();
    await left.promise;
  });

  for (const encoding of ['identity', 'gzip'])
    it(`errs when it is cut, also where nobody reads it yet: ${encoding}`, async () => {
      server.answer = (_request, response) => {
        response.writeHead(200, { 'content-length': '100', 'content-encoding': encoding });
        response.write(encoding === 'gzip' ? gzipSync('Title\n') : 'Title\n', () => response.destroy());
      };
      const { body } = await opened();
      if (!body.closed) await new Promise((resolve) => body.once('close', resolve));
      await assert.rejects(buffer(body));
    });

  it('errs when it is packed and cut', async () => {
    server.answer = (_request, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.from('Title\n')).subarray(0, 14));
    await assert.rejects(buffer((await opened()).body));
  });

  it('ends at the length that it declares, and what follows harms nobody', async () => {
    const longer = createTcpServer((socket) => {
      socket.once('data', () =>
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: 6\r\n\r\nTitle\nA secret\n',
        ),
      );
    });
    longer.listen(0, '127.0.0.1');
    await once(longer, 'listening');
    const { port } = longer.address() as AddressInfo;
    const found = await open(sendingTo(port), limits);
    assert.ok(found.kind === 'opened');
    assert.equal((await buffer(found.body)).toString(), 'Title\n');
    const asked = await createSendHttp()(sendingTo(port), { ...limits, idle: 5_000, longest: 100 });
    assert.ok(asked.kind === 'sent');
    assert.equal(Buffer.from(asked.bytes).toString(), 'Title\n');
    longer.close();
  });

  it('is given up when whoever wanted it goes away, before and after its headers', async () => {
    const away = new AbortController();
    server.answer = (_request, response) => {
      response.setHeader('content-length', '100');
      response.write('Title\n');
    };
    const found = await open({ ...sendingTo(server.port), signal: away.signal }, limits);
    assert.ok(found.kind === 'opened');
    away.abort();
    await assert.rejects(buffer(found.body));
    const late = await open({ ...sendingTo(server.port), signal: away.signal }, limits);
    assert.equal(late.kind, 'unavailable');
  });
});
