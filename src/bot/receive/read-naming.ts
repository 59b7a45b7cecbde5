/** Reads what people write about names: to save, export, rename or forget one; the name stays as they wrote it. */
import { en } from '../../words/en/en.ts';
import { keptForWords, type Words } from '../../words/words.ts';
import { namingCommands, type NamingCommand } from '../../cards/talk/command-table.ts';

export type Naming =
  | { readonly command: Exclude<NamingCommand, 'rename'>; readonly written: string }
  | {
      readonly command: 'rename';
      /** A name may hold the word between the two: each way to part them, the longest old name first. */
      readonly ways: readonly { readonly from: string; readonly to: string }[];
    };

interface Openings {
  readonly openings: readonly (readonly [phrase: string, NamingCommand])[];
  /** Stands between two names. */
  readonly between: RegExp;
  readonly please: readonly string[];
}

/** English is understood everywhere. The longest phrase comes first: "save it as" before "save". */
const openingsOf = keptForWords((words: Words): Openings => {
  const languages = [...new Set([words, en])];
  const openings = languages.flatMap(({ commands }) =>
    namingCommands.flatMap((name) =>
      [commands[name].word, ...commands[name].opens].map((phrase) => [phrase.toLowerCase(), name] as const),
    ),
  );
  // Plain words: none has a character that a pattern reads otherwise.
  const between = languages.flatMap(({ commands }) => commands.rename.between);
  return {
    openings: openings.sort(([a], [b]) => b.length - a.length),
    between: new RegExp(`(?<=\\S )(?:${between.join('|')})(?= \\S)`, 'giu'),
    please: languages.flatMap(({ pleasantries }) => pleasantries.please),
  };
});

/** As long as a message with a name, or two, may be. */
const maxTextLength = 400;
const openingQuote = /^["'“„‘‚«»‹`]/;
const closingQuote = /["'”“’‘»«›`]$/;
/** Between a command and its name. */
const gap = /^(?:\s*:\s*|\s+)|^(?=["'“„‘‚«»‹`])/;

/** @param text without mentions and links, spaces single. Undefined where it does not begin with one of these commands. */
export function readNaming(words: Words, text: string): Naming | undefined {
  const { openings, between, please } = openingsOf(words);
  const said = withoutPlease(
    please,
    unquoted(
      text
        .slice(0, maxTextLength)
        .replace(/^[\s/]+/, '')
        .trim(),
    ),
  );
  for (const [phrase, command] of openings) {
    const rest = said.slice(phrase.length);
    if (said.slice(0, phrase.length).toLowerCase() !== phrase || !gap.test(rest)) continue;
    const written = rest.replace(gap, '').trim();
    if (written === '') continue;
    return command === 'rename' ? { command, ways: waysToPart(between, written) } : { command, written };
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

const waysToPart = (between: RegExp, written: string) =>
  Array.from(written.matchAll(between), ({ 0: word, index }) => ({
    from: written.slice(0, index).trim(),
    to: written.slice(index + word.length).trim(),
  })).toReversed();
