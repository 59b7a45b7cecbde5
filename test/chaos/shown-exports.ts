/** What the people see of their exports: which view each card is about, and what each of its versions says. */
import { cardOf, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity, SentActivity } from '../support/teams/connector-api.ts';
import type { Ending } from './wishes.ts';

export type Phase = 'open' | Ending | 'moved' | 'stuck';

export interface ShownExport {
  readonly activity: KeptActivity;
  readonly viewId: string;
  /** One for each version, oldest first. */
  readonly phases: readonly Phase[];
}

/** The cards of exports among the activities; the others are left out. */
export function shownExports(activities: readonly KeptActivity[]): readonly ShownExport[] {
  return activities.flatMap((activity) => {
    const last = activity.versions.at(-1);
    const viewId = activity.deleted || last === undefined ? undefined : viewOf(last);
    return viewId === undefined ? [] : [{ activity, viewId, phases: activity.versions.map(phaseOf) }];
  });
}

/** What is found out about an object once, because it never changes: people look at every card twice a second. */
export function onceForEach<K extends object, V>(find: (object: K) => V): (object: K) => V {
  const found = new WeakMap<K, { readonly value: V }>();
  return (object) => {
    const known = found.get(object) ?? { value: find(object) };
    found.set(object, known);
    return known.value;
  };
}

const viewOf = onceForEach(
  (version: SentActivity): string | undefined =>
    /(?:viewId=|webui\/plan\/)([0-9a-f-]{32,36})/.exec(JSON.stringify(cardOf(version) ?? ''))?.[1],
);

/** In the words of the requester's own card and of the one that everybody sees. */
const words: readonly (readonly [RegExp, Phase])[] = [
  [/Your file is ready to download|The person who asked can download the file/, 'succeeded'],
  [/Microsoft Graph reported a failure|Ended without a file/, 'failed'],
  [/card moved further down/, 'moved'],
  [/Paused|Stopped|No longer available|I no longer watch/, 'stuck'],
];

const phaseOf = onceForEach((version: SentActivity): Phase => {
  const said = wordsOf(cardOf(version));
  return words.find(([pattern]) => pattern.test(said))?.[1] ?? 'open';
});

export const isFinal = (phase: Phase | undefined): phase is Ending =>
  phase === 'succeeded' || phase === 'failed';
