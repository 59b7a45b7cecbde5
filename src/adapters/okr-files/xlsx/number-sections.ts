/** Reads the sections of a number format and finds the one that applies to a number (ECMA-376 part 1, 18.8.31 numFmts). */

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
const inBrackets = /\[[^\]]*\]/g;

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
    /\[\s*(<>|[<>]=?|=)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*\]/i.exec(section) ?? [];
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
