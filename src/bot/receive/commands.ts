/** Reads the few words that the bot knows, and finds the nearest of them to a word that it does not know. */
import { distance } from 'fastest-levenshtein';
import { commandNames, takesName, type CommandName } from '../../cards/talk/command-table.ts';
import { en } from '../../words/en/en.ts';
import { keptForWords, type Words } from '../../words/words.ts';

type Pleasantry = 'greeted' | 'thanked';
type KnownCommand = CommandName | Pleasantry;
export type Command = KnownCommand | 'noText' | 'notUnderstood';

type Phrases<Of> = readonly (readonly [phrase: string, Of])[];

interface Vocabulary {
  readonly spoken: Phrases<CommandName>;
  /** Said by themselves: a sentence that holds one of the others means something else. */
  readonly alone: Phrases<CommandName>;
  /** Those behind which a name stands. */
  readonly openings: Phrases<CommandName>;
  /** What is only pointed to. */
  readonly related: Phrases<CommandName>;
  /** "A nice day" thanks nobody: these are found in no sentence. */
  readonly pleasantries: Phrases<Pleasantry>;
  readonly thanksFor: readonly string[];
  readonly please: readonly string[];
  /** Before the command that somebody wants help with, the longest first. */
  readonly helpOn: readonly string[];
}

const vocabularyOf = keptForWords(readVocabulary);

/** English is understood everywhere: documents and other people teach it. */
function readVocabulary(words: Words): Vocabulary {
  const languages = [...new Set([words, en])];
  const phrasesOf = <Of extends string>(
    names: readonly Of[],
    saidIn: (language: Words, name: Of) => readonly string[],
  ): Phrases<Of> =>
    languages.flatMap((language) =>
      names.flatMap((name) => saidIn(language, name).map((phrase) => [plain(phrase), name] as const)),
    );
  const spoken = phrasesOf(commandNames, ({ commands }, name) => [
    commands[name].word,
    ...commands[name].synonyms,
  ]);
  return {
    spoken,
    alone: spoken.filter(([, name]) => !takesName(name)),
    openings: spoken.filter(([, name]) => takesName(name)),
    related: phrasesOf(commandNames, ({ commands }, name) => commands[name].meant),
    pleasantries: phrasesOf(['greeted', 'thanked'], ({ pleasantries }, name) => pleasantries[name]),
    thanksFor: languages.flatMap(({ pleasantries }) => pleasantries.thanksFor.map(plain)),
    helpOn: languages
      .flatMap(({ commands }) => [commands.help.word, ...commands.help.opens])
      .map(plain)
      .sort((a, b) => b.length - a.length),
    please: languages.flatMap(({ pleasantries }) => pleasantries.please.map(plain)),
  };
}

const plain = (text: string): string => text.toLowerCase().replace(/’/g, "'");

