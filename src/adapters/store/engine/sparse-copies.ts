/** Lets a copy of a large memory that is mostly empty take as much as is in it. */

const pageSize = 65_536;
const nothing = new Uint8Array(pageSize);

type Pages = ReadonlyMap<number, Uint8Array>;

/**
 * For a process that makes a database: PGlite copies its 128 MB, of which it uses 2, and puts them back before each step, so that
 * all of them are touched twice.
 * @param smallest in bytes; smaller arrays are copied as ever
 * @returns how to end it
 */
export function copySparsely(smallest: number): () => void {
  const slice = methodOf('slice');
  const set = methodOf('set');
  const kept = new WeakMap<object, Pages>();
  const put = (methods: Pick<Uint8Array, 'slice' | 'set'>): unknown =>
    Object.assign(Uint8Array.prototype, methods);
  put({
    slice(this: Uint8Array, ...range) {
      if (range.length > 0 || this.length < smallest) return slice.apply(this, range);
      const copy = new Uint8Array();
      kept.set(
        copy,
        pagesIn(this, (page) => slice.call(page)),
      );
      return copy;
    },
    set(this: Uint8Array, from, ...at) {
      const pages = kept.get(from);
      if (pages === undefined) set.call(this, from, ...at);
      else putBack(this, pages, (page, was) => set.call(page, was));
    },
  });
  return function copyWhole() {
    put({ slice, set });
  };
}

const methodOf = <Name extends 'slice' | 'set'>(name: Name): Uint8Array[Name] =>
  Reflect.get(Uint8Array.prototype, name);

/** Those that have something in them, by where they begin. */
function pagesIn(memory: Uint8Array, copyOf: (page: Uint8Array) => Uint8Array): Pages {
  const pages = new Map<number, Uint8Array>();
  for (let at = 0; at < memory.length; at += pageSize) {
    const page = memory.subarray(at, at + pageSize);
    if (!isEqual(page, nothing)) pages.set(at, copyOf(page));
  }
  return pages;
}

/** Writes where something has changed only: what was never written to takes no memory. */
function putBack(memory: Uint8Array, pages: Pages, write: (page: Uint8Array, was: Uint8Array) => void): void {
  for (let at = 0; at < memory.length; at += pageSize) {
    const page = memory.subarray(at, at + pageSize);
    const was = pages.get(at) ?? nothing;
    if (!isEqual(page, was)) write(page, was.subarray(0, page.length));
  }
}

const isEqual = (page: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(page, other.subarray(0, page.length)) === 0;
