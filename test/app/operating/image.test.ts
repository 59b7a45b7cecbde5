// The production image, made without a container engine: what is in it, and that it runs as somebody else in a folder that is read-only.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { explorerUrlOf } from '../../../src/sandbox/graph/scenarios.ts';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { productionArgs, runMainProcess, type MainProcess } from '../../support/app/main-process.ts';
import { makeImage, uid, type Image } from '../../support/image/make-image.ts';
import { wordsOf } from '../../support/teams/card-search.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const [ada] = sandboxPeople;
const chat = personalChat(ada);
/** Bytes of everything in it but Node. */
const limit = 150 * 2 ** 20;

describe('the production image', function () {
  let folder: string;
  let image: Image;
  before(function () {
    // Links need the packages' own disk, and whoever runs it a way there.
    const cache = path.join(root, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(path.join(cache, 'image-'));
    chmodSync(folder, 0o755);
    const isOpen =
      uid === undefined || spawnSync('test', ['-x', folder], { uid, gid: uid, stdio: 'ignore' }).status === 0;
    if (process.platform !== 'linux' || !isOpen) this.skip();
    image = makeImage(folder);
  });
  after(() => {
    spawnSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true });
  });

  const run = (args: readonly string[]) =>
    spawnSync(process.execPath, args, {
      cwd: image.folder,
      encoding: 'utf8',
      env: image.env,
      ...(image.uid !== undefined && { uid: image.uid, gid: image.uid }),
    });

  it('holds the bundle, packages whose files are read, and papers, and nothing that builds, tests or plays the outside', () => {
    const files = globSync('**', { cwd: image.folder }).map(String);
    const at = (pattern: string): readonly string[] => globSync(pattern, { cwd: image.folder }).toSorted();
    assert.deepEqual(at('*'), ['LICENSE', 'data', 'dist', 'node_modules', 'package.json', 'sbom.cdx.json']);
    assert.deepEqual(at('node_modules/{*,@*/*}'), [
      'node_modules/@electric-sql',
      'node_modules/@electric-sql/pglite',
      'node_modules/@microsoft',
      'node_modules/@microsoft/teams-js',
      'node_modules/adaptivecards',
    ]);
    assert.ok(files.includes('dist/licences.txt'));
    assert.deepEqual(
      files.filter((file) => /sandbox|\.test\.|esbuild|build\.cjs/.test(file)),
      [],
    );
    const sources = at('dist/*.map').flatMap(
      (file) =>
        (JSON.parse(readFileSync(path.join(image.folder, file), 'utf8')) as { sources: string[] }).sources,
    );
    assert.ok(sources.some((source) => source.endsWith('src/main.ts')));
    assert.deepEqual(
      sources.filter((source) => /src\/sandbox|\/test\//.test(source)),
      [],
    );
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(image.folder, file)).size, 0);
    assert.ok(bytes < limit, `${bytes} bytes`);
  });

  it('is started with the options of `npm start`', () => {
    assert.deepEqual(image.command, ['node', ...productionArgs()]);
  });

  it('finds in itself whatever is loaded at its first use', () => {
    const loadAll = `Object.values(require('./dist/seldom-used.cjs')).forEach((load) => load())`;
    const { status, stderr } = run(['-e', loadAll]);
    assert.equal(status, 0, stderr);
  });

  it('has the files of packages that pages load', () => {
    const source = readFileSync(path.join(root, 'src', 'web', 'asset-files.ts'), 'utf8');
    const names = [...source.matchAll(/import\.meta\.resolve\('([^']+)'\)/g)].map(([, name]) => name);
    assert.ok(names.length > 0);
    const read = `for (const name of ${JSON.stringify(names)})
      process.getBuiltinModule('fs').readFileSync(new URL(import.meta.resolve(name)));`;
    const { status, stderr } = run(['--input-type=module', '-e', read]);
    assert.equal(status, 0, stderr);
  });

  it('has the commands for operators', () => {
    for (const [command, says] of [
      ['doctor', /ENCRYPTION_KEYS/],
      ['rotate-keys', /The keys were not rotated[^]*ENCRYPTION_KEYS/],
      ['audit', /--tenant must be/],
      ['backup', /Name one folder/],
    ] as const) {
      const { stdout, stderr } = run([`dist/${command}.js`]);
      assert.match(stdout + stderr, says);
    }
  });

  describe('started', () => {
    let world: AppWorld;
    let main: MainProcess | undefined;
    before(async () => {
      world = await startAppWorld({ runsApp: false });
    });
    after(async () => {
      main?.kill('SIGKILL');
      await main?.ended;
      await world.stop();
    });

    it('makes its database, opens it, and is ready, all without half a gigabyte', async () => {
      const [, ...args] = image.command;
      const data = path.join(image.folder, 'data');
      const telling = `import fs from 'node:fs';
        if (/make-embedded/.test(process.argv[1])) process.on('exit', () =>
          fs.writeFileSync('${data}/peak', String(process.resourceUsage().maxRSS)));`;
      const variables = {
        ...image.env,
        ...world.variables,
        DATA_DIR: data,
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(telling)}`,
      };
      main = runMainProcess(variables, {
        cwd: image.folder,
        args,
        ...(image.uid !== undefined && { uid: image.uid }),
      });
      await main.listening;
      assert.equal((await fetch(`${world.publicUrl}/readyz`)).status, 200);
      const made = Number(readFileSync(path.join(data, 'peak'), 'utf8'));
      assert.ok(made > 50_000 && made < 260_000, `${made} kB to make it`);
      const status = readFileSync(`/proc/${String(main.pid)}/status`, 'utf8');
      const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]);
      assert.ok(peak < 350_000, `${peak} kB`);
    });

    it('exports, reads the file in its worker, shows its pages, and ends in order on SIGTERM', async () => {
      const { channel, graph } = world;
      const view = { goalsOrganizationId: randomUUID(), explorerViewId: randomUUID() };
      await channel.say(chat, ada, explorerUrlOf(view));
      await channel.silentSso(chat, ada, await channel.nextOAuthCard());
      graph.completeJob((await graph.until(() => graph.jobs().at(0))).id);
      await channel.nextCard((card) => /objectives/.test(wordsOf(card)));
      const page = await (await fetch(`${world.publicUrl}/privacy`)).text();
      const style = /\/assets\/\w+\/page\.css/.exec(page)?.[0] ?? 'no style';
      assert.equal((await fetch(`${world.publicUrl}${style}`)).status, 200);
      main?.kill('SIGTERM');
      assert.deepEqual(await main?.ended, { code: 0, signal: null }, main?.output());
      assert.match(main?.output() ?? '', /the bot is stopping/);
    });
  });
});
