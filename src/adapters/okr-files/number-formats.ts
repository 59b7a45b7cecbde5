/** Answers for what the number of a cell stands for: a day, a percentage, or itself (ECMA-376, 18.8.30 numFmt). */
import { dayOf } from '../../domain/okrs/read-day.ts';
import { readXml } from './xml-elements.ts';

export type NumberKind = 'date' | 'percent' | 'plain';
/** By the style of a cell, its attribute `s`. */
export type NumberKinds = readonly NumberKind[];

const mostStyles = 100_000;
const dayMs = 86_400_000;
/** Days from Excel's epoch to that of 1904. */
const daysTo1904 = 1_462;
const epoch = Date.UTC(1899, 11, 30);
const lastSerial = 2_958_466;

export async function readNumberKinds(pieces: AsyncIterable<Uint8Array>): Promise<NumberKinds> {
  const codes = new Map<string, string>();
  const kinds: NumberKind[] = [];
  let inCells = false;
  await readXml(pieces, {
    open: (name, attributes) => {
      if (name === 'numFmt' && codes.size < mostStyles)
        codes.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells && kinds.length < mostStyles)
        kinds.push(kindOf(attributes.numFmtId ?? '', codes));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return kinds;
}

function kindOf(id: string, codes: ReadonlyMap<string, string>): NumberKind {
  const code = codes.get(id);
  if (code !== undefined) return kindOfCode(code);
  const builtIn = Number(id);
  if (builtIn === 9 || builtIn === 10) return 'percent';
  const isDate = (builtIn >= 14 && builtIn <= 17) || builtIn === 22 || (builtIn >= 27 && builtIn <= 36);
  return isDate || (builtIn >= 50 && builtIn <= 58) ? 'date' : 'plain';
}

/** Quoted text, escaped characters and colours or conditions in brackets say nothing about the kind. */
function kindOfCode(code: string): NumberKind {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '').split(';', 1)[0] ?? '';
  if (/[yd]/i.test(bare)) return 'date';
  return bare.includes('%') ? 'percent' : 'plain';
}

/** The text of a cell's number as a CSV would have it: `2025-03-31`, `2025-03-31 14:36:20 UTC`, `25%`, `1234.5`. */
export function numberText(value: string, kind: NumberKind, is1904: boolean): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  if (kind === 'percent') return `${String(Math.round(number * 1e10) / 1e8)}%`;
  if (kind === 'plain') return /e/i.test(value) ? String(number) : value;
  const serial = is1904 ? number + daysTo1904 : number;
  if (serial < 1 || serial >= lastSerial) return value;
  const at = new Date(epoch + Math.round((serial * dayMs) / 1_000) * 1_000);
  return Number.isInteger(serial) ? dayOf(at) : `${dayOf(at)} ${at.toISOString().slice(11, 19)} UTC`;
}
