// PostgreSQL goes away under the running app, and comes back.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSuite, readyAtOnce } from '../../support/app/app-suite.ts';
import { startAppWorld } from '../../support/app/app-world.ts';
import { describeWithPostgres, postgresDatabase } from '../../support/databases/postgres.ts';
import { personalChat } from '../../support/teams/teams-places.ts';
import { testPort } from '../../support/servers/test-port.ts';

/** The way to a database, which can be cut and mended. */
async function startWay(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  // It is bound twice: nobody else may come by it while the way is cut.
  const port = await testPort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const through = new URL(url);
  through.host = `127.0.0.1:${port}`;
  return {
    url: through.href,
    cut: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    mend: async () => {
      await once(server.listen(port, '127.0.0.1'), 'listening');
    },
  };
}

describeWithPostgres('a database that goes away', () => {
  it('S1 makes the bot say "try again in a minute", start nothing, and go on when the database is back', async () => {
    const [ada] = sandboxPeople;
    const chat = personalChat(ada);
    const database = await postgresDatabase();
    const way = await startWay(database.url);
    const world = await startAppWorld({ databaseUrl: way.url });
    const suite = createSuite(() => world);
    try {
      await suite.signIn(ada);
      const view = suite.view(readyAtOnce);
      await way.cut();
      // While its answer is not out, Teams is asked to send the message again.
      const { status } = await world.channel.say(chat, ada, view.url);
      assert.ok([200, 503].includes(status), String(status));
      await suite.card(chat, /Try again in a minute/);
      assert.equal(world.graph.calls.filter(({ about }) => about['view'] === view.explorerViewId).length, 0);
      await way.mend();
      await suite.say(chat, ada, view.url);
      await suite.card(chat, /Your file is ready/, view);
    } finally {
      await world.stop();
      await way.cut();
      await database.drop();
    }
  });

  it('S1 makes the bot say that it is not ready, until the database is back', async () => {
    const database = await postgresDatabase();
    const way = await startWay(database.url);
    const metricsPort = await testPort();
    const world = await startAppWorld({
      databaseUrl: way.url,
      variables: { METRICS_PORT: String(metricsPort) },
    });
    const readiness = async () => (await fetch(`${world.publicUrl}/readyz`)).status;
    const databaseUp = async () => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      return /^okr_export_database_up (\d)$/m.exec(text)?.[1];
    };
    try {
      assert.deepEqual([await readiness(), await databaseUp()], [200, '1']);
      await way.cut();
      assert.deepEqual([await readiness(), await databaseUp()], [503, '0']);
      assert.equal((await fetch(`${world.publicUrl}/healthz`)).status, 200);
      await way.mend();
      assert.deepEqual([await readiness(), await databaseUp()], [200, '1']);
    } finally {
      await world.stop();
      await way.cut();
      await database.drop();
    }
  });
});
