/** How late each look came, as Graph saw it: the time since the look before, less what the bot was to wait. */
import type { Call } from '../../src/sandbox/loopback/script.ts';

export interface Look {
  readonly user: string;
  /** When it arrived; milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds; below 0 when it came too early. */
  readonly lag: number;
}

/**
 * A list is a look at each job of its person that was due, as long as nobody has exports in two organisations.
 * @param between milliseconds that the bot was to wait between two looks at a job
 * @param firstDue when the first look at a job was due, in milliseconds since 1970; without it the first is no measure
 */
export function looksIn(
  calls: readonly Call[],
  between: number,
  firstDue: ReadonlyMap<string, number> = new Map(),
): readonly Look[] {
  const before = new Map<string, Map<string, number>>();
  const looks: Look[] = [];
  for (const { op, user = '', about, at } of calls) {
    const own = before.get(user) ?? new Map<string, number>();
    before.set(user, own);
    const due = [...own].filter(([, last]) => at - last >= between).map(([job]) => job);
    const job = about['job'];
    const looked = op === 'list' ? due : op === 'get' && job !== undefined ? [job] : [];
    for (const each of looked) {
      const last = own.get(each);
      own.set(each, at);
      const due = last === undefined ? firstDue.get(each) : last + between;
      if (due !== undefined) looks.push({ user, at, lag: at - due });
    }
  }
  return looks;
}
