/** Coalesces updates of one activity: they go one after the other, and of those that still wait only the newest does. */
import { createKeyedMutex } from './keyed-mutex.ts';

/** `take` gives the newest content, and ends its waiting: what comes later is an update of its own. */
export type CoalesceUpdates<C, R> = (
  key: string,
  content: C,
  send: (take: () => C) => Promise<R>,
) => Promise<R>;

/** An update that is overtaken gets the result of the one that overtook it: what it wanted shown is shown, or newer. */
export function createCoalesceUpdates<C, R>(): CoalesceUpdates<C, R> {
  const mutex = createKeyedMutex();
  const waiting = new Map<string, { content: C; readonly result: Promise<R> }>();
  return function coalesceUpdates(key, content, send) {
    const overtaken = waiting.get(key);
    if (overtaken !== undefined) {
      overtaken.content = content;
      return overtaken.result;
    }
    const end = (): void => {
      if (waiting.get(key) === entry) waiting.delete(key);
    };
    const take = (): C => {
      end();
      return entry.content;
    };
    const entry = { content, result: mutex(key, () => send(take).finally(end)) };
    waiting.set(key, entry);
    return entry.result;
  };
}
