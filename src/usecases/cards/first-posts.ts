/** Answers for how many first cards are on their way to Teams at once: few in a process that has just begun, which may soon be killed. */
import { setTimeout as pause } from 'node:timers/promises';

/** A post that a crash keeps from being recorded is made again: what is not on its way cannot be doubled. */
export type FirstPosts = <T>(post: () => Promise<T>) => Promise<T>;

const most = 20;
const secondsForOneMore = 3;
const longestWait = 1_000;

/**
 * In their order. Whoever has waited for a second goes all the same, so that a connector that hangs holds up nobody for long.
 * @param lived seconds since the process took up work
 * @param waited resolves after so many milliseconds, a second unless given
 */
export function createFirstPosts(
  lived: () => number,
  waited: (milliseconds: number) => Promise<unknown> = pause,
): FirstPosts {
  let underWay = 0;
  const waiting = new Set<() => void>();
  const room = (): number => Math.min(most, 1 + Math.floor(lived() / secondsForOneMore)) - underWay;
  const turn = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const go = (): void => resolve(undefined);
    waiting.add(go);
    await Promise.race([promise, waited(longestWait)]);
    waiting.delete(go);
  };
  return async function postFirst(post) {
    if (room() <= 0 || waiting.size > 0) await turn();
    underWay += 1;
    try {
      return await post();
    } finally {
      underWay -= 1;
      for (const go of [...waiting].slice(0, Math.max(0, room()))) go();
    }
  };
}
