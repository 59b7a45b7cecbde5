/** Makes a language of the English words: accents, a third longer, a right-to-left mark, and brackets around each sentence. */
import { en } from '../../../src/words/en/en.ts';
import type { Words } from '../../../src/words/words.ts';

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'î',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
  z: 'ž',
};
const rightToLeftMark = '\u200F';

/** Addresses, card functions, markup and placeholders stay as they are. */
const untouchable = /<at>.*?<\/at>|\{\{[^}]*\}\}|\{[^}]*\}|https?:\/\/\S+|\]\([^)]*\)|<[^>]*>/g;

function accented(text: string): string {
  const kept = text.match(untouchable) ?? [];
  const parts = text
    .split(untouchable)
    .map((part) => part.replace(/[aceinosuyz]/g, (at) => accents[at] ?? at));
  return parts.map((part, nth) => part + (kept[nth] ?? '')).join('');
}

const pseudoText = (text: string): string =>
  text.trim() === ''
    ? text
    : `⟦${rightToLeftMark}${accented(text)}${'~'.repeat(Math.ceil(text.length * 0.3))}⟧`;

/** Keys that name something instead of saying it. */
const notSaid = new Set(['kind', 'href', 'tag', 'direction']);

/** What is said inside of it, however deep, functions included. */
function pseudoOf(value: unknown): unknown {
  if (typeof value === 'string') return pseudoText(value);
  if (typeof value === 'function')
    return (...given: readonly unknown[]) => pseudoOf(Reflect.apply(value, undefined, given));
  if (Array.isArray(value)) return value.map(pseudoOf);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, said]) => [key, notSaid.has(key) ? said : pseudoOf(said)]),
  );
}

/** The same shape as English, as every language has it. */
const pseudo: Words = { ...(pseudoOf(en) as Words), tag: 'en-x-pseudo', direction: 'rtl' };

/** `en` answers in it as well: nobody gets around it. */
export const pseudoLanguages = { en: pseudo };
