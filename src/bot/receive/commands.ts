/** Reads the few words that the bot knows, and finds the nearest of them to a word that it does not know. */
import { distance } from 'fastest-levenshtein';
import { commandNames, commands, type CommandName } from '../../cards/talk/command-table.ts';

type Pleasantry = 'greeted' | 'thanked';
type KnownCommand = CommandName | Pleasantry;
export type Command = KnownCommand | 'noText' | 'notUnderstood';

type Phrases<Of> = readonly (readonly [Of, readonly string[]])[];

/** "A nice day" thanks nobody: these are found in no sentence. */
const pleasantries: Phrases<Pleasantry> = [
  ['greeted', ['hi', 'hello', 'hey', 'good morning', 'good afternoon', 'good evening']],
  [
    'thanked',
    [
      'thanks',
      'thank you',
      'thx',
      'ty',
      'ok',
      'okay',
      'great',
      'perfect',
      'cool',
      'nice',
      'awesome',
      'good job',
      'well done',
      'bye',
    ],
  ],
];

const spoken: Phrases<CommandName> = commandNames.map((name) => [name, commands[name].words]);
const relatedTo: Phrases<CommandName> = commandNames.map((name) => [name, commands[name].meant ?? []]);

const known: ReadonlyMap<string, KnownCommand> = new Map(
  [...spoken, ...pleasantries].flatMap(([command, words]) => words.map((word) => [word, command] as const)),
);

/** An error in a short word makes many other words of it. */
const longRelated = relatedTo.flatMap(([command, words]) =>
  words.filter((word) => word.length >= 6).map((word) => [word, command] as const),
);

const maxTextLength = 64;
/** People repeat the bot's words with the quotes that it put around them. */
const around = /^[\s"'“”„‘’«»<([{*_`/]+|[\s"'“”‘’«»>)\]}*_`.,;:!…]+$/gu;
const pictures = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\s]+$/u;
const politeness = /^(?:please|pls) | (?:please|pls)$/g;
const thanks = /^(?:(?:ok|okay|great|perfect|cool|nice)[,.!]? )?(?:many )?(?:thanks|thank you|thx)\b.{0,40}$/;

/** @param text without mentions, spaces single */
export function readCommand(text: string): Command {
  if (text === '') return 'noText';
  if (pictures.test(text)) return 'thanked';
  const words = wordsIn(text);
  return (
    known.get(words) ??
    known.get(words.replace(/ ?\?$/, '')) ??
    (thanks.test(words) ? 'thanked' : 'notUnderstood')
  );
}

const wordsIn = (text: string): string =>
  text.slice(0, maxTextLength).toLowerCase().replace(around, '').replace(politeness, '').replace(/’/g, "'");

/** For what was not understood: a typing error, or a sentence that holds a word we know. */
export function nearestCommand(text: string): KnownCommand | undefined {
  const words = wordsIn(text);
  const related = relatedTo.find(([, others]) => others.includes(words))?.[0];
  return related ?? mistyped(words) ?? containedIn(words, spoken) ?? containedIn(words, relatedTo);
}

function mistyped(words: string): KnownCommand | undefined {
  const near = [...known, ...longRelated].map(([word, command]) => ({
    word,
    command,
    errors: distance(words, word),
  }));
  const [nearest] = near.sort((a, b) => a.errors - b.errors);
  return nearest !== undefined && nearest.errors <= maxErrors(words, nearest.word)
    ? nearest.command
    : undefined;
}

/** Two letters that changed places count as two errors; hardly anybody errs in the first letter. */
function maxErrors(words: string, word: string): number {
  if (word.length < 4) return 0;
  if (words[0] !== word[0]) return 1;
  return word.length < 10 ? 2 : 3;
}

function containedIn(words: string, table: Phrases<CommandName>): CommandName | undefined {
  const text = ` ${words.replace(/[^\p{L}\p{N}' -]+/gu, ' ')} `;
  const found = table.find(([, phrases]) => phrases.some((phrase) => text.includes(` ${phrase} `)));
  return found?.[0];
}
