// Runs a suite whose program is missing, with and without `CI=true`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..', '..');

describe('a suite whose program is missing', () => {
  const closingLines = (ci: string): string => {
    const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const args = [mocha, path.join(root, 'test', 'support', 'mocha', 'browser.test.ts')];
    const env = { ...process.env, CHROMIUM_PATH: '/nowhere/chromium', CI: ci };
    return spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' }).stdout;
  };

  it('is skipped with a visible reason', () => {
    assert.match(
      closingLines(''),
      /\nSkipped: .*no Chromium at \/nowhere\/chromium: install .*\n0 passed, 0 failed, 1 skipped\n$/,
    );
  });

  it('fails under CI', () => {
    assert.match(closingLines('true'), /no Chromium at [^]*\n0 passed, 1 failed, 0 skipped\n$/);
  });
});
