/** Answers for what the number of a cell stands for: a day, a percentage, or itself (ECMA-376, 18.8.30 numFmt). */
import { dayOf } from '../../../domain/okrs/reading/read-day.ts';
import { readNumberFormat, type KindOfNumber } from './number-sections.ts';
import { readXml } from './xml-elements.ts';

/** By the style of a cell, its attribute `s`. */
export type NumberFormats = readonly KindOfNumber[];

const mostStyles = 100_000;
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
      if (name === 'numFmt' && formats.size < mostStyles) formats.set(numFmtId, readNumberFormat(formatCode));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells && styles.length < mostStyles) styles.push(numFmtId);
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
