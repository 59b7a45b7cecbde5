/** Keeps the SDK from writing to the console: for each bad token it prints the key or a stack trace, outside of our log. */
import { AsyncLocalStorage } from 'node:async_hooks';

const methods = ['debug', 'log', 'info', 'warn', 'error'] as const;
const sdkCode = new AsyncLocalStorage<true>();
let isChanged = false;

/** Runs SDK code and drops what it writes meanwhile, and only that: what matters comes back as its error. */
export function withoutConsole<T>(work: () => Promise<T>): Promise<T> {
  changeConsole();
  return sdkCode.run(true, work);
}

/** A process has one console, so it is changed once. */
function changeConsole(): void {
  if (isChanged) return;
  isChanged = true;
  const { console } = globalThis;
  for (const method of methods) {
    const write = console[method].bind(console);
    console[method] = (...words: readonly unknown[]) => {
      if (sdkCode.getStore() === undefined) write(...words);
    };
  }
}
