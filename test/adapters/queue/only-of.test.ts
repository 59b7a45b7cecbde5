import assert from 'node:assert/strict';
import { onlyOf } from '../../../src/adapters/queue/only-of.ts';
import type { WorkSource } from '../../../src/adapters/queue/worker.ts';

interface Piece {
  readonly group: string;
  readonly nth: number;
}

/** Gives out what waits, in its order. */
function source(groups: readonly string[]) {
  const waiting = groups.map((group, nth): Piece => ({ group, nth }));
  const givenBack: Piece[] = [];
  let asked = 0;
  const queue: WorkSource<Piece> = {
    fetch: (max, exceptGroups) => {
      asked += 1;
      const found = waiting.filter(({ group }) => !exceptGroups.includes(group)).slice(0, max);
      for (const piece of found) waiting.splice(waiting.indexOf(piece), 1);
      return Promise.resolve(found);
    },
    complete: () => Promise.resolve(),
    fail: (works) => {
      givenBack.push(...works);
      waiting.push(...works);
      return Promise.resolve();
    },
    touch: () => Promise.resolve(),
    groupOf: ({ group }) => group,
  };
  return { queue, givenBack, asked: () => asked };
}

describe('work of some groups only', () => {
  it('is found behind as much of others as there is, which goes back to the queue untouched', async () => {
    const { queue, givenBack } = source(['away', 'away', 'away', 'here']);
    const ours = onlyOf(new Set(['here']), queue);
    assert.deepEqual(await ours.fetch(2, []), [{ group: 'here', nth: 3 }]);
    assert.deepEqual(
      givenBack.map(({ nth }) => nth),
      [0, 1],
    );
    assert.deepEqual(await ours.fetch(2, []), []);
  });

  it('is asked for once where nothing of others is met, without the groups that are full', async () => {
    const { queue, asked } = source(['here', 'there']);
    const ours = onlyOf(new Set(['here', 'there']), queue);
    assert.deepEqual(await ours.fetch(2, ['here']), [{ group: 'there', nth: 1 }]);
    assert.equal(asked(), 1);
  });
});
