/** Wraps the ports of a process that can die at any call: from then on nothing it does ends, and nothing new begins. */

export interface Life {
  /** How many calls have been made. */
  readonly calls: () => number;
  readonly mortal: <P extends object>(port: P) => P;
  /** Settles when it dies. */
  readonly death: Promise<void>;
  readonly isDead: () => boolean;
}

/** @param fatal dies `before` or `after` the call with this number, from 1; 0 lives for ever */
export function createLife(fatal: { readonly call: number; readonly when: 'before' | 'after' }): Life {
  let made = 0;
  let isDead = (): boolean => false;
  const { promise: death, resolve: die } = Promise.withResolvers<undefined>();
  const forEver = new Promise<never>(() => undefined);
  const dying = (): Promise<never> => {
    isDead = () => true;
    die(undefined);
    return forEver;
  };
  const live = async (call: () => Promise<unknown>): Promise<unknown> => {
    if (isDead()) return forEver;
    made += 1;
    const isFatal = made === fatal.call;
    if (isFatal && fatal.when === 'before') return dying();
    const answer = await call();
    return isFatal ? dying() : isDead() ? forEver : answer;
  };
  const mortal = <P extends object>(port: P): P =>
    new Proxy(port, {
      get: (target, name): unknown => {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member === 'function')
          return (...given: readonly unknown[]) =>
            live(() => Reflect.apply(member, target, given) as Promise<unknown>);
        // What is known of a source is no call.
        const isPort = typeof member === 'object' && member !== null && !(member instanceof RegExp);
        return isPort ? mortal(member) : member;
      },
      apply: (target, _self, given): unknown =>
        live(() => Reflect.apply(target as () => Promise<unknown>, undefined, given) as Promise<unknown>),
    });
  return { calls: () => made, mortal, death, isDead: () => isDead() };
}
