/** Measures how far the memory of the whole process grows while something is at work: all threads, heap and buffers. */

/** `stop` gives the highest growth seen, in MB of resident memory; collects garbage first when that is allowed. */
export function watchMemory(): { readonly stop: () => number } {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 50);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return (most - before) / 1e6;
    },
  };
}
