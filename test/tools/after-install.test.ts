import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const tools = path.join(import.meta.dirname, '..', '..', 'src', 'tools');

describe('after-install.cjs', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'after-install-'));
    place('src/tools/after-install.cjs');
    copyFileSync(path.join(tools, 'after-install.cjs'), path.join(root, 'src/tools/after-install.cjs'));
    place('node_modules/a/index.js');
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const place = (file: string, text = ''): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  const run = (): number | null =>
    spawnSync(process.execPath, [path.join(root, 'src', 'tools', 'after-install.cjs')], {
      env: { BOT_ID: 'of whoever installs' },
    }).status;
  const packages = (): string[] =>
    globSync('**/*', { cwd: path.join(root, 'node_modules'), withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(path.join(root, 'node_modules'), path.join(entry.parentPath, entry.name)))
      .sort();
  const unread = [
    'node_modules/a/index.js.map',
    'node_modules/a/types/index.d.mts',
    'node_modules/@b/c/src/index.ts',
    'node_modules/@b/c/dist/browser/index.js',
    'node_modules/@b/c/node_modules/botbuilder/index.d.ts',
    'node_modules/botbuilder/vendors/chai/chai.js',
  ];
  const read = ['@b/c/dist/cjs/browser/index.js', 'a/LICENSE.md', 'a/index.js', 'a/package.json'];

  it('deletes what nobody reads where production is alone, and folders that are empty then', () => {
    for (const file of [...unread, ...read.map((one) => `node_modules/${one}`)]) place(file);
    assert.equal(run(), 0);
    assert.deepEqual(packages(), read);
    assert.equal(existsSync(path.join(root, 'node_modules', 'botbuilder')), false);
    assert.equal(existsSync(path.join(root, 'node_modules', 'a', 'types')), false);
  });

  it('deletes nothing beside the compiler', () => {
    for (const file of [...unread, 'node_modules/typescript/package.json']) place(file);
    assert.equal(run(), 0);
    assert.equal(packages().length, unread.length + 2);
  });

  it('builds, makes an empty database once, and starts without any variable', () => {
    const bundle = `const { mkdirSync, writeFileSync } = require('fs');
      mkdirSync('dist', { recursive: true });
      writeFileSync('dist/make-embedded.js', "require('fs').cpSync(process.argv[1], process.argv.slice(2).join('/'))");
      writeFileSync('dist/start.js', "require('fs').writeFileSync('dist/seen', JSON.stringify(process.env))");`;
    place('src/tools/build.cjs', bundle);
    for (let time = 0; time < 2; time += 1) assert.equal(run(), 0);
    assert.deepEqual(globSync('*', { cwd: path.join(root, 'dist') }).sort(), [
      'empty-database',
      'make-embedded.js',
      'seen',
      'start.js',
    ]);
    assert.ok(existsSync(path.join(root, 'dist', 'empty-database', '--migrated')));
    assert.equal(readFileSync(path.join(root, 'dist', 'seen'), 'utf8'), '{}');
  });

  it('lets the install go through where it cannot build', () => {
    place('src/tools/build.cjs', 'process.exit(1);');
    assert.equal(run(), 0);
    assert.equal(existsSync(path.join(root, 'dist')), false);
  });
});
