/** A name that a person gives to what they export: what may be one, and when two are the same. */
import { distance } from 'fastest-levenshtein';
import { withoutInvisible } from '../invisible-characters.ts';
import { sameTarget, type Target } from './target.ts';

/** One person's own; they may give several to one target. */
export interface TargetName {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  readonly target: Target;
  readonly givenAt: Date;
}

/** Characters, as Unicode counts them. */
export const maxNameLength = 60;
export const maxNamesOfPerson = 100;

export type NameReading =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'noName'; readonly why: 'nothingToSay' | 'tooLong' };

const breaks = /[\s\p{Cc}]+/gu;
const quotePairs = ['""', "''", '“”', '„“', '„”', '‘’', '‚‘', '«»', '»«', '‹›', '``'];
/** Anything else is punctuation, which cards leave out of their titles. */
const saysSomething = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** On one line, without invisible characters and without the quotes that stand around it. */
export function readName(written: string): NameReading {
  const name = withoutQuotes(tidied(written));
  if (!saysSomething.test(name)) return { kind: 'noName', why: 'nothingToSay' };
  return Array.from(name).length > maxNameLength
    ? { kind: 'noName', why: 'tooLong' }
    : { kind: 'name', name };
}

/** PostgreSQL takes no half of a surrogate pair. */
const tidied = (text: string): string =>
  withoutInvisible(text.toWellFormed().normalize('NFC')).replace(breaks, ' ').trim();

function withoutQuotes(text: string): string {
  const inside = text.slice(1, -1).trim();
  const isQuoted = text.length > 2 && quotePairs.includes(`${text.slice(0, 1)}${text.slice(-1)}`);
  return isQuoted && inside !== '' ? inside : text;
}

/** Accents tell names apart; case, and the width of letters, do not. */
const collator = new Intl.Collator('en', { sensitivity: 'accent', usage: 'search' });

/** To lower case first: some capitals have a small letter and are none of its. */
const withoutCase = (name: string): string => name.toLowerCase().toUpperCase();

export const sameName = (a: string, b: string): boolean =>
  collator.compare(withoutCase(a), withoutCase(b)) === 0;

/** In the order of an alphabet, numbers by their size. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;

/** The newest name of the target. @param names the newest first */
export const nameOf = (names: readonly TargetName[], target: Target): string | undefined =>
  names.find((one) => sameTarget(one.target, target))?.name;

/** In small letters, each of them one UTF-16 unit, so that each counts as one error; only to be compared. */
const unitsOf = (name: string): string =>
  String.fromCharCode(
    ...Array.from(name, (letter) => {
      const [small = letter, ...others] = Array.from(letter.toLowerCase());
      return (others.length === 0 ? small : letter).codePointAt(0) ?? 0;
    }),
  );

const maxNear = 3;
/** Shorter ones stand in many words. */
const leastInside = 3;

/** Those that may have been meant: with a typing error, or with more or fewer words. The nearest come first. */
export function namesNear<N extends TargetName>(names: readonly N[], written: string): readonly N[] {
  const said = unitsOf(written);
  const near = names.flatMap((name) => {
    const known = unitsOf(name.name);
    const errors = distance(said, known);
    const isInside =
      Math.min(said.length, known.length) >= leastInside && (known.includes(said) || said.includes(known));
    return isInside || errors <= Math.max(1, Math.ceil(known.length / 4)) ? [{ name, errors }] : [];
  });
  return near
    .sort((a, b) => a.errors - b.errors)
    .slice(0, maxNear)
    .map(({ name }) => name);
}
