/** Keyed mutex: runs the tasks of one key one after the other. Ours because async-mutex has no keys, and the keys are most of it. */

/** In the order they came, whether those before have failed or not. */
export type KeyedMutex = <T>(key: string, task: () => Promise<T>) => Promise<T>;

export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();
  return async function runExclusive(key, task) {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
