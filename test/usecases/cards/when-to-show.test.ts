import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createFirstPosts } from '../../../src/usecases/cards/when-to-show.ts';

const tick = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

/** A process of that age with so many posts at once; what Teams does is in the test's hands. */
function given(age: number, posts: number) {
  const sent: { readonly nth: number; readonly answer: () => void }[] = [];
  const impatient: (() => void)[] = [];
  const firstPosts = createFirstPosts(
    () => age,
    () => new Promise<void>((resolve) => impatient.push(resolve)),
  );
  const all = Array.from({ length: posts }, (_, nth) =>
    firstPosts(() => new Promise<number>((resolve) => sent.push({ nth, answer: () => resolve(nth) }))),
  );
  return { sent, impatient, all };
}

describe('first posts', () => {
  for (const { age, most } of [
    { age: 0, most: 1 },
    { age: 2.9, most: 1 },
    { age: 3, most: 2 },
    { age: 3600, most: 20 },
  ])
    it(`are ${most} at once in a process of ${age} s, the others in their order`, async () => {
      const { sent, all } = given(age, 50);
      let answered = 0;
      while (answered < 50) {
        await tick();
        assert.equal(sent.length - answered, Math.min(most, 50 - answered));
        for (const { answer } of sent.slice(answered)) answer();
        answered = sent.length;
      }
      assert.deepEqual(
        sent.map(({ nth }) => nth),
        [...all.keys()],
      );
      assert.deepEqual(await Promise.all(all), [...all.keys()]);
    });

  it('go all the same when nothing has been answered for a second', async () => {
    const { sent, impatient, all } = given(0, 4);
    await tick();
    assert.equal(sent.length, 1);
    for (const go of impatient) go();
    await tick();
    assert.equal(sent.length, 4);
    for (const { answer } of sent) answer();
    await Promise.all(all);
  });

  it('make room when one fails', async () => {
    const firstPosts = createFirstPosts(() => 0, pause);
    const failed = firstPosts(() => Promise.reject(new Error('no')));
    const next = firstPosts(() => Promise.resolve('sent'));
    await assert.rejects(failed, /no/);
    assert.equal(await next, 'sent');
  });
});
