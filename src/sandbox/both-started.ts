/** Starts two parts at once. */

export interface Part {
  readonly stop: () => Promise<unknown>;
}

/**
 * Waits for both, also where one fails: what has started must be stopped.
 * @param started gets each that has started
 */
export async function bothStarted<A extends Part, B extends Part>(
  one: Promise<A>,
  other: Promise<B>,
  started: Part[],
): Promise<[A, B]> {
  for (const each of await Promise.allSettled([one, other]))
    if (each.status === 'fulfilled') started.push(each.value);
  return Promise.all([one, other]);
}
