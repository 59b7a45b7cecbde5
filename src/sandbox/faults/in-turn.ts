/** Makes rules that answer calls one after the other: the first call so, the second so, and then as usual. */
import type { Call, CallMatch, Rule } from '../loopback/script.ts';

type Step = Omit<Rule, 'match' | 'times'>;

type Turns = Readonly<{
  match: CallMatch;
  /** Calls with the same key take turns together. */
  by: (call: Call) => string;
  steps: readonly Step[];
  /** After one call as usual, from the first step again; without it, as usual for ever. */
  again?: boolean;
}>;

export const inTurn = ({ match, by, steps, again = false }: Turns): readonly Rule[] => {
  const counts = new Map<string, number>();
  const places = new WeakMap<Call, number>();
  /** Asked by the rule of each step: a call counts once. */
  const placeOf = (call: Call): number => {
    const known = places.get(call);
    if (known !== undefined) return known;
    const count = counts.get(by(call)) ?? 0;
    counts.set(by(call), count + 1);
    const place = again ? count % (steps.length + 1) : count;
    places.set(call, place);
    return place;
  };
  const { where = () => true } = match;
  return steps.map((step, index) => ({
    ...step,
    match: { ...match, where: (call) => where(call) && placeOf(call) === index },
  }));
};

export const byUser = (call: Call): string => call.user ?? '';
export const byJob = (call: Call): string => call.about['job'] ?? '';
export const byPath = (call: Call): string => `${call.method} ${call.path}`;
