// The rows T of the fault table: the way to Graph, and what its person sees.
import { createGraphClient } from '../../src/adapters/graph/http/graph-client.ts';
import { connectSources, createSources } from '../../src/sources/sources.ts';
import { someExport } from '../support/samples/sample-exports.ts';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { oddBytes } from '../../src/sandbox/faults/content-faults.ts';
import { createLoopbackServer } from '../../src/sandbox/loopback/loopback-server.ts';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { fetchContent } from '../../src/usecases/files/fetch-content.ts';
import { makeUntrustedCertificate } from '../adapters/graph/untrusted-certificate.ts';
import { createSuite, runs } from '../support/app/app-suite.ts';
import { startAppWorld } from '../support/app/app-world.ts';
import { pageText, saidBy, useFaultRows } from '../support/app/fault-rows.ts';
import { collectingLog } from '../support/surroundings/quiet.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { testPort } from '../support/servers/test-port.ts';

const ready = /Your file is ready/;
const [ada] = sandboxPeople;
const chat = personalChat(ada);

describe('faults of the way to Graph', () => {
  const { row } = useFaultRows();

  row('T1 starts a little later when Graph’s name could not be resolved, in silence', async (scene) => {
    await scene.signIn();
    await scene.paste();
    const card = await scene.card(ready);
    assert.equal(scene.jobs().length, 1);
    for (const version of card.versions) assert.doesNotMatch(JSON.stringify(version), /can’t reach|failed/);
  });

  row('T3 starts a little later when Graph had refused the connection, in silence', async (scene) => {
    await scene.signIn();
    await scene.paste();
    const card = await scene.card(ready);
    assert.equal(scene.jobs().length, 1);
    for (const version of card.versions) assert.doesNotMatch(JSON.stringify(version), /can’t reach|failed/);
  });

  row('T5 fetches a file again that is cut before its first byte is handed on', async (scene) => {
    await scene.paste();
    const response = await scene.download(await scene.card(ready));
    assert.equal(response.status, 200);
    const [job] = scene.jobs();
    const whole = scene.suite.world().graph.contentOf(job?.id ?? '');
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), whole);
    assert.ok(scene.asked('content') >= 2);
  });

  row('T6 hands over no short file that looks whole', async (scene) => {
    await scene.paste();
    const response = await scene.download(await scene.card(ready));
    assert.equal(response.status, 200);
    const [job] = scene.jobs();
    const whole = scene.suite.world().graph.contentOf(job?.id ?? '');
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), whole);
    assert.ok(scene.asked('content') >= 2);
  });

  row('T7 names the limit when the file is larger, and reads no more of it', async (scene) => {
    await scene.paste();
    const card = await scene.card(/it is larger than what I can read/);
    assert.doesNotMatch(saidBy(card), /fine to download/);
    const page = await pageText(await scene.download(card), 502);
    assert.match(page, /larger than this bot’s limit of 100 MB; its operator can raise it/);
  });

  row('T8 hands over whatever bytes the file has', async (scene) => {
    await scene.paste();
    const card = await scene.card(
      /Your file is ready[^]*3\nrows[^]*1 row holds bytes that are no text[^]*There is no column/,
    );
    assert.doesNotMatch(saidBy(card), /Invalid|undefined|NaN/, 'what is told of it is tolerant');
    const response = await scene.download(card);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), oddBytes);
  });

  row('T9 tells the operator that the clocks differ, and the person nothing', async (scene) => {
    await scene.paste();
    const card = await scene.card(ready);
    assert.doesNotMatch(saidBy(card), /clock/i);
    assert.equal(scene.logged('the clock of this machine and that of Microsoft Graph differ').length, 1);
  });

  it('T4 gives up an answer that stays away or stops coming, and fetches it again', async () => {
    const server = createLoopbackServer({
      handle: () => ({ status: 200, headers: { 'content-type': 'text/csv' }, body: 'Title\nOne\nTwo\n' }),
    });
    await server.start();
    try {
      const log = collectingLog();
      const graph = createGraphClient({
        baseUrl: server.url(),
        downloadHosts: [],
        maxDownloadBytes: 1_000_000,
        log,
        clock: { now: () => new Date() },
        limits: { headers: 3_000, idle: 3_000 },
      });
      server.script({ match: {}, times: 1, trouble: { kind: 'slow', chunkBytes: 4, everyMs: 9_000 } });
      server.script({ match: {}, times: 1, trouble: { kind: 'hang' } });
      const tokens = { tokenFor: () => Promise.resolve({ kind: 'token' as const, accessToken: 'sample' }) };
      const fetched = await fetchContent(
        {
          sources: createSources(connectSources(graph, { PLANNER_GOALS: 'auto', MAX_ROWS: 100_000 })),
          log,
          tokens,
        },
        someExport({ state: { status: 'ready', graphJobId: 'job' } }),
      );
      assert.ok(fetched.kind === 'file', 'the third try gives it');
      assert.equal(await new Response(fetched.stream).text(), 'Title\nOne\nTwo\n');
      assert.equal(server.calls.length, 3);
    } finally {
      await server.stop();
    }
  });
});

describe('a Graph that cannot be reached', () => {
  /** What the card says after so many tries; the export stays open. */
  const saidAbout = async (
    graphBaseUrl: string,
    { tries = 1, words = /Starting…/ } = {},
  ): Promise<string> => {
    const world = await startAppWorld({ variables: { GRAPH_BASE_URL: graphBaseUrl } });
    try {
      const suite = createSuite(() => world);
      const view = suite.view(runs);
      await suite.say(chat, ada, view.url);
      await world.channel.silentSso(chat, ada, await suite.prompt(chat));
      await world.channel.until(() => world.logged().split('"call":"create"').length > tries, {
        what: 'a try',
      });
      return saidBy(await suite.card(chat, words, view));
    } finally {
      await world.stop();
    }
  };

  it('T1 by name: the export stays open, in silence', async () => {
    assert.doesNotMatch(await saidAbout('https://graph.invalid/beta', { tries: 2 }), /reach|fail|wrong/i);
  });

  it('T2 securely: the export stays open, and its card says that nothing was sent, and why', async () => {
    let requests = 0;
    const server = createTlsServer(makeUntrustedCertificate(), (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => (requests += 1));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const said = await saidAbout(`https://localhost:${port}/beta`, { words: /securely/ });
      assert.match(
        said,
        /I can’t reach Microsoft securely, so nothing was sent this time[^]*Your export stays open/,
      );
      assert.equal(requests, 0);
    } finally {
      server.close();
    }
  });

  it('T3 at all: the export stays open, in silence', async () => {
    assert.doesNotMatch(await saidAbout(`http://127.0.0.1:${await testPort()}/beta`), /reach|fail|wrong/i);
  });
});
