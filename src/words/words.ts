/** Finds the words for a locale: every language is a folder beside `en/`, registered here. */
import { en } from './en/en.ts';
import type { SourceWords } from './en/sources/source-words.ts';

/** Each sentence that a person reads, as text or as a function of data. */
export type Words = typeof en;

/** By lower-case tag: `de`, `pt-br`. */
export type Languages = Readonly<Record<string, Words>>;

export const languages: Languages = { en };

/** @param locales BCP 47 tags, the most wished-for first; odd ones are passed over */
export type WordsFor = (...locales: readonly (string | undefined)[]) => Words;

/** The first locale that is known, exactly or by its language; English else. */
export function createWordsFor(known: Languages): WordsFor {
  const find = (tag: string): Words | undefined => (Object.hasOwn(known, tag) ? known[tag] : undefined);
  return function wordsFor(...locales) {
    for (const locale of locales) {
      const tag = locale?.trim().toLowerCase() ?? '';
      const words = find(tag) ?? find(tag.split('-')[0] ?? '');
      if (words !== undefined) return words;
    }
    return find('en') ?? en;
  };
}

/** What is said of a target's source: in its own words, or in neutral ones. */
export function wordsOfSource({ sources }: Words, { source }: { readonly source: string }): SourceWords {
  const known: Readonly<Record<string, SourceWords | undefined>> = sources.byName;
  return Object.hasOwn(known, source) ? (known[source] ?? sources.other) : sources.other;
}

/** The same words, where the source that they are about has its own for figures and files. */
export function wordsAbout(words: Words, target: { readonly source: string }): Words {
  const { nouns, offer, sheets: ofSheets } = wordsOfSource(words, target);
  const { figures, formats, pages, sheets } = words;
  return {
    ...words,
    ...(nouns !== undefined && { figures: { ...figures, ...figures.with(nouns) } }),
    ...(ofSheets !== undefined && { sheets: sheetsOf(sheets, ofSheets) }),
    ...(offer !== undefined && {
      formats: { ...formats, original: offer.original },
      pages: { ...pages, offer: offerOf(pages.offer, offer) },
    }),
  };
}

function sheetsOf(usual: Words['sheets'], own: NonNullable<SourceWords['sheets']>): Words['sheets'] {
  const { tree, title, okr, levels, noEarlier, about } = own;
  const { names, summary, changes, info } = usual;
  return {
    ...usual,
    levels,
    names: { ...names, tree },
    summary: { ...summary, title, columns: { ...summary.columns, okr } },
    changes: { ...changes, noEarlier, columns: { ...changes.columns, okr } },
    info: { ...info, about: [...about] },
  };
}

function offerOf(usual: Words['pages']['offer'], offer: NonNullable<SourceWords['offer']>) {
  const { limitsOfExport, tells } = offer;
  const { workbook, spreadsheetCsv, original } = usual.formats;
  const formats = {
    workbook: { ...workbook, tells: tells.workbook },
    spreadsheetCsv: { ...spreadsheetCsv, tells: tells.spreadsheetCsv },
    original: { ...original, title: offer.original, tells: tells.original },
  };
  return { ...usual, formats, limitsOfExport };
}

/** Makes what depends on the words alone once for each language, when it is first asked for. */
export function keptForWords<T>(make: (words: Words) => T): (words: Words) => T {
  const kept = new WeakMap<Words, { readonly made: T }>();
  return function madeFor(words) {
    const known = kept.get(words) ?? { made: make(words) };
    kept.set(words, known);
    return known.made;
  };
}
