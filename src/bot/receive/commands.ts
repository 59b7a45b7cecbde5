/** Reads the few words that the bot knows, and finds the nearest of them to a word that it does not know. */
import { distance } from 'fastest-levenshtein';

export type KnownCommand = 'list' | 'signIn' | 'signOut' | 'deleteMyData' | 'help' | 'greeted' | 'thanked';
export type Command = KnownCommand | 'noText' | 'notUnderstood';

const wordsOf: readonly (readonly [KnownCommand, readonly string[]])[] = [
  ['list', ['list', 'my exports', 'exports', 'show my exports']],
  ['signIn', ['sign in', 'signin', 'sign-in', 'log in', 'login', 'log-in']],
  ['signOut', ['sign out', 'signout', 'sign-out', 'log out', 'logout', 'log-out']],
  ['deleteMyData', ['delete my data', 'delete data', 'forget me', 'erase my data']],
  ['help', ['help', '?', 'help me', 'commands', 'how does it work', 'what can you do', 'who are you']],
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

/** "A nice day" thanks nobody. */
const commands = wordsOf.filter(([command]) => command !== 'greeted' && command !== 'thanked');

/** What people say when they mean a command: never done at once, only pointed to. */
const relatedTo: readonly (readonly [KnownCommand, readonly string[]])[] = [
  [
    'list',
    ['status', 'progress', 'download', 'history', 'my file', 'my files', 'where', 'ready', 'stop', 'cancel'],
  ],
  ['signOut', ['sign off', 'sign me out']],
  ['deleteMyData', ['delete', 'erase', 'forget', 'privacy', 'my data']],
  ['help', ['how', 'export', 'start', 'menu', 'info', 'instructions']],
];

const known: ReadonlyMap<string, KnownCommand> = new Map(
  wordsOf.flatMap(([command, words]) => words.map((word) => [word, command] as const)),
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
  return related ?? mistyped(words) ?? containedIn(words, commands) ?? containedIn(words, relatedTo);
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

function containedIn(words: string, table: typeof wordsOf): KnownCommand | undefined {
  const text = ` ${words.replace(/[^\p{L}\p{N}' -]+/gu, ' ')} `;
  const found = table.find(([, phrases]) => phrases.some((phrase) => text.includes(` ${phrase} `)));
  return found?.[0];
}
