/** What a subscription may post: the summary, and buttons that lead everybody to their own; never the file. */
import { actionsOf, cardOf } from '../../support/teams/card-search.ts';
import type { KeptActivity } from '../../support/teams/connector-api.ts';
import { shownExports } from '../shown-exports.ts';

const allowedVerbs: ReadonlySet<string | undefined> = new Set(['exportSubscribed', 'aboutSubscription']);

export function nothingButSummaries(activity: KeptActivity, viewId: string): readonly string[] {
  if (shownExports([activity])[0]?.viewId !== viewId) return ['a message of something else stands there'];
  return activity.versions.flatMap((version) => {
    const { attachments = [] } = version;
    const isCardAlone = attachments.length === 1 && cardOf(version) !== undefined;
    const verbs = actionsOf(cardOf(version))
      .filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit')
      // What opens a dialog has its verb in what it carries.
      .map(({ verb, data }) => verb ?? (data as { readonly verb?: string } | undefined)?.verb);
    return isCardAlone && verbs.every((verb) => allowedVerbs.has(verb))
      ? []
      : [`what stands there has more than a summary: ${verbs.join()}`];
  });
}
