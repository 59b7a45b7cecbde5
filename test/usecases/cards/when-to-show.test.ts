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
    firstPosts.run(() => new Promise<number>((resolve) => sent.push({ nth, answer: () => resolve(nth) }))),
  );
  return { sent, impatient, all, end: firstPosts.end };
}

describe('first posts', () => {
  for (const { age, most } of [
    { age: 0, most: 4 },
    { age: 0.4, most: 4 },
    { age: 0.5, most: 5 },
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
    const { sent, impatient, all } = given(0, 9);
    await tick();
    assert.equal(sent.length, 4);
    for (const go of impatient) go();
    await tick();
    assert.equal(sent.length, 9);
    for (const { answer } of sent) answer();
    await Promise.all(all);
  });

  it('make room when one fails', async () => {
    const firstPosts = createFirstPosts(() => 0, pause);
    const failed = Array.from({ length: 4 }, () => firstPosts.run(() => Promise.reject(new Error('no'))));
    const next = firstPosts.run(() => Promise.resolve('sent'));
    for (const one of failed) await assert.rejects(one, /no/);
    assert.equal(await next, 'sent');
  });

  it('begin no more in a process that ends, which waits for those on their way', async () => {
    const { sent, all, end } = given(0, 5);
    await tick();
    const ended = { is: false };
    const ending = end().then(() => {
      ended.is = true;
    });
    await tick();
    assert.deepEqual([sent.length, ended.is], [4, false]);
    for (const { answer } of sent) answer();
    await ending;
    assert.deepEqual(await Promise.all(all), [0, 1, 2, 3, 'ending']);
  });
});
