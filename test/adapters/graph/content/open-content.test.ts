/** Downloads over real HTTP: byte for byte, and never a file that looks whole and is not. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Answer, Trouble } from '../../../../src/sandbox/loopback/script.ts';
import type { GraphRig } from '../graph-rig.ts';
import { readAll, startGraphRig } from '../graph-rig.ts';
import { startStallingServer } from '../stalling-server.ts';

const csvType = { 'content-type': 'text/csv' };
const csvOf = (bytes: number): Buffer => {
  const lines: string[] = ['Id,Title,Note'];
  for (let size = 14; size < bytes;) {
    const line = `${String(lines.length)},"Grow, quickly","A note\nin two lines, 5"" wide é"`;
    lines.push(line);
    size += Buffer.byteLength(line) + 1;
  }
  return Buffer.from(`${lines.join('\n')}\n`);
};
const small = csvOf(2000);
const large = csvOf(400_000);
const held = 64 * 1024;

describe('content', () => {
  let rig: GraphRig;
  beforeEach(async () => {
    rig = await startGraphRig();
  });
  afterEach(() => rig.stop());

  const respond = (answer: Partial<Answer>, trouble?: Trouble): void => {
    const full = { status: 200, headers: csvType, ...answer };
    rig.server.script({ match: {}, respond: full, ...(trouble === undefined ? {} : { trouble }) });
  };
  const fetch = (deps: Parameters<GraphRig['create']>[0] = {}) =>
    rig.create(deps).content('sample-token', 'j!1');

  const encodings: readonly (readonly [what: string, bytes: Buffer])[] = [
    ['plain', large],
    ['of one byte', Buffer.from('T')],
    ['with a byte order mark', Buffer.from('\ufeffTitle\r\nA\r\n')],
    ['in UTF-16', Buffer.from('\ufeffTitle\nA\n', 'utf16le')],
    ['with invalid UTF-8 and NUL', Buffer.from([0x54, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a])],
    ['with mixed newlines and none at the end', Buffer.from('Title\rA\nB\r\nC')],
    ['of exactly what is held back', csvOf(70_000).subarray(0, held)],
  ];
  for (const [what, bytes] of encodings)
    it(`T8 hands a file over byte for byte: ${what}`, async () => {
      respond({ body: bytes });
      const answer = await fetch();
      assert.equal(answer.kind === 'content' && answer.length, bytes.length);
      assert.deepEqual(await readAll(answer), { kind: 'content', bytes });
    });

  it('tells Graph’s request id of the file', async () => {
    respond({ body: small, headers: { ...csvType, 'request-id': 'r-42' } });
    const answer = await fetch();
    assert.equal(answer.kind === 'content' && answer.requestId, 'r-42');
    await readAll(answer);
  });

  const cuts: readonly (readonly [what: string, trouble: Trouble])[] = [
    ['T5 a connection reset', { kind: 'cut', how: 'reset', atByte: 300_000 }],
    ['T5 fewer bytes than Content-Length', { kind: 'cut', how: 'contentLength', atByte: 300_000 }],
    ['T5 a missing last chunk', { kind: 'cut', how: 'chunked', atByte: 300_000 }],
    [
      'T6 a body ended by closing, in the middle of a quoted field',
      { kind: 'cut', how: 'closeDelimited', atByte: large.lastIndexOf('in two') },
    ],
    [
      'T6 a body ended by closing, in the middle of a record',
      { kind: 'cut', how: 'closeDelimited', atByte: large.lastIndexOf(',"Grow') },
    ],
    [
      'T6 a Content-Length that is too short, in the middle of a quoted field',
      { kind: 'cut', how: 'shortLength', atByte: large.lastIndexOf('in two') },
    ],
    ['T6 gzip although we asked for identity, cut', { kind: 'cut', how: 'gzip', atByte: 2_000 }],
    ['T6 brotli although we asked for identity, cut', { kind: 'cut', how: 'brotli', atByte: 200 }],
  ];
  for (const [what, trouble] of cuts)
    it(`${what}: the stream breaks and its end is never handed over`, async () => {
      respond({ body: large }, trouble);
      const { bytes, fault } = await readAll(await fetch());
      assert.equal(fault, 'cut');
      const arrived =
        trouble.kind === 'cut' && trouble.how !== 'gzip' && trouble.how !== 'brotli'
          ? trouble.atByte
          : large.length;
      assert.ok(
        bytes.length <= Math.max(0, arrived - held),
        `${String(bytes.length)} bytes were handed over`,
      );
      assert.deepEqual(bytes, large.subarray(0, bytes.length));
    });

  it('T8 a file that ends within quotes each time is handed over at the second try', async () => {
    const bytes = Buffer.from('Title,Note\nOne,"never closed\n');
    respond({ body: bytes });
    const goals = rig.create();
    assert.equal((await readAll(await goals.content('sample-token', 'j!1'))).fault, 'cut');
    assert.equal((await readAll(await goals.content('sample-token', 'j!2'))).fault, 'cut');
    assert.deepEqual(await readAll(await goals.content('sample-token', 'j!1')), { kind: 'content', bytes });
  });

  it('T5 a small file that is cut gives no byte at all', async () => {
    respond({ body: small }, { kind: 'cut', how: 'contentLength', atByte: 1500 });
    assert.deepEqual(await readAll(await fetch()), { kind: 'content', bytes: Buffer.alloc(0), fault: 'cut' });
  });

  it('T6 a whole file ended by closing, or in gzip, is handed over', async () => {
    respond({ body: large }, { kind: 'cut', how: 'closeDelimited', atByte: large.length });
    assert.deepEqual(await readAll(await fetch()), { kind: 'content', bytes: large });
    respond({ headers: { ...csvType, 'content-encoding': 'gzip' }, body: gzipSync(large) });
    assert.deepEqual(await readAll(await fetch()), { kind: 'content', bytes: large });
  });

  it('T4 a body that stops coming is given up, and the connection closed', async () => {
    const stalling = await startStallingServer(small);
    const { fault } = await readAll(await fetch({ baseUrl: stalling.baseUrl, limits: { idle: 50 } }));
    assert.equal(fault, 'tooSlow');
    await stalling.clientLeft;
    stalling.stop();
  });

  it('T4 a body that dribbles is given up in the end', async () => {
    respond({ body: small }, { kind: 'slow', chunkBytes: 1, everyMs: 5 });
    const { fault } = await readAll(await fetch({ limits: { idle: 30_000, total: 200 } }));
    assert.equal(fault, 'tooSlow');
  });

  it('T4 headers that never arrive', async () => {
    respond({}, { kind: 'hang' });
    const answer = await fetch({ limits: { headers: 50 } });
    assert.deepEqual(answer, { kind: 'unavailable', trouble: 'unreachable', notSent: false });
  });

  it('T7 a declared length over the cap is refused at once', async () => {
    respond({ body: large });
    assert.deepEqual(await fetch({ maxDownloadBytes: 399_999 }), { kind: 'tooLarge', limitBytes: 399_999 });
  });

  it('T7 a body of exactly the cap passes', async () => {
    respond({ body: large });
    assert.deepEqual((await readAll(await fetch({ maxDownloadBytes: large.length }))).bytes, large);
  });

  it('T7 a bomb is stopped at the cap', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 'a,b\n'));
    respond({ headers: { ...csvType, 'content-encoding': 'gzip' }, body: bomb });
    const { bytes, fault } = await readAll(await fetch({ maxDownloadBytes: 200_000 }));
    assert.equal(fault, 'tooLarge');
    assert.ok(bytes.length < 200_000);
  });

  const noFiles: readonly (readonly [what: string, headers: Record<string, string>, body: string])[] = [
    ['a web page by its type', { 'content-type': 'text/html' }, 'Title\n'],
    ['JSON by its type', { 'content-type': 'application/json; charset=utf-8' }, 'Title\n'],
    ['a problem by its type', { 'content-type': 'application/problem+json' }, 'Title\n'],
    ['XML by its type', { 'content-type': 'application/xml' }, 'Title\n'],
    ['a web page by its first bytes', csvType, '\ufeff \n<!DOCTYPE html><html></html>'],
    ['an XML error by its first bytes', csvType, '<?xml version="1.0"?><Error/>'],
    ['JSON by its first bytes', csvType, ' {"error":{}}'],
    ['a JSON list by its first bytes', csvType, '[{"a":1}]'],
  ];
  for (const [what, headers, body] of noFiles)
    it(`G24 refuses ${what}`, async () => {
      respond({ headers, body });
      assert.deepEqual(await fetch(), { kind: 'notCsv' });
    });

  it('G24 takes a file whose first column only looks a little like something else', async () => {
    for (const body of ['{x},Title\n', '[Team] Title,B\n', '<3,Title\n', '"Title","{"\n']) {
      respond({ headers: { 'content-type': 'application/octet-stream' }, body });
      assert.equal((await readAll(await fetch())).bytes.toString(), body);
    }
  });

  for (const [name, answer] of [
    ['a length of nothing', { headers: { ...csvType, 'content-length': '0' } }],
    ['chunks that end at once', { headers: { ...csvType, 'transfer-encoding': 'chunked' } }],
    ['a 204', { status: 204, headers: {} }],
  ] as const)
    it(`takes ${name} for an empty file`, async () => {
      respond({ ...answer, body: '' });
      const { bytes, fault } = await readAll(await fetch());
      assert.deepEqual([bytes.length, fault], [0, undefined]);
    });

  it('G19 nothing is no file where nobody says that nothing is missing', async () => {
    respond({ headers: { ...csvType, 'content-length': '0', 'content-encoding': 'br' }, body: '' });
    assert.equal((await fetch()).kind, 'odd');
  });

  for (const how of ['reset', 'contentLength', 'chunked', 'closeDelimited'] as const)
    it(`T5 T6 a body cut before its first byte is not empty: ${how}`, async () => {
      respond({ body: small }, { kind: 'cut', how, atByte: 0 });
      const answer = await fetch();
      if (answer.kind === 'content') assert.equal((await readAll(answer)).fault, 'cut');
      else assert.ok(answer.kind === 'odd' || answer.kind === 'unavailable', answer.kind);
    });

  it('G8 404 and 410 mean that the content is gone', async () => {
    for (const status of [404, 410]) {
      respond({
        status,
        headers: {},
        body: { error: { code: 'notFound', innerError: { code: 'exportJobNotFound' } } },
      });
      assert.deepEqual(await fetch(), { kind: 'contentGone' });
    }
  });

  it('cancelling closes the connection to Graph', async () => {
    const stalling = await startStallingServer(large.subarray(0, 100_000));
    const answer = await fetch({ baseUrl: stalling.baseUrl });
    assert.ok(answer.kind === 'content');
    await answer.stream.cancel();
    await stalling.clientLeft;
    stalling.stop();
  });

  it('an abort by the caller ends the call and the stream', async () => {
    const ours = new AbortController();
    const stalling = await startStallingServer(large.subarray(0, 100_000));
    const goals = rig.create({ baseUrl: stalling.baseUrl });
    const reading = readAll(await goals.content('sample-token', 'j!1', ours.signal));
    ours.abort();
    assert.equal((await reading).fault, 'cut');
    await stalling.clientLeft;
    assert.equal((await goals.content('sample-token', 'j!1', ours.signal)).kind, 'unavailable');
    stalling.stop();
  });
});
