// Production as a process: what it says without configuration, how it ends, and that a kill loses nothing.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { explorerUrlOf } from '../../../src/sandbox/graph/scenarios.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { preparedData } from '../../support/databases/databases.ts';
import { wordsOf } from '../../support/teams/card-search.ts';
import { runMainProcess, type MainProcess } from '../../support/app/main-process.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;
const chat = personalChat(ada);

describe('the production process', () => {
  it('says all at once what is missing, points to the sandbox, and ends with an error', async () => {
    const main = runMainProcess({ PORT: '99999' });
    assert.equal((await main.ended).code, 1);
    const said = main.output();
    for (const variable of [
      'PUBLIC_URL',
      'BOT_ID',
      'BOT_PASSWORD',
      'AAD_APP_ID_URI',
      'ENCRYPTION_KEYS',
      'PORT',
    ])
      assert.match(said, new RegExp(`^ {2}${variable} `, 'm'));
    assert.match(said, /npm run sandbox/);
    assert.doesNotMatch(said, /at .*\.ts:\d+/);
  });

  describe('with a configuration', () => {
    let world: AppWorld;
    const running: MainProcess[] = [];
    const run = async (): Promise<MainProcess> => {
      const main = runMainProcess(world.variables);
      running.push(main);
      await main.listening;
      return main;
    };
    before(async () => {
      world = await startAppWorld({ runsApp: false });
    });
    after(async () => {
      for (const main of running) main.kill('SIGKILL');
      await Promise.all(running.map(({ ended }) => ended));
      await world.stop();
    });

    it('loses nothing when it is killed, asks for nothing twice, and ends in order on SIGTERM', async () => {
      const { channel, graph } = world;
      const view = { goalsOrganizationId: randomUUID(), explorerViewId: randomUUID() };
      const first = await run();
      await channel.say(chat, ada, explorerUrlOf(view));
      await channel.silentSso(chat, ada, await channel.nextOAuthCard());
      const job = await graph.until(() => graph.jobs().at(0));
      first.kill('SIGKILL');
      assert.equal((await first.ended).signal, 'SIGKILL');
      graph.completeJob(job.id);
      const second = await run();
      await channel.nextCard((card) => /ready to download/.test(wordsOf(card)));
      assert.equal(graph.jobs().length, 1);
      assert.equal(graph.calls.filter(({ op }) => op === 'create').length, 1);
      const refused = runMainProcess({ ...world.variables, PORT: '0' });
      assert.equal((await refused.ended).code, 1);
      assert.match(refused.output(), /is in use by .*process \d+/i);
      second.kill('SIGTERM');
      assert.deepEqual(await second.ended, { code: 0, signal: null });
      assert.doesNotMatch(first.output() + second.output(), /eyJ|goals\.microsoft\.com/);
    });

    it('says which port is taken', async () => {
      const main = await run();
      const { hostname, port } = new URL(world.publicUrl);
      const data = `${world.variables['DATA_DIR'] ?? ''}-2`;
      await preparedData(data);
      const other = runMainProcess({ ...world.variables, HOST: hostname, DATA_DIR: data });
      assert.equal((await other.ended).code, 1);
      assert.match(other.output(), new RegExp(`${port}.*(taken|in use)|EADDRINUSE`, 's'));
      main.kill('SIGTERM');
      assert.equal((await main.ended).code, 0);
    });

    it('logs what nobody caught, without secrets: goes on after a rejection, ends in order after an error', async () => {
      const failing = `
        const failures = [() => void Promise.reject(new Error('eyJ' + 'secret'.repeat(3))), () => { throw new Error('eyJ' + 'secret'.repeat(3)); }];
        process.on('SIGUSR2', () => failures.shift()());`;
      const main = runMainProcess({
        ...world.variables,
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(failing)}`,
      });
      running.push(main);
      await main.listening;
      main.kill('SIGUSR2');
      while (!main.output().includes('a failure was awaited by nobody'))
        assert.equal((await fetch(`${world.publicUrl}/healthz`)).status, 200);
      main.kill('SIGUSR2');
      assert.deepEqual(await main.ended, { code: 1, signal: null });
      assert.match(main.output(), /"level":60[^\n]*an error was caught by nobody/);
      assert.doesNotMatch(main.output(), /eyJsecret|^\s+at /m);
    });
  });

  describe('bundled', () => {
    let world: AppWorld;
    let main: MainProcess | undefined;
    const run = async (more: Readonly<Record<string, string>> = {}): Promise<MainProcess> => {
      main = runMainProcess({ ...world.variables, ...more });
      await main.listening;
      return main;
    };
    before(async () => {
      world = await startAppWorld({ runsApp: false });
    });
    afterEach(async () => {
      main?.kill('SIGKILL');
      await main?.ended;
    });
    after(() => world.stop());

    it('names the sources in stack traces', async () => {
      const { output } = await run({ ENTRA_BASE_URL: 'http://127.0.0.1:9' });
      await world.channel.say(chat, ada, 'help');
      await world.graph.until(() => output().includes('no token for the connector') || undefined);
      assert.match(output(), /"stack":"[^"]+src\/adapters\/identity\/entra\/bot-token\.ts:\d+/);
    });
  });
});
