// Scripted troubles really reach a client the way a broken network would bring them.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { LoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import { createLoopbackServer } from '../../../src/sandbox/loopback/loopback-server.ts';
import type { Trouble } from '../../../src/sandbox/loopback/script.ts';

const whole = 'x'.repeat(50_000);

describe('createLoopbackServer', () => {
  let server: LoopbackServer;
  let performed = 0;
  beforeEach(async () => {
    performed = 0;
    server = createLoopbackServer({
      handle: () => {
        performed += 1;
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: whole };
      },
    });
    await server.start();
  });
  afterEach(() => server.stop());

  const withTrouble = (trouble: Trouble) => server.script({ match: {}, trouble });

  it('records method, path, query and body', async () => {
    await fetch(`${server.url()}/a%20b?c=d`, { method: 'PUT', body: 'hello' });
    const [call] = server.calls;
    assert.deepEqual(
      [call?.method, call?.path, call?.query, call?.body.toString()],
      ['PUT', '/a b', { c: 'd' }, 'hello'],
    );
  });

  it('applies a rule to the calls it matches, as often as it says, the newest first', async () => {
    server.script({ match: { method: 'GET' }, respond: { status: 500 } });
    const newest = server.script({
      match: { pathIncludes: 'busy' },
      times: 2,
      respond: { status: 429, headers: { 'Retry-After': '7' } },
    });
    const statuses = [];
    for (const path of ['/busy', '/other', '/busy', '/busy'])
      statuses.push((await fetch(`${server.url()}${path}`)).status);
    assert.deepEqual(statuses, [429, 500, 429, 500]);
    assert.equal(newest.hits(), 2);
    assert.equal((await fetch(server.url(), { method: 'PUT' })).status, 200);
    server.clearScript();
    assert.equal((await fetch(server.url())).status, 200);
  });

  it('can lose the answer of an operation that was carried out', async () => {
    server.script({ match: {}, trouble: { kind: 'reset' } });
    await assert.rejects(fetch(server.url(), { method: 'POST' }));
    assert.equal(performed, 1);
    server.script({ match: {}, respond: { status: 504 }, perform: true });
    assert.equal((await fetch(server.url(), { method: 'POST' })).status, 504);
    assert.equal(performed, 2);
  });

  it('can change the genuine answer', async () => {
    server.script({ match: {}, respond: (_call, genuine) => ({ ...genuine, status: 203 }) });
    const response = await fetch(server.url());
    assert.deepEqual([response.status, await response.text()], [203, whole]);
  });

  for (const how of ['contentLength', 'chunked', 'reset'] as const) {
    it(`cuts a body so that fetch notices: ${how}`, async () => {
      withTrouble({ kind: 'cut', how, atByte: 1_000 });
      const response = await fetch(server.url());
      await assert.rejects(response.text());
    });
  }

  it('cuts a close-delimited body, which fetch does not notice', async () => {
    withTrouble({ kind: 'cut', how: 'closeDelimited', atByte: 1_000 });
    const response = await fetch(server.url());
    assert.equal((await response.text()).length, 1_000);
    assert.deepEqual(
      [response.headers.get('content-length'), response.headers.get('transfer-encoding')],
      [null, null],
    );
  });

  it('cuts a compressed stream inside an intact message', async () => {
    withTrouble({ kind: 'cut', how: 'gzip', atByte: 60 });
    const body = await new Promise<Buffer>((resolve, reject) => {
      get(server.url(), (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks)));
      }).on('error', reject);
    });
    assert.equal(body.length, 60);
    await assert.rejects(promisify(gunzip)(body), /unexpected end of file/);
  });

  it('hangs before the headers until the client gives up', async () => {
    withTrouble({ kind: 'hang' });
    const giveUp = new AbortController();
    const response = fetch(server.url(), { signal: giveUp.signal });
    await server.until(() => server.calls.length === 1);
    giveUp.abort();
    await assert.rejects(response, { name: 'AbortError' });
  });

  it('dribbles a body', async () => {
    withTrouble({ kind: 'slow', chunkBytes: 20_000, everyMs: 1 });
    assert.equal(await (await fetch(server.url())).text(), whole);
  });

  it('answers when the test lets it', async () => {
    const gate = Promise.withResolvers<undefined>();
    server.script({ match: {}, after: gate.promise });
    const response = fetch(server.url());
    await server.until(() => server.calls.length === 1);
    gate.resolve(undefined);
    assert.equal((await response).status, 200);
  });

  it('tells whoever still waits when it stops', async () => {
    const waiting = assert.rejects(server.nextCall({ op: 'never' }), /stopped .*"op":"never"/);
    await server.stop();
    await waiting;
  });

  it('names what was awaited in vain', async () => {
    await assert.rejects(server.nextCall({ op: 'never' }, { timeoutMs: 1 }), /a call like {"op":"never"}/);
  });
});
