/** A Graph with bad days: so many of a hundred calls end in a fault, which one is the dice's to say. */
import type { GraphSimulator } from '../../src/sandbox/graph/graph-simulator.ts';
import type { Rule } from '../../src/sandbox/loopback/script.ts';
import type { Dice } from './dice.ts';

type Fault = Pick<Rule, 'respond' | 'trouble' | 'perform'>;

/** Seconds. */
const asked = 3;
const busy = { error: { code: 'TooManyRequests', message: 'Too many requests' } };
const broken = { error: { code: 'InternalServerError', message: 'Something broke' } };

/** Of a hundred calls; the rest is answered. Some faults come after Graph has done what it was asked for. */
const mix: readonly (readonly [of100: number, fault: (dice: Dice) => Fault])[] = [
  [
    10,
    (dice) => ({
      respond: { status: dice.of([500, 502, 503, 504]), body: broken },
      perform: dice.below(2) === 0,
    }),
  ],
  [5, () => ({ trouble: { kind: 'reset' } })],
  [
    5,
    (dice) => ({
      respond: {
        status: 429,
        body: busy,
        ...(dice.below(2) === 0 ? {} : { headers: { 'retry-after': String(asked) } }),
      },
    }),
  ],
  [2, () => ({ respond: { status: 200, body: '{"id": "j!' }, perform: true })],
  [1, () => ({ trouble: { kind: 'hang' } })],
];

export interface GraphFaults {
  /** Calls that ended in a fault. */
  readonly count: () => number;
}

export function scriptFaults(graph: GraphSimulator, dice: Dice): GraphFaults {
  let faults = 0;
  const prepare = (): void => {
    const fault = faultOf(dice);
    if (fault !== undefined) faults += 1;
    // Whatever is called next uses it up, and asks for the next one.
    graph.script({
      times: 1,
      ...fault,
      match: {
        where: () => {
          queueMicrotask(prepare);
          return true;
        },
      },
    });
  };
  prepare();
  return { count: () => faults };
}

function faultOf(dice: Dice): Fault | undefined {
  let left = dice.below(100);
  for (const [of100, fault] of mix) {
    if (left < of100) return fault(dice);
    left -= of100;
  }
  return undefined;
}
