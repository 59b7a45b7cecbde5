import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { rawRequest } from './raw-request.ts';
import { startSite, useSite } from './run-web-server.ts';

const post = (
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
  path = '/api/messages',
) => {
  const all = {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
};

const large = 'x'.repeat(256 * 1024);
const zeros = Buffer.alloc(50 * 1024 * 1024);
const chunked = (size: number): Buffer => {
  const head =
    'POST /api/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n' +
    'Transfer-Encoding: chunked\r\n\r\n';
  return Buffer.from(`${head}${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`);
};

const refused: readonly (readonly [name: string, bytes: Buffer, status: number])[] = [
  ['no body', post(''), 400],
  ['text that is no JSON', post('hello'), 400],
  ['half an object', post('{"type":"message"'), 400],
  ['two objects', post('{}{}'), 400],
  ['an array', post('[{"type":"message"}]'), 400],
  ['a number', post('1'), 400],
  ['null', post('null'), 400],
  ['a string', post('"message"'), 400],
  ['NaN', post('{"type":NaN}'), 400],
  ['single quotes', post(`{'type':'message'}`), 400],
  ['a lone control character', post('{"type":"\u0000"}'), 400],
  ['invalid UTF-8', post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400],
  ['UTF-16', post(Buffer.from('{"type":"message"}', 'utf16le')), 400],
  ['200,000 open brackets', post('['.repeat(200_000)), 400],
  ['another charset', post('{}', { 'Content-Type': 'application/json; charset=utf-16' }), 415],
  [
    'no content type',
    Buffer.from(post('{}').toString().replace('Content-Type: application/json\r\n', '')),
    415,
  ],
  ['plain text', post('{}', { 'Content-Type': 'text/plain' }), 415],
  ['a form', post('type=message', { 'Content-Type': 'application/x-www-form-urlencoded' }), 415],
  ['multipart', post('--a\r\n\r\n--a--', { 'Content-Type': 'multipart/form-data; boundary=a' }), 415],
  ['JSON in name only', post('{}', { 'Content-Type': 'application/jsonp' }), 415],
  ['gzip that is none', post('hello', { 'Content-Encoding': 'gzip' }), 415],
  ['a gzip bomb', post(gzipSync(zeros), { 'Content-Encoding': 'gzip' }), 415],
  ['a gzip bomb twice zipped', post(gzipSync(gzipSync(zeros)), { 'Content-Encoding': 'gzip, gzip' }), 415],
  ['deflate', post('{}', { 'Content-Encoding': 'deflate' }), 415],
  ['identity', post('{}', { 'Content-Encoding': 'identity' }), 415],
  ['a byte too many', post(`"${large}`), 413],
  ['a length that promises too much', post('{', { 'Content-Length': '9999999999' }), 413],
  ['too many bytes in chunks', chunked(256 * 1024 + 1), 413],
  ['a negative length', post('{}', { 'Content-Length': '-1' }), 400],
  ['two lengths', post('{}', { 'X: y\r\nContent-Length': '9' }), 400],
  ['a length and chunks', post('{}', { 'Transfer-Encoding': 'chunked' }), 400],
  ['a broken chunk', Buffer.from(chunked(2).toString().replace('\r\n2\r\n', '\r\nzz\r\n')), 400],
  ['a body for a page', post('{}', {}, '/privacy'), 413],
  ['a body for nothing', post('{}', {}, '/nowhere'), 413],
  ['the bot path in disguise', post('{}', {}, '/api/x/%2e%2e/messages/'), 413],
  ['an address that is no URL', Buffer.from('GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n'), 400],
  ['a port that is none', Buffer.from('GET http://x:99999/ HTTP/1.1\r\nHost: x\r\n\r\n'), 400],
  ['a host that is none', Buffer.from('GET / HTTP/1.1\r\nHost: [\r\n\r\n'), 400],
  ['an asterisk', Buffer.from('OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'), 400],
  [
    'an upgrade',
    Buffer.from('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    0,
  ],
  ['a tunnel', Buffer.from('CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n'), 0],
  ['no HTTP', Buffer.from('hello\r\n\r\n'), 400],
  ['a header without end', Buffer.from(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}`), 431],
];

describe('inbound guard', () => {
  const bodies: unknown[] = [];
  const site = useSite({
    handleBotRequest: async (request, response) => {
      bodies.push(request.body);
      await Promise.resolve(response.send(200, { ok: true }));
    },
  });

  for (const [name, bytes, status] of refused) {
    it(`answers ${status} to ${name}`, async () => {
      const seen = bodies.length;
      const answer = await rawRequest(site().port, bytes);
      assert.deepEqual([answer.status, answer.body], [status, '']);
      assert.equal(bodies.length, seen);
    });
  }

  it('keeps its memory small while all of that comes again and again', async () => {
    const everything = async (): Promise<void> => {
      await Promise.all(refused.map(async ([, bytes]) => await rawRequest(site().port, bytes)));
    };
    await everything();
    const start = memoryInUse();
    for (let round = 0; round < 3; round += 1) await everything();
    const growth = memoryInUse() - start;
    assert.ok(growth < 10 * 1024 * 1024, `grew by ${growth} bytes`);
  });

  it('answers 401 to a stranger, and waits for nothing of their body', async () => {
    const asked: unknown[] = [];
    const { port, server } = await startSite({
      mayEnter: ({ authorization }) => Promise.resolve(asked.push(authorization) === 0),
      handleBotRequest: () => assert.fail('nobody is let in'),
    });
    const head = post('', { 'Content-Length': '1000', Authorization: 'Bearer sample' }).toString();
    const answer = await rawRequest(port, Buffer.from(head.replace('Connection: close\r\n', '')));
    assert.deepEqual([answer.status, answer.body, asked], [401, '', ['Bearer sample']]);
    await server.stop(0);
  });

  it('hands on a JSON object', async () => {
    const answer = await rawRequest(site().port, post('{"type":"message","text":"é"}'));
    assert.equal(answer.status, 200);
    assert.deepEqual(bodies.at(-1), { type: 'message', text: 'é' });
  });

  it('takes a charset of UTF-8, a byte order mark and exactly 256 KiB', async () => {
    const type = { 'Content-Type': 'Application/JSON; charset="UTF-8"' };
    const full = `\uFEFF{"a":"${'x'.repeat(256 * 1024 - 11)}"}`;
    assert.equal(Buffer.byteLength(full), 256 * 1024);
    const answer = await rawRequest(site().port, post(full, type));
    assert.equal(answer.status, 200);
  });

  it('survives a client that leaves in the middle of its body', async () => {
    const { socketClosed } = await leaveEarly(site().port);
    assert.ok(socketClosed);
    assert.equal((await fetch(`${site().url}/healthz`)).status, 200);
  });
});

async function leaveEarly(port: number): Promise<{ readonly socketClosed: boolean }> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(post('{', { 'Content-Length': '100' }), () => socket.resetAndDestroy());
    });
    socket.on('close', () => resolve({ socketClosed: true }));
  });
}

/** Bytes, after a full collection. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
