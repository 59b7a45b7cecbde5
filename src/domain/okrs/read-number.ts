/** Answers for the numbers of an export's cells. */

/** Thousands in groups of three (or two and three, as in India), a point before decimals, a percent sign. */
const shape = /^[+-]?(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,300})(?:\.\d{0,300})?(?:e[+-]?\d{1,3})?\s?%?$/i;

/** Reads `1,234.5`, `-12%` (as −12) and `3.5e4`; `undefined` for anything else, and for what is too large to count. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(/^[−‒–]/, '-');
  if (!shape.test(trimmed)) return undefined;
  const value = Number(trimmed.replace(/[,%\s]/g, ''));
  return Number.isFinite(value) ? value : undefined;
}
