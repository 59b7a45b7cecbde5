import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer, type Server } from 'restify';
import { createWebServer } from '../../src/web/server.ts';
import { rawRequest } from './raw-request.ts';
import { defaultDeps, startSite, useSite } from './run-web-server.ts';

const headers: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'content-security-policy': /^default-src 'none';.*frame-ancestors 'none'/,
  'cache-control': /^no-store$/,
};

describe('web server', () => {
  const site = useSite({
    handleBotRequest: async (request, response) => {
      const { does } = request.body as { does: string };
      if (does === 'throw') throw new Error('secret words');
      if (does === 'throwLate') response.write('{');
      if (does === 'throwLate') throw new Error('secret words');
      await Promise.resolve(response.send(201, { does }));
    },
  });
  const bot = async (body: object): Promise<Response> =>
    await fetch(`${site().url}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  for (const path of [
    '/',
    '/privacy',
    '/terms',
    '/support',
    '/healthz',
    '/readyz',
    '/nowhere',
    '/auth/start',
    '/d/x',
    '/%',
    '//a',
  ]) {
    it(`guards ${path} with headers, and tells nobody what it runs on`, async () => {
      const response = await fetch(site().url + path);
      for (const [name, pattern] of Object.entries(headers)) {
        assert.match(response.headers.get(name) ?? '', pattern, name);
      }
      for (const name of ['server', 'x-powered-by', 'strict-transport-security', 'set-cookie']) {
        assert.equal(response.headers.get(name), null);
      }
    });
  }

  it('answers HEAD wherever it answers GET, without a body', async () => {
    for (const path of ['/', '/privacy', '/terms', '/support', '/healthz', '/readyz']) {
      const response = await fetch(site().url + path, { method: 'HEAD' });
      assert.deepEqual([response.status, await response.text()], [200, '']);
    }
  });

  it('demands https for a year once it is reached over https', async () => {
    const secure = await startSite({ publicUrl: new URL('https://bot.example') });
    const response = await fetch(`${secure.url}/`);
    assert.equal(response.headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains');
    await secure.server.stop(0);
  });

  it('has a small page for what does not exist, in no words of the framework', async () => {
    const response = await fetch(`${site().url}/%3Cscript%3Enowhere`);
    const text = await response.text();
    assert.equal(response.status, 404);
    assert.match(text, /There is nothing here/);
    assert.doesNotMatch(text, /nowhere|ResourceNotFound/);
  });

  it('refuses other methods', async () => {
    for (const [method, path] of [
      ['GET', '/api/messages'],
      ['PUT', '/api/messages'],
      ['POST', '/healthz'],
      ['OPTIONS', '/'],
      ['DELETE', '/privacy'],
    ] as const) {
      assert.equal((await fetch(site().url + path, { method })).status, 405, `${method} ${path}`);
    }
  });

  it('hands a bot request on and its answer back', async () => {
    const response = await bot({ does: 'answer' });
    assert.equal(response.status, 201);
    assert.deepEqual(await response.json(), { does: 'answer' });
  });

  it('turns what the bot throws into a 500 without a word, logged once', async () => {
    const response = await bot({ does: 'throw' });
    assert.deepEqual([response.status, await response.text()], [500, '']);
    assert.equal(site().lines.filter(({ message }) => /did not answer/.test(message)).length, 1);
  });

  it('breaks off an answer that the bot began and did not end', async () => {
    await assert.rejects(async () => await (await bot({ does: 'throwLate' })).text());
  });

  describe('with clients that only take up room', () => {
    const lines: Parameters<typeof defaultDeps>[0] = [];
    const server = createWebServer(defaultDeps(lines));
    const seen: (Server['server'] & { maxConnections: number })[] = [];
    const http = () => seen[0] ?? assert.fail('it listens');
    let port = 0;
    before(async () => {
      const proto = Object.getPrototypeOf(createServer().server) as {
        listen: (...all: unknown[]) => unknown;
      };
      const { listen } = proto;
      proto.listen = function (this: (typeof seen)[number], ...all) {
        seen.push(this);
        return listen.apply(this, all);
      };
      ({ port } = await server.start());
      proto.listen = listen;
    });
    after(() => server.stop(0));

    it('bounds how long each may take, and how many there may be', () => {
      const bounds = {
        headersTimeout: 10_000,
        requestTimeout: 15_000,
        timeout: 120_000,
        keepAliveTimeout: 65_000,
        connectionsCheckingInterval: 2_000,
        maxConnections: 10_000,
      };
      const set = Object.keys(bounds).map((name) => [
        name,
        (http() as unknown as Record<string, number>)[name],
      ]);
      assert.deepEqual(Object.fromEntries(set), bounds);
    });

    it('turns those beyond away, and says so once', async () => {
      http().maxConnections = 1;
      const first = connect(port, '127.0.0.1');
      await once(first, 'connect');
      for (let nth = 0; nth < 3; nth += 1) {
        const beyond = connect(port, '127.0.0.1').on('error', () => undefined);
        await once(beyond, 'close');
      }
      first.destroy();
      assert.deepEqual(
        lines.map(({ level, message }) => [level, message]),
        [['error', 'there are too many connections: new ones are turned away']],
      );
    });
  });

  it('says which address is busy', async () => {
    const second = createWebServer({ ...defaultDeps([]), port: site().port });
    await assert.rejects(second.start(), { code: 'EADDRINUSE' });
  });
});

describe('web server, stopping', () => {
  it('lets a running request end, and takes no new ones', async () => {
    const entered = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    const site = await startSite({
      pingDatabase: async () => {
        entered.resolve(undefined);
        await gate.promise;
      },
    });
    const running = fetch(`${site.url}/readyz`);
    await entered.promise;
    const stopped = site.server.stop(10_000);
    assert.equal((await rawRequest(site.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).status, 0);
    gate.resolve(undefined);
    assert.equal((await running).status, 200);
    await stopped;
  });

  it('is not ready any more while it stops', async () => {
    const entered = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    const site = await startSite({
      handleBotRequest: async (request, response) => {
        if ('last' in (request.body as object)) gate.resolve(undefined);
        entered.resolve(undefined);
        await gate.promise;
        response.send(200);
      },
    });
    const bot = (body: string): string =>
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
      `Content-Length: ${body.length}\r\n\r\n${body}`;
    const socket = connect(site.port, '127.0.0.1');
    let seen = '';
    socket.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    const ended = once(socket, 'close');
    socket.write(bot('{}'));
    await entered.promise;
    const stopped = site.server.stop(10_000);
    socket.write(`GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n${bot('{"last":1}')}`);
    await stopped;
    await ended;
    assert.match(seen, /^HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 503 [\s\S]*stopping/);
  });

  it('cuts what does not end in time', async () => {
    const entered = Promise.withResolvers<undefined>();
    const site = await startSite({
      handleBotRequest: async () => {
        entered.resolve(undefined);
        await new Promise(() => undefined);
      },
    });
    const answer = fetch(`${site.url}/api/messages`, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });
    await entered.promise;
    await Promise.all([assert.rejects(answer), site.server.stop(50)]);
  });
});
