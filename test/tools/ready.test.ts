import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const guard = path.join(import.meta.dirname, '..', '..', 'src', 'tools', 'ready.cjs');

interface Package {
  readonly version: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}
type Packages = Readonly<Record<string, Package>>;

const wanted: Packages = {
  '': { version: '0.1.0' },
  'node_modules/pino': { version: '10.4.0' },
  'node_modules/mocha': { version: '12.0.3', dev: true },
  'node_modules/not-for-this-machine': { version: '1.0.0', optional: true },
};
const { 'node_modules/pino': pino, 'node_modules/mocha': mocha } = wanted;

describe('ready.cjs', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'ready-'));
    mkdirSync(path.join(root, 'src', 'tools'), { recursive: true });
    mkdirSync(path.join(root, 'node_modules'));
    copyFileSync(guard, path.join(root, 'src', 'tools', 'ready.cjs'));
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    writeFileSync(
      path.join(root, 'npm.cjs'),
      `require('fs').writeFileSync('asked', process.argv.slice(2).join(' '));`,
    );
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const installed = (packages: Record<string, Package | undefined>): void => {
    writeFileSync(path.join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  };

  /** Runs the guard with a stand-in for npm that notes what it was asked. */
  const run = (options: { args?: string[]; npm?: string; preload?: string } = {}) => {
    const preload = options.preload === undefined ? [] : ['--require', options.preload];
    const env = { npm_execpath: path.join(root, options.npm ?? 'npm.cjs'), npm_lifecycle_event: 'pretest' };
    const args = [...preload, path.join(root, 'src', 'tools', 'ready.cjs'), ...(options.args ?? [])];
    const { status, stderr } = spawnSync(process.execPath, args, {
      env: { ...env, PATH: root },
      encoding: 'utf8',
    });
    const note = path.join(root, 'asked');
    return { status, stderr, asked: existsSync(note) ? readFileSync(note, 'utf8') : undefined };
  };

  it('does nothing when everything is there', () => {
    installed({ 'node_modules/pino': pino, 'node_modules/mocha': mocha });
    assert.deepEqual(run(), { status: 0, stderr: '', asked: undefined });
  });

  it('installs once, with one line, when nothing is there', () => {
    const { status, stderr, asked } = run();
    assert.equal(status, 0);
    assert.equal(stderr, 'Installing what this needs, once; it takes half a minute to two minutes …\n');
    assert.match(String(asked), /^ci .*--include=dev$/);
  });

  it('tells how far it is', () => {
    const hurry = path.join(root, 'hurry.cjs');
    writeFileSync(
      hurry,
      `const every = setInterval; setInterval = (tell, _ms, ...of) => every(tell, 10, ...of);`,
    );
    const unpacks = `require('fs').mkdirSync('node_modules/pino');
      require('fs').writeFileSync('node_modules/pino/package.json', '{}'); setTimeout(() => undefined, 300);`;
    writeFileSync(path.join(root, 'slow.cjs'), unpacks);
    const { status, stderr } = run({ npm: 'slow.cjs', preload: hurry });
    assert.equal(status, 0);
    assert.match(stderr, /\n {2}1 of 2 packages are there …\n/);
  });

  it('installs when the lockfile wants another version', () => {
    installed({ 'node_modules/pino': { version: '10.3.0' }, 'node_modules/mocha': mocha });
    assert.match(String(run().asked), /^ci /);
  });

  it('installs when the record of the last install is broken', () => {
    writeFileSync(path.join(root, 'node_modules', '.package-lock.json'), '{"packages": {');
    assert.match(String(run().asked), /^ci /);
  });

  it('leaves development packages alone in production, and wants them elsewhere', () => {
    installed({ 'node_modules/pino': pino });
    assert.equal(run({ args: ['--production'] }).asked, undefined);
    assert.match(String(run().asked), /--include=dev/);
  });

  it('says what to do when installing fails', () => {
    writeFileSync(path.join(root, 'broken.cjs'), 'process.exit(1);');
    const { status, stderr } = run({ npm: 'broken.cjs' });
    assert.equal(status, 1);
    assert.match(stderr, /Check the network, run `npm ci`/);
  });

  describe('on an old Node', () => {
    const pretend = (): string => {
      const preload = path.join(root, 'old.cjs');
      writeFileSync(preload, `Object.defineProperty(process, 'version', { value: 'v20.20.2' });`);
      installed({ 'node_modules/pino': pino, 'node_modules/mocha': mocha });
      return preload;
    };

    it('says that production needs Node 24 from the machine or from the development packages', () => {
      const { status, stderr } = run({ args: ['--production'], preload: pretend() });
      assert.equal(status, 1);
      assert.match(stderr, /needs Node 24 or newer, and found v20\.20\.2[^]*npm ci --include=dev/);
    });

    it('says that the install script of `node` did not run', () => {
      const { status, stderr } = run({ preload: pretend() });
      assert.equal(status, 1);
      assert.match(stderr, /its install script was blocked or failed/);
    });

    it('is content when the `node` that comes next is new', () => {
      writeFileSync(path.join(root, 'node'), '#!/bin/sh\necho v24.21.0\n', { mode: 0o755 });
      assert.equal(run({ preload: pretend() }).status, 0);
    });
  });
});
