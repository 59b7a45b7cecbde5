/** Counts what is under way for each key, and refuses more than so many: a bulkhead. */

export interface Places {
  /** Undefined where all are taken; else gives the place back, once however often it is called. */
  readonly enter: (key: string) => (() => void) | undefined;
}

export function createPlaces(max: number): Places {
  const taken = new Map<string, number>();
  return {
    enter: (key) => {
      const before = taken.get(key) ?? 0;
      if (before >= max) return undefined;
      taken.set(key, before + 1);
      let isIn = true;
      return function leave() {
        if (!isIn) return;
        isIn = false;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
