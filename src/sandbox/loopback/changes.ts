/** Lets a test wait for something to become true: whoever changes state announces it. */

export type Changes = Readonly<{
  announce: () => void;
  /** Resolves with the first truthy look; rejects after `timeoutMs` (default 45 s) naming `what` was awaited. */
  until: <T>(look: () => T | undefined | null | false, options?: WaitOptions) => Promise<T>;
}>;

export type WaitOptions = Readonly<{ timeoutMs?: number; what?: string }>;

export const createChanges = (): Changes => {
  const waiting = new Set<() => void>();

  const until: Changes['until'] = (look, { timeoutMs = 45_000, what = look.toString() } = {}) =>
    new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        waiting.delete(check);
        clearTimeout(timer);
        clearInterval(glances);
        finish();
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`Waited ${timeoutMs} ms in vain for: ${what}`))),
        timeoutMs,
      );
      const check = () => {
        try {
          const seen = look();
          if (seen !== undefined && seen !== null && seen !== false) settle(() => resolve(seen));
        } catch (cause) {
          settle(() => reject(new Error(`Looking for ${what} threw`, { cause })));
        }
      };
      // What is looked for may belong to somebody else, who announces it elsewhere.
      const glances = setInterval(check, 1000);
      waiting.add(check);
      check();
    });

  const announce = () => {
    for (const check of [...waiting]) check();
  };

  return { announce, until };
};
