// Runs a suite that leaves a file where temporary files go.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..', '..');
const memory = '/dev/shm';

function freeBytes(): number {
  if (!existsSync(memory)) return 0;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize;
}

describe('what tests leave in the folder for temporary files', () => {
  it('is kept in memory where there is room, and then goes with the run', () => {
    const hasRoom = freeBytes() >= 4 * 2 ** 30;
    const dir = mkdtempSync(path.join(tmpdir(), 'memory-folder-'));
    const suite = path.join(dir, 'sample.test.cjs');
    writeFileSync(
      suite,
      `it('leaves a file', () => {
        const file = require('node:path').join(require('node:os').tmpdir(), 'left');
        require('node:fs').writeFileSync(file, '');
        console.log('left at ' + file);
      });`,
    );
    const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const env = { PATH: process.env['PATH'] };
    const { stdout, stderr } = spawnSync(process.execPath, [mocha, suite], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    rmSync(dir, { recursive: true });
    const left = /left at (\S+)/.exec(stdout)?.[1] ?? assert.fail(stdout + stderr);
    assert.equal(path.dirname(path.dirname(left)) === memory, hasRoom);
    assert.equal(existsSync(left), !hasRoom);
    rmSync(left, { force: true });
  });
});
