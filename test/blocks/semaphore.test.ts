import assert from 'node:assert/strict';
import { createSemaphore } from '../../src/blocks/semaphore.ts';

const tick = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

/** Tasks that end when the test says so. */
function given(max: () => number, overdue?: () => Promise<unknown>) {
  const semaphore = createSemaphore({ max, ...(overdue === undefined ? {} : { overdue }) });
  const begun: { readonly name: string; readonly end: () => void }[] = [];
  const run = (name: string, signal?: AbortSignal): Promise<string> =>
    semaphore.run(() => new Promise((resolve) => begun.push({ name, end: () => resolve(name) })), signal);
  const names = (): readonly string[] => begun.map(({ name }) => name);
  return { semaphore, begun, run, names };
}

describe('semaphore', () => {
  it('runs so many at once, the others in their order', async () => {
    const { semaphore, begun, run, names } = given(() => 2);
    assert.ok(semaphore.isFree());
    const all = ['a', 'b', 'c', 'd'].map((name) => run(name));
    assert.deepEqual([semaphore.isFree(), semaphore.waiting(), names()], [false, 2, ['a', 'b']]);
    begun[1]?.end();
    await tick();
    assert.deepEqual(names(), ['a', 'b', 'c']);
    begun[0]?.end();
    begun[2]?.end();
    await tick();
    begun[3]?.end();
    assert.deepEqual(await Promise.all(all), ['a', 'b', 'c', 'd']);
    assert.deepEqual([semaphore.isFree(), semaphore.waiting()], [true, 0]);
  });

  it('makes room when one fails', async () => {
    const { run } = createSemaphore({ max: () => 1 });
    const failed = run(() => Promise.reject(new Error('no')));
    const next = run(() => Promise.resolve('done'));
    await assert.rejects(failed, /no/);
    assert.equal(await next, 'done');
  });

  it('lets whoever waits leave, and gives their turn to the next', async () => {
    const { semaphore, begun, run, names } = given(() => 1);
    const leaving = new AbortController();
    void run('a');
    const left = run('b', leaving.signal);
    void run('c');
    leaving.abort(new Error('left'));
    begun[0]?.end();
    await assert.rejects(left, /left/);
    await tick();
    assert.deepEqual([names(), semaphore.waiting()], [['a', 'c'], 0]);
    await assert.rejects(run('d', leaving.signal), /left/);
  });

  it('takes no turn from whoever is aborted at work', async () => {
    const { semaphore, begun, run } = given(() => 1);
    const leaving = new AbortController();
    const atWork = run('a', leaving.signal);
    leaving.abort();
    assert.equal(semaphore.isFree(), false);
    begun[0]?.end();
    assert.equal(await atWork, 'a');
    assert.equal(semaphore.isFree(), true);
  });

  it('lets go whoever is overdue, once', async () => {
    const overdue = Promise.withResolvers<undefined>();
    const { semaphore, begun, run, names } = given(
      () => 1,
      () => overdue.promise,
    );
    const all = ['a', 'b'].map((name) => run(name));
    overdue.resolve(undefined);
    await tick();
    assert.deepEqual(names(), ['a', 'b']);
    for (const { end } of begun) end();
    await Promise.all(all);
    assert.equal(semaphore.isFree(), true);
  });
});
