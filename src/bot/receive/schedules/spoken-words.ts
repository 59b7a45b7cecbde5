/** Finds phrases in a sentence that somebody wrote, word by word, with typing errors where that is asked for. */
import { distance } from 'fastest-levenshtein';
import { en } from '../../../words/en/en.ts';
import { keptForWords, type Words } from '../../../words/words.ts';

type Phrase = readonly string[];

type Said = Words['scheduleGrammar'];

/** A language's own words and the English ones; the longest phrase of each kind comes first. */
export type Grammar = { readonly [What in Exclude<keyof Said, 'dayNames'>]: readonly Phrase[] } & {
  readonly dayNames: readonly (readonly Phrase[])[];
};

export const grammarOf = keptForWords((words: Words): Grammar => {
  const spoken = [...new Set([words, en])].map(({ scheduleGrammar }) => scheduleGrammar);
  const [english] = spoken;
  const kinds = Object.keys(english ?? {}).filter((kind) => kind !== 'dayNames') as Exclude<
    keyof Said,
    'dayNames'
  >[];
  const phrases = Object.fromEntries(
    kinds.map((kind) => [kind, phrasesOf(spoken.flatMap((said) => said[kind]))]),
  );
  const dayNames = en.scheduleGrammar.dayNames.map((_, day) =>
    phrasesOf(spoken.flatMap((said) => said.dayNames[day] ?? [])),
  );
  // Each kind is there, which `fromEntries` cannot tell.
  return { ...phrases, dayNames } as unknown as Grammar;
});

const phrasesOf = (said: readonly string[]): readonly Phrase[] =>
  said.map((phrase) => wordsIn(phrase)).sort((a, b) => b.length - a.length);

export interface Sentence {
  readonly words: readonly string[];
  readonly grammar: Grammar;
  /** With typing errors as well. */
  readonly mayErr: boolean;
}

/** Lower case, without the marks that part and end them. */
export const wordsIn = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[–—]/g, '-')
    .split(/[\s,;]+/u)
    .map((word) => word.replace(/(?<![.!])[.!]+$/u, ''))
    .filter((word) => word !== '');

/** How many words the longest of these phrases has that stands there; 0 where none does. */
export function phraseAt(sentence: Sentence, at: number, phrases: readonly Phrase[]): number {
  const found = phrases.find((phrase) =>
    phrase.every((word, nth) => isSame(sentence, sentence.words[at + nth], word)),
  );
  return found?.length ?? 0;
}

function isSame({ mayErr, grammar }: Sentence, said: string | undefined, word: string): boolean {
  if (said === undefined) return false;
  if (said === word) return true;
  return mayErr && !isContrary(grammar, said) && distance(said, word) <= maxErrors(word);
}

const isContrary = ({ notErrors }: Grammar, said: string): boolean =>
  notErrors.some(([word]) => word === said);

/** An error in a short word makes another word of it. */
function maxErrors({ length }: string): number {
  if (length < 5) return 0;
  return length < 8 ? 1 : 2;
}
