/** How late each look came, as Graph saw it: the time since the look before, less what the bot was to wait. */
import type { Call } from '../../src/sandbox/call.ts';

export interface Look {
  readonly user: string;
  /** When it arrived; milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds; below 0 when it came too early. */
  readonly lag: number;
}

/** @param between milliseconds that the bot was to wait between two looks at a job */
export function looksIn(calls: readonly Call[], between: number): readonly Look[] {
  const before = new Map<string, number>();
  const looks: Look[] = [];
  for (const { op, user = '', about, at } of calls) {
    const job = about['job'];
    if (op !== 'get' || job === undefined) continue;
    const last = before.get(job);
    before.set(job, at);
    if (last !== undefined) looks.push({ user, at, lag: at - last - between });
  }
  return looks;
}
