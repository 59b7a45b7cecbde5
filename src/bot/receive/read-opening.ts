/** Reads with which command a message begins, and what stands behind it, as the person wrote it. */
import { en } from '../../words/en/en.ts';
import { keptForWords, type Words } from '../../words/words.ts';
import {
  namingCommands,
  schedulingCommands,
  type NamingCommand,
  type SchedulingCommand,
} from '../../cards/talk/command-table.ts';

type OpeningCommand = NamingCommand | SchedulingCommand;

interface Openings {
  readonly openings: readonly (readonly [phrase: string, OpeningCommand])[];
  readonly please: readonly string[];
}

/** English is understood everywhere. The longest phrase comes first: "save it as" before "save". */
const openingsOf = keptForWords((words: Words): Openings => {
  const languages = [...new Set([words, en])];
  const openings = languages.flatMap(({ commands }) =>
    [...namingCommands, ...schedulingCommands].flatMap((name) =>
      [commands[name].word, ...commands[name].opens].map((phrase) => [phrase.toLowerCase(), name] as const),
    ),
  );
  return {
    openings: openings.sort(([a], [b]) => b.length - a.length),
    please: languages.flatMap(({ pleasantries }) => pleasantries.please),
  };
});

/** As long as a message with a name, or two, may be. */
const maxTextLength = 400;
const openingQuote = /^["'“„‘‚«»‹`]/;
const closingQuote = /["'”“’‘»«›`]$/;
/** Between a command and its name. */
const gap = /^(?:\s*:\s*|\s+)|^(?=["'“„‘‚«»‹`])/;

/** @param text without mentions, spaces single. Undefined where it does not begin with a command, or nothing stands behind it. */
export function readOpening(
  words: Words,
  text: string,
): { readonly command: OpeningCommand; readonly written: string } | undefined {
  const { openings, please } = openingsOf(words);
  const trimmed = text.slice(0, maxTextLength).replace(/^[\s/]+/, '');
  const said = withoutPlease(please, unquoted(trimmed.trim()));
  for (const [phrase, command] of openings) {
    const rest = said.slice(phrase.length);
    if (said.slice(0, phrase.length).toLowerCase() !== phrase || !gap.test(rest)) continue;
    const written = rest.replace(gap, '').trim();
    if (written !== '') return { command, written };
  }
  return undefined;
}

/** People repeat the bot's words with the quotes that it put around them; those around a name alone are the name's. */
const unquoted = (text: string): string =>
  openingQuote.test(text) && closingQuote.test(text) ? text.slice(1, -1).trim() : text;

function withoutPlease(please: readonly string[], text: string): string {
  let said = text;
  for (const one of please) {
    if (said.toLowerCase().startsWith(`${one} `)) said = said.slice(one.length + 1);
    if (said.toLowerCase().endsWith(` ${one}`)) said = said.slice(0, -one.length - 1);
  }
  return said;
}
