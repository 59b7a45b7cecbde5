import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { parse as parseDisposition } from 'content-disposition';
import { serveFile, streamOf, useDownloadSite } from './download-site.ts';
import { token } from './run-web-server.ts';

describe('sending a file', () => {
  const here = useDownloadSite();

  it('hands over 30 MB byte for byte, with its length when it is known', async () => {
    const chunks = Array.from({ length: 480 }, () => randomBytes(64 * 1024));
    const { finished } = serveFile(here, streamOf(...chunks), { length: 30 * 1024 * 1024 });
    const response = await here.post();
    assert.equal(response.headers.get('content-length'), String(30 * 1024 * 1024));
    assert.equal(response.headers.get('content-type'), 'text/csv');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const hash = (parts: readonly Uint8Array[]): string => {
      const sum = createHash('sha256');
      for (const part of parts) sum.update(part);
      return sum.digest('hex');
    };
    assert.equal(hash([await response.bytes()]), hash(chunks));
    assert.equal(await finished, 30 * 1024 * 1024);
  });

  it('says no length when none is known, and takes a form as browsers send it', async () => {
    const { finished } = serveFile(here, streamOf(Buffer.from('a,b\r\n')));
    const response = await fetch(here.link(), { method: 'POST', body: new URLSearchParams() });
    assert.equal(response.headers.get('content-length'), null);
    assert.equal(await response.text(), 'a,b\r\n');
    assert.equal(await finished, 5);
  });

  it('hands over an empty file as an empty file', async () => {
    const { finished } = serveFile(here, streamOf());
    assert.equal((await (await here.post()).bytes()).length, 0);
    assert.equal(await finished, 0);
  });

  const names = [
    'übersicht 目標 🎯.csv',
    'a"b\\c;d.csv',
    'plain.csv',
    'x\r\nSet-Cookie: a=b.csv',
    '../../e\u202Evsc.csv',
  ];
  for (const fileName of names) {
    it(`names the file ${JSON.stringify(fileName)}`, async () => {
      serveFile(here, streamOf(Buffer.from('a')), { fileName });
      const response = await here.post();
      const { type, parameters } = parseDisposition(response.headers.get('content-disposition') ?? '');
      assert.equal(type, 'attachment');
      assert.equal(parameters['filename'], fileName.replace(/[\r\n/\\\u202E]/g, '_'));
      assert.equal(
        response.headers.get('set-cookie'),
        '__Host-download-original=began; Path=/; Max-Age=60; Secure; SameSite=Strict',
        'ours alone',
      );
      await response.bytes();
    });
  }

  it('never takes more from the source than the reader and a few buffers hold', async () => {
    let pulled = 0;
    const { broken } = serveFile(
      here,
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          pulled += 1;
          controller.enqueue(new Uint8Array(64 * 1024));
        },
      }),
    );
    const request = httpRequest(here.link(), { method: 'POST' }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.pause();
    await fetch(`${here.site().url}/healthz`);
    const early = pulled;
    response.destroy();
    await broken;
    assert.ok(early < 2000 && pulled < 2000, `${pulled} chunks`);
  });

  it('breaks the connection when the source breaks, with and without a length', async () => {
    for (const more of [{}, { length: 100_000 }]) {
      const cut = new Error('cut');
      const { broken } = serveFile(here, streamOf(Buffer.alloc(50_000), cut), more);
      await assert.rejects(async () => await (await here.post()).bytes());
      assert.equal(await broken, cut);
    }
  });

  it('resets the connection, so that a proxy without chunks sees the break', async () => {
    const gate = Promise.withResolvers<undefined>();
    let first = true;
    serveFile(
      here,
      new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          if (!first) await gate.promise;
          if (!first) throw new Error('cut');
          first = false;
          controller.enqueue(Buffer.from('a,b\r\n'));
        },
      }),
    );
    const socket = connect(here.site().port, '127.0.0.1');
    socket.write(`POST /d/${token} HTTP/1.0\r\nContent-Length: 0\r\n\r\n`);
    let seen = '';
    const failed = new Promise<NodeJS.ErrnoException>((resolve) => socket.on('error', resolve));
    socket.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.endsWith('a,b\r\n')) gate.resolve(undefined);
    });
    assert.equal((await failed).code, 'ECONNRESET');
  });

  it('breaks a file that is shorter or longer than declared', async () => {
    for (const length of [4, 6]) {
      const { broken } = serveFile(here, streamOf(Buffer.from('a,b\r\n')), { length });
      await assert.rejects(async () => await (await here.post()).bytes());
      assert.ok((await broken) instanceof Error);
    }
  });

  it('answers with a page when the source breaks before its first byte', async () => {
    const { broken } = serveFile(here, streamOf(new Error('cut')));
    const response = await here.post();
    assert.equal(response.status, 502);
    assert.equal(response.headers.get('content-disposition'), null);
    assert.match(await response.text(), /Download<\/strong> again[\s\S]*Reference/);
    assert.ok((await broken) instanceof Error);
  });

  it('stops the source and says so when the reader leaves', async () => {
    const cancelled = Promise.withResolvers<undefined>();
    const { broken } = serveFile(
      here,
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
        cancel: () => cancelled.resolve(undefined),
      }),
    );
    const request = httpRequest(here.link(), { method: 'POST' }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.once('data', () => response.destroy());
    await cancelled.promise;
    assert.ok((await broken) instanceof Error);
  });
});
