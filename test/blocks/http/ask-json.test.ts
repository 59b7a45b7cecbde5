/** One small document: taken whole or not at all, and from nowhere else than where it was asked for. */
import assert from 'node:assert/strict';
import { createAskJson, type JsonReply } from '../../../src/blocks/http/ask-json.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/servers/scripted-server.ts';

describe('a question whose answer is JSON', () => {
  let server: ScriptedServer;
  let giveUp: AbortController;
  const askJson = createAskJson();
  const ask = () => {
    const url = `http://127.0.0.1:${server.port}/document`;
    return askJson({ method: 'GET', url, headers: {}, signal: giveUp.signal });
  };
  const reply = async (): Promise<JsonReply> => {
    const replied = await ask();
    assert.ok(replied.kind === 'reply');
    return replied;
  };

  beforeEach(async () => {
    giveUp = new AbortController();
    server = await startScriptedServer();
  });
  afterEach(() => server.close());

  it('is answered with the document, a byte order mark before it or not, over one connection', async () => {
    for (const mark of ['', '\uFEFF']) {
      server.answer = (_request, response) => response.setHeader('retry-after', '7').end(`${mark}{"a":[1]}`);
      const { status, headers, json } = await reply();
      assert.deepEqual([status, headers.get('retry-after'), json], [200, '7', { a: [1] }]);
    }
    assert.equal(server.connections(), 1);
  });

  for (const [what, body] of [
    ['no JSON', '<html>'],
    ['no object', '"text"'],
    ['nothing', ''],
    ['more than 1 MB', JSON.stringify(['x'.repeat(1024 * 1024)])],
  ] as const)
    it(`has no document when it is ${what}`, async () => {
      server.answer = (_request, response) => response.end(body);
      assert.equal((await reply()).json, undefined);
    });

  it('has no document when it is cut', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{}', () => response.destroy());
    };
    assert.equal((await reply()).json, undefined);
  });

  it('is not asked again wherever it is sent to', async () => {
    server.answer = (_request, response) => {
      response.writeHead(307, { location: '/other' });
      response.end('{}');
    };
    assert.equal((await reply()).status, 307);
    assert.deepEqual(server.asked, ['/document']);
  });

  it('is given up with its signal, before an answer and within one', async () => {
    server.answer = () => giveUp.abort();
    assert.deepEqual(await ask(), { kind: 'unavailable', trouble: 'unreachable', notSent: false });
    giveUp = new AbortController();
    server.answer = (_request, response) => response.write('{', () => giveUp.abort());
    const late = await ask();
    assert.ok(late.kind === 'unavailable' || late.json === undefined);
  });
});