const maxTextLength = 64;
/** People repeat the bot's words with the quotes that it put around them. */
const around = /^[\s"'“”„‘’«»<([{*_`/]+|(?<![\s"'“”‘’«»>)\]}*_`.,;:!…])[\s"'“”‘’«»>)\]}*_`.,;:!…]+$/gu;
const pictures = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\s]+$/u;

/** @param text without mentions, spaces single */
export function readCommand(words: Words, text: string): Command {
  if (text === '') return 'noText';
  if (pictures.test(text)) return 'thanked';
  const vocabulary = vocabularyOf(words);
  const said = saidIn(vocabulary, text);
  return (
    named(vocabulary, said) ??
    named(vocabulary, said.replace(/ ?\?$/, '')) ??
    (isThanks(vocabulary, said) ? 'thanked' : 'notUnderstood')
  );
}

function saidIn({ please }: Vocabulary, text: string): string {
  let said = plain(text.slice(0, maxTextLength).replace(around, ''));
  for (const one of please) {
    if (said.startsWith(`${one} `)) said = said.slice(one.length + 1);
    if (said.endsWith(` ${one}`)) said = said.slice(0, -one.length - 1);
  }
  return said;
}

const named = ({ spoken, pleasantries }: Vocabulary, said: string): KnownCommand | undefined =>
  [...spoken, ...pleasantries].find(([phrase]) => phrase === said)?.[1];

const maxThanksFor = 40;

/** "Great, thanks for the file": behind a pleasantry, too. */
function isThanks({ pleasantries, thanksFor }: Vocabulary, said: string): boolean {
  const openings = pleasantries.filter(([phrase]) => begins(said, phrase));
  const rests = openings.map(([phrase]) => said.slice(phrase.length).replace(/^[,.!]? /, ''));
  return [said, ...rests].some((rest) =>
    thanksFor.some((thanks) => begins(rest, thanks) && rest.length <= thanks.length + maxThanksFor),
  );
}

const begins = (said: string, phrase: string): boolean =>
  said.startsWith(phrase) && !/^[\p{L}\p{M}\p{N}]/u.test(said.slice(phrase.length));

/** The command that somebody wants to know more about; undefined where they ask for something else. */
export function readHelpOn(words: Words, text: string): CommandName | undefined {
  const vocabulary = vocabularyOf(words);
  const said = saidIn(vocabulary, text).replace(/ ?\?$/, '');
  const opening = vocabulary.helpOn.find((phrase) => said.startsWith(`${phrase} `));
  if (opening === undefined) return undefined;
  const rest = said.slice(opening.length + 1).replace(around, '');
  const known = vocabulary.spoken.find(([phrase]) => phrase === rest)?.[1];
  const nearest = known ?? mistyped(vocabulary, rest) ?? mistypedOpening(vocabulary, rest);
  return nearest === 'greeted' || nearest === 'thanked' ? undefined : nearest;
}

/** For what was not understood: a typing error, or a sentence that holds a word we know. */
export function nearestCommand(words: Words, text: string): KnownCommand | undefined {
  const vocabulary = vocabularyOf(words);
  const said = saidIn(vocabulary, text);
  const { alone, related } = vocabulary;
  const meant = related.find(([phrase]) => phrase === said)?.[1];
  return (
    meant ??
    mistyped(vocabulary, said) ??
    mistypedOpening(vocabulary, said) ??
    containedIn(said, alone) ??
    containedIn(said, related)
  );
}

/** An error in a short word makes many other words of it. */
const isLong = ([phrase]: readonly [phrase: string, unknown]): boolean => phrase.length >= 6;

function mistyped({ spoken, pleasantries, related }: Vocabulary, said: string): KnownCommand | undefined {
  const near = [...spoken, ...pleasantries, ...related.filter(isLong)].map(([phrase, command]) => ({
    phrase,
    command,
    errors: distance(said, phrase),
  }));
  const [nearest] = near.sort((a, b) => a.errors - b.errors);
  return nearest !== undefined && nearest.errors <= maxErrors(said, nearest.phrase)
    ? nearest.command
    : undefined;
}

/** Of a command behind which a name stands. */
function mistypedOpening({ openings }: Vocabulary, said: string): CommandName | undefined {
  return openings.find(([phrase]) => {
    const words = phrase.split(' ').length;
    const begun = said.split(' ').slice(0, words).join(' ');
    const errors = distance(begun, phrase);
    return said.split(' ').length > words && errors > 0 && errors <= maxErrors(begun, phrase);
  })?.[1];
}

/** Two letters that changed places count as two errors; hardly anybody errs in the first letter. */
function maxErrors(said: string, phrase: string): number {
  if (phrase.length < 4) return 0;
  if (said[0] !== phrase[0]) return 1;
  return phrase.length < 10 ? 2 : 3;
}

function containedIn(said: string, phrases: Phrases<CommandName>): CommandName | undefined {
  const text = ` ${said.replace(/[^\p{L}\p{N}' -]+/gu, ' ')} `;
  return phrases.find(([phrase]) => text.includes(` ${phrase} `))?.[1];
}
