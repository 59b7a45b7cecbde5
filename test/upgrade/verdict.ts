/** Judges an upgrade under load: each link has one card with its figures and one job at Graph; and the older release stays away after. */

/** What became of one link. */
export interface LinkSeen {
  /** Of these, those that show the figures in the end. */
  readonly cards: number;
  readonly jobs: number;
  /** The bot took its message, at last. */
  readonly taken: boolean;
}

export interface Rehearsed {
  readonly links: readonly LinkSeen[];
  /** How many were pasted while only the older, both, only the newer release ran. */
  readonly phases: readonly number[];
  /** Of the older release when it was told to stop. */
  readonly exitCode: number | null;
  /** Of the older release, started on what the newer one has migrated. */
  readonly again: number | null;
  /** Lines at `error` and above, of both. */
  readonly errors: readonly string[];
}

/** What was broken, a sentence each; none where nothing was lost. */
export function breachesOf({ links, phases, exitCode, again, errors }: Rehearsed): readonly string[] {
  const amount = (is: (link: LinkSeen) => boolean): number => links.filter(is).length;
  const said: readonly (readonly [number, string])[] = [
    [amount(({ taken }) => !taken), 'were not taken'],
    [amount(({ cards }) => cards === 0), 'have no card with figures'],
    [amount(({ cards }) => cards > 1), 'have more than one card'],
    [amount(({ jobs }) => jobs === 0), 'have no job at Graph'],
    [amount(({ jobs }) => jobs > 1), 'have more than one job at Graph'],
  ];
  return [
    ...said.filter(([found]) => found > 0).map(([found, what]) => `${String(found)} links ${what}`),
    ...(phases.length === 3 && phases.every((pasted) => pasted > 0) ? [] : ['a phase saw no links at all']),
    ...(exitCode === 0 ? [] : [`the older release ended with ${String(exitCode)}`]),
    ...(again === 0 || again === null ? ['the older release starts on the newer schema'] : []),
    ...Array.from(
      Map.groupBy(errors, (line) => line),
      ([line, same]) => `logged ${String(same.length)} times: ${line}`,
    ),
  ];
}

/** Reads lines of JSON; others are none of the bot's. */
export function errorsIn(output: string): readonly string[] {
  return output.split('\n').flatMap((line) => {
    if (!/"level":"?(?:error|fatal|50|60)/.test(line)) return [];
    const { msg, message } = JSON.parse(line) as { readonly msg?: string; readonly message?: string };
    return [msg ?? message ?? line];
  });
}
