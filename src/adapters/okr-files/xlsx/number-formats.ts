/** Reads what a cell's number stands for: a day, a percentage, or itself (ECMA-376, 18.8.30 and 18.8.31). */
import { dayOf } from '../../../domain/okrs/reading/read-day.ts';
import { readXml } from './xml-elements.ts';

/** By the style of a cell, its attribute `s`. */
export type NumberFormats = readonly KindOfNumber[];

const maxStyles = 100_000;
const dayMs = 86_400_000;
/** Days from Excel's epoch to that of 1904. */
const daysTo1904 = 1_462;
const epoch = Date.UTC(1899, 11, 30);
const lastSerial = 2_958_466;

export async function readNumberFormats(pieces: AsyncIterable<Uint8Array>): Promise<NumberFormats> {
  const formats = new Map<string, KindOfNumber>();
  const styles: string[] = [];
  let inCells = false;
  await readXml(pieces, {
    open: (name, { numFmtId = '', formatCode = '' }) => {
      if (name === 'numFmt' && formats.size < maxStyles) formats.set(numFmtId, readNumberFormat(formatCode));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells && styles.length < maxStyles) styles.push(numFmtId);
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles.map((id) => formats.get(id) ?? builtIn(Number(id)));
}

/** Without a code of its own (ECMA-376, 18.8.30, the table of implied codes). */
function builtIn(id: number): KindOfNumber {
  if (id === 9 || id === 10) return () => 'percent';
  const isDate = (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return isDate ? () => 'date' : () => 'plain';
}

/**
 * The text of a cell's number as a CSV would have it: `2025-03-31`, `2025-03-31 14:36:20 UTC`, `25%`, `1234.5`.
 * @param format undefined where nothing but the number itself is known
 */
export function numberText(value: string, format: KindOfNumber | undefined, is1904: boolean): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  const kind = format?.(number) ?? 'plain';
  if (kind === 'percent') return `${String(Math.round(number * 1e10) / 1e8)}%`;
  if (kind === 'plain') return /e/i.test(value) ? String(number) : value;
  const serial = is1904 ? number + daysTo1904 : number;
  if (serial < 1 || serial >= lastSerial) return value;
  const at = new Date(epoch + Math.round((serial * dayMs) / 1_000) * 1_000);
  return Number.isInteger(serial) ? dayOf(at) : `${dayOf(at)} ${at.toISOString().slice(11, 19)} UTC`;
}

type NumberKind = 'date' | 'percent' | 'plain';
/** What a format shows a number as. */
export type KindOfNumber = (value: number) => NumberKind;

interface Section {
  readonly applies?: (value: number) => boolean;
  /** Undefined when it shows no number at all, but a dash or nothing. */
  readonly kind: NumberKind | undefined;
}

/** @param code e.g. `0%`, `[=0]"-";0.0%`, `#,##0;[Red]-#,##0;"–";@` */
export function readNumberFormat(code: string): KindOfNumber {
  const sections = sectionsOf(code);
  // A section that hides the number says nothing about it, the others do.
  const usual = sections.find(({ kind }) => kind !== undefined)?.kind ?? 'plain';
  return function kindOf(value) {
    return sectionFor(sections, value)?.kind ?? usual;
  };
}

/** Quoted text, escaped, padding and filling characters say nothing about the kind. */
const literal = /"[^"]*"?|\\.|_.|\*./g;
const inBrackets = /\[[^[\]]*\]/g;

const sectionsOf = (code: string): readonly Section[] =>
  code
    .replace(literal, '')
    .split(';')
    .filter((section) => !section.includes('@'))
    .slice(0, 3)
    .map((section) => {
      const applies = conditionIn(section);
      const kind = kindOf(section.replace(inBrackets, ''));
      return applies === undefined ? { kind } : { applies, kind };
    });

function kindOf(shown: string): NumberKind | undefined {
  if (/[yd]/i.test(shown)) return 'date';
  if (shown.includes('%')) return 'percent';
  return /[0#?hms]|general/i.test(shown) ? 'plain' : undefined;
}

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<>': (value, limit) => value !== limit,
  '<': (value, limit) => value < limit,
  '>': (value, limit) => value > limit,
  '<=': (value, limit) => value <= limit,
  '>=': (value, limit) => value >= limit,
};

function conditionIn(section: string): Section['applies'] {
  const [, operator = '', limit = ''] =
    /\[\s*(<>|[<>]=?|=)\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*\]/i.exec(section) ?? [];
  const compare = comparisons[operator];
  return compare && ((value) => compare(value, Number(limit)));
}

/** Where no condition says otherwise: above zero, below zero, the rest; two sections share zero and above. */
function sectionFor(sections: readonly Section[], value: number): Section | undefined {
  const [first, second, third] = sections;
  if (second === undefined) return first;
  const isShared = third === undefined && second.applies === undefined;
  const isFirst = first?.applies ?? ((one: number) => (isShared ? one >= 0 : one > 0));
  if (isFirst(value)) return first;
  const isSecond = second.applies ?? ((one: number) => third === undefined || one < 0);
  return isSecond(value) ? second : third;
}
