import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createBackground } from '../src/background.ts';

describe('background work', () => {
  it('is waited for, with the work that it starts', async () => {
    const done: string[] = [];
    const background = createBackground({ error: () => assert.fail('nothing fails here') });
    background.run('first', async () => {
      await Promise.resolve();
      done.push('first');
      background.run('second', async () => {
        await new Promise((resolve) => setImmediate(resolve));
        done.push('second');
      });
    });
    await background.drain(10_000);
    assert.deepEqual(done, ['first', 'second']);
  });

  it('logs a failure once and goes on', async () => {
    const failures: unknown[] = [];
    const background = createBackground({ error: (fields) => failures.push(fields['what']) });
    background.run('broken', () => Promise.reject(new Error('made up')));
    background.run('broken at once', () => {
      throw new Error('made up');
    });
    await background.drain(10_000);
    assert.deepEqual(failures.sort(), ['broken', 'broken at once']);
  });

  it('is waited for although nothing else keeps the process alive', async () => {
    const program = `
      import { createBackground } from ${JSON.stringify(new URL('../src/background.ts', import.meta.url).href)};
      const background = createBackground(console);
      const pause = () => new Promise((resolve) => setTimeout(resolve, 50).unref());
      background.run('a reply in its pause', async () => { await pause(); console.log('replied'); });
      await background.drain(60_000);
      console.log('drained');`;
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    assert.equal(stdout, 'replied\ndrained\n');
  });

  it('does not wait longer than it is told', async () => {
    let finish: (() => void) | undefined;
    const background = createBackground({ error: () => undefined });
    background.run('endless', () => new Promise((resolve) => (finish = resolve)));
    await background.drain(1);
    finish?.();
    await background.drain(10_000);
  });
});
