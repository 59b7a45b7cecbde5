// Whoever asks for a file and hardly reads it must not keep a place among the few downloads at once.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { sendFile, type Sent } from '../../src/web/send-file.ts';

describe('a reader that hardly reads', () => {
  it('is cut off in the end, and the source is stopped', async () => {
    const stopped = Promise.withResolvers<undefined>();
    const sent = Promise.withResolvers<Sent>();
    const server = createServer((_request, response) => {
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
        cancel: () => stopped.resolve(undefined),
      });
      sendFile(response, { stream, fileName: 'a.csv' }, 100).then(sent.resolve, sent.reject);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
    reader.on('error', () => undefined).pause();
    reader.write('POST /d/x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    const outcome = await sent.promise;
    assert.equal(outcome.kind, 'broken');
    await stopped.promise;
    reader.destroy();
    server.close();
  });
});
