/** Makes a signal that a test waits for and another part of it raises. */

export interface Signal {
  readonly raised: Promise<void>;
  readonly raise: () => void;
}

export function createSignal(): Signal {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    raised: promise,
    raise: () => {
      resolve(undefined);
    },
  };
}
