/** Gives tests their surroundings: a log that collects, background work that can be awaited, a fixed clock, no other instance. */
import type { Background, Clock, Instances, Log } from '../../../src/ports/runtime.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export function collectingLog(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level'], own: LogLine['fields']): Log['info'] =>
    (fields, message) =>
      void lines.push({ level, fields: { ...own, ...fields }, message });
  const logOf = (own: LogLine['fields']): Log => ({
    debug: at('debug', own),
    info: at('info', own),
    warn: at('warn', own),
    error: at('error', own),
    child: (fields) => logOf({ ...own, ...fields }),
  });
  return { ...logOf({}), lines };
}

export interface WatchedBackground extends Background {
  readonly failures: readonly unknown[];
  /** Until nothing runs any more. */
  readonly settled: () => Promise<void>;
}

export function watchedBackground(): WatchedBackground {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const settled = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    failures,
    settled,
    drain: settled,
    run: (_what, task) => {
      const work = task().catch((cause: unknown) => void failures.push(cause));
      running.add(work);
      void work.then(() => running.delete(work));
    },
  };
}

export const clockAt = (iso: string): Clock => ({ now: () => new Date(iso) });

/** No other instance shares the work. */
export const alone: Instances = { living: () => 1, isNew: () => false };
