/** Joins in English what the sources offer, in the order in which they are listed. */
import type { SourceWords } from './source-words.ts';
import type { KnownSources } from './sources.ts';

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });
const both = new Intl.ListFormat('en-GB', { type: 'conjunction' });

type Offering = NonNullable<SourceWords['offering']>;

/** "a Planner plan or a Viva Goals view", "plans and OKRs". */
export function offeringsOf({ byName }: KnownSources) {
  const all: readonly SourceWords[] = Object.values(byName);
  const offerings = all.flatMap(({ offering }) => offering ?? []);
  const said = (what: keyof Offering): readonly string[] => offerings.flatMap((one) => one[what] ?? []);
  return {
    any: (what: keyof Offering): string => either.format(said(what)),
    all: (what: keyof Offering): string => both.format(said(what)),
    products: both.format(all.map(({ product }) => product)),
  };
}

export type Offerings = ReturnType<typeof offeringsOf>;
