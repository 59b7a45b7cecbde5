import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';

const guard = path.join(import.meta.dirname, '..', '..', 'src', 'tools', 'ready.cjs');

interface Package {
  readonly version: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Package>>;

const ofSandbox = { '@fastify/busboy': '3.2.6', '@microsoft/m365agentsplayground': '0.2.28' };
const devDependencies = { ...ofSandbox, 'node-of-this-machine': 'file:.config/node', mocha: '12.0.3' };
const wanted: Packages = {
  '': { version: '0.1.0', dependencies: { pino: '10.4.0', esbuild: '0.28.2' }, devDependencies },
  'node_modules/pino': { version: '10.4.0' },
  'node_modules/esbuild': { version: '0.28.2' },
  'node_modules/mocha': { version: '12.0.3', dev: true, dependencies: { ms: '^3' } },
  'node_modules/@fastify/busboy': { version: '3.2.6', dev: true, dependencies: { ms: '^2', pino: '^10' } },
  'node_modules/@fastify/busboy/node_modules/ms': { version: '2.1.3', dev: true },
  'node_modules/ms': { version: '3.0.0', dev: true },
  'node_modules/not-for-this-machine': { version: '1.0.0', optional: true },
};
const { 'node_modules/pino': pino, 'node_modules/esbuild': esbuild } = wanted;
const production = { 'node_modules/pino': pino, 'node_modules/esbuild': esbuild };
const everything = Object.fromEntries(Object.entries(wanted).filter(([, { optional }]) => optional !== true));

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
    installed(everything);
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
    assert.match(stderr, /\n {2}1 of 6 packages are there …\n/);
  });

  it('installs when the lockfile wants another version', () => {
    installed({ ...everything, 'node_modules/pino': { version: '10.3.0' } });
    assert.match(String(run().asked), /^ci /);
  });

  it('installs when the record of the last install is broken', () => {
    writeFileSync(path.join(root, 'node_modules', '.package-lock.json'), '{"packages": {');
    assert.match(String(run().asked), /^ci /);
  });

  it('leaves development packages alone in production, and wants them elsewhere', () => {
    installed(production);
    assert.equal(run({ args: ['--production'] }).asked, undefined);
    assert.match(String(run().asked), /--include=dev/);
  });

  describe('for the sandbox', () => {
    /** As npm does, where it stands: with what it was asked for, read before it is moved. */
    const npm = `const { mkdirSync, readFileSync, writeFileSync } = require('fs');
      const asked = ['package.json', 'package-lock.json', '.npmrc', '.config/node/package.json']
        .map((file) => readFileSync(file, 'utf8'));
      mkdirSync('node_modules');
      writeFileSync('node_modules/asked.json', JSON.stringify({ folder: process.cwd(), asked }));`;
    beforeEach(() => {
      mkdirSync(path.join(root, '.config', 'node'), { recursive: true });
      writeFileSync(path.join(root, '.config', 'node', 'package.json'), '{}');
      writeFileSync(path.join(root, '.npmrc'), 'save-exact=true');
      writeFileSync(
        path.join(root, 'package.json'),
        JSON.stringify({ scripts: {}, dependencies: wanted['']?.dependencies, devDependencies }),
      );
      writeFileSync(path.join(root, 'npm.cjs'), npm);
    });

    it('is content with what the sandbox needs, found where Node finds it', () => {
      const left = ['node_modules/mocha', 'node_modules/ms', 'node_modules/esbuild'];
      const enough = Object.fromEntries(
        Object.entries(everything).filter(([place]) => !left.includes(place)),
      );
      installed(enough);
      assert.deepEqual(run({ args: ['--sandbox'] }), { status: 0, stderr: '', asked: undefined });
    });

    it('has only that installed, by the same lockfile, and moves it in as a whole', () => {
      installed({ 'node_modules/pino': pino });
      assert.equal(run({ args: ['--sandbox'] }).status, 0);
      const seen = z
        .object({ folder: z.string(), asked: z.tuple([z.string(), z.string(), z.string(), z.string()]) })
        .parse(JSON.parse(readFileSync(path.join(root, 'node_modules', 'asked.json'), 'utf8')));
      const [own, lock, ...others] = seen.asked;
      const { mocha: _, ...less } = devDependencies;
      assert.equal(path.dirname(seen.folder), realpathSync(root));
      const dependencies = { pino: '10.4.0' };
      assert.deepEqual(JSON.parse(own), { dependencies, devDependencies: less });
      assert.deepEqual(JSON.parse(lock), {
        packages: { ...wanted, '': { version: '0.1.0', dependencies, devDependencies: less } },
      });
      assert.deepEqual(others, ['save-exact=true', '{}']);
      assert.deepEqual(readdirSync(path.join(root, 'node_modules')), ['asked.json']);
      assert.equal(existsSync(seen.folder), false);
    });

    it('leaves what is there when installing fails', () => {
      writeFileSync(path.join(root, 'npm.cjs'), 'process.exit(1);');
      installed({ 'node_modules/pino': pino });
      assert.equal(run({ args: ['--sandbox'] }).status, 1);
      assert.deepEqual(readdirSync(path.join(root, 'node_modules')), ['.package-lock.json']);
      assert.equal(existsSync(path.join(root, '.installing')), false);
    });

    it('asks for all of the development packages that the sandbox loads', () => {
      const main = path.join(import.meta.dirname, '..', '..');
      const { devDependencies: own } = z
        .object({ devDependencies: z.record(z.string(), z.string()) })
        .parse(JSON.parse(readFileSync(path.join(main, 'package.json'), 'utf8')));
      const files = globSync('src/sandbox/**/*.ts', { cwd: main });
      const texts = files.map((file) => readFileSync(path.join(main, file), 'utf8')).join('\n');
      const loaded = Object.keys(own).filter((name) => new RegExp(`'${name}['/]`).test(texts));
      assert.deepEqual(loaded.sort(), Object.keys(ofSandbox).sort());
      const text = readFileSync(guard, 'utf8');
      for (const name of loaded) assert.ok(text.includes(`'${name}'`), name);
    });
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
      installed(everything);
      return preload;
    };

    it('says that production needs Node 24 from the machine or from the development packages', () => {
      const { status, stderr } = run({ args: ['--production'], preload: pretend() });
      assert.equal(status, 1);
      assert.match(stderr, /needs Node 24 or newer, and found v20\.20\.2[^]*npm ci --include=dev/);
    });

    it('says for which machines the packages bring one', () => {
      const { status, stderr } = run({ preload: pretend() });
      assert.equal(status, 1);
      assert.match(stderr, /found v20\.20\.2\.\nThe packages bring it for Linux, macOS[^]*Install Node 24 /);
    });

    it('is content when the `node` that comes next is new', () => {
      writeFileSync(path.join(root, 'node'), '#!/bin/sh\necho v24.21.0\n', { mode: 0o755 });
      assert.equal(run({ preload: pretend() }).status, 0);
    });
  });
});
