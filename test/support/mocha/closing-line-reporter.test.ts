// Runs mocha on small suites and reads the last lines of its report.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..', '..');

describe('the closing line', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'reporter-'));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  const run = (
    suite: string,
    ...more: readonly string[]
  ): { status: number | null; lines: readonly string[] } => {
    const file = path.join(dir, 'sample.test.cjs');
    writeFileSync(file, suite);
    const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const args = [mocha, '--reporter-option', 'hangAfterMs=50', ...more, file];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    return { status, lines: stdout.trimEnd().split('\n').slice(-2) };
  };

  const mixed = `describe('a', () => { it('b', () => {}); it('c', () => { throw new Error('no'); });
    describe.skip('d (no Chromium)', () => { it('e'); describe('f', () => { it('g'); }); }); });`;

  for (const [how, ...more] of [['one after the other'], ['in parallel', '--parallel', '--jobs', '2']])
    it(`counts, and names the suites that were left out, ${how ?? ''}`, () => {
      const { status, lines } = run(mixed, ...more);
      assert.deepEqual(lines, ['Skipped: a d (no Chromium)', '1 passed, 1 failed, 2 skipped']);
      assert.equal(status, 1);
    });

  it('counts a broken hook as a failure', () => {
    const { status, lines } = run(
      `describe('a', () => { before(() => { throw new Error('no'); }); it('b', () => {}); });`,
    );
    assert.equal(lines[1], '0 passed, 1 failed, 0 skipped');
    assert.equal(status, 1);
  });

  it('is the last thing when all is well', () => {
    const { status, lines } = run(`it('a', () => {});`);
    assert.equal(lines[1], '1 passed, 0 failed, 0 skipped');
    assert.equal(status, 0);
  });

  it('ends and fails a run that a test keeps alive', () => {
    const { status, lines } = run(`it('a', () => { setInterval(() => {}, 1000); });`);
    assert.match(String(lines[0]), /something they left open keeps the process alive: .*Timeout/);
    assert.equal(lines[1], '1 passed, 1 failed, 0 skipped');
    assert.equal(status, 1);
  });
});
