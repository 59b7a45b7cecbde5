/** Reads the numbers of an export's cells, whichever mark stands before their decimals. */

export type DecimalMark = '.' | ',';

/** How to read a lone mark before three digits, as in `1,234` and `1.234`. */
export interface NumberRule {
  readonly ',': 'decimal' | 'thousands' | 'unknown';
  readonly '.': 'decimal' | 'thousands' | 'unknown';
}

export const pointRule: NumberRule = { ',': 'thousands', '.': 'decimal' };
export const commaRule: NumberRule = { ',': 'decimal', '.': 'thousands' };
/** For what lies between 0 and 100: no thousands there. */
export const smallNumberRule: NumberRule = { ',': 'decimal', '.': 'decimal' };

export type WrittenNumber =
  | {
      readonly kind: 'number';
      readonly value: number;
      readonly mark?: DecimalMark;
      readonly isPercent: boolean;
    }
  /** A lone mark before three digits. */
  | {
      readonly kind: 'ambiguous';
      readonly mark: DecimalMark;
      readonly decimal: number;
      readonly thousands: number;
      readonly isPercent: boolean;
    };

const longest = 320;
const parts = /^([+-]?)([\d.,'’ \u00A0\u202F]*?)(e[+-]?\d{1,3})?[ \u00A0\u202F]?(%?)$/i;
/** Groups by spaces or apostrophes, as in France and Switzerland. */
const spaced = /^\d{1,3}(?:[ \u00A0\u202F]\d{3}|['’]\d{3})+(?:[.,]\d*)?$/;
/** Groups of three, or of two and three as in India. */
const grouped: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^(?:\d{1,3}(?:,\d{3})+\.\d*|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?|\d{1,3}(?:,\d{3}){2,})$/,
  ',': /^(?:\d{1,3}(?:\.\d{3})+,\d*|\d{1,3}(?:\.\d{3}){2,})$/,
};
const single = /^(\d*)([.,])(\d*)$/;

/** What the text itself tells: `1.234,5` can be read one way only, `1,234` two ways. Undefined when it is no number. */
export function parseNumber(text: string): WrittenNumber | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longest) return undefined;
  const [, sign = '', written = '', exponent = '', percent = ''] =
    parts.exec(trimmed.replace(/^[−‒–]/, '-')) ?? [];
  const body = spaced.test(written) ? written.replace(/[^\d.,]/g, '') : written;
  const isPercent = percent !== '';
  const valued = (digits: string, mark?: DecimalMark): WrittenNumber | undefined => {
    const value = Number(`${sign}${digits}${exponent}`);
    if (!Number.isFinite(value)) return undefined;
    return { kind: 'number', value, isPercent, ...(mark === undefined ? {} : { mark }) };
  };
  if (/^\d+$/.test(body)) return valued(body);
  if (grouped['.'].test(body)) return valued(body.replaceAll(',', ''), '.');
  if (grouped[','].test(body)) return valued(body.replaceAll('.', '').replace(',', '.'), ',');
  const [, whole = '', found = '', decimals = ''] = single.exec(body) ?? [];
  if (whole + decimals === '') return undefined;
  const mark = found as DecimalMark;
  const isGroup = decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole) && exponent === '';
  if (!isGroup || body !== written) return valued(`${whole || '0'}.${decimals || '0'}`, mark);
  const [decimal, thousands] = [Number(`${sign}${whole}.${decimals}`), Number(`${sign}${whole}${decimals}`)];
  return { kind: 'ambiguous', mark, decimal, thousands, isPercent };
}

/** Reads `1,234.5`, `1.234,5`, `-12%` (as −12) and `3.5e4`; `undefined` for what is no number, too large, or not decided. */
export function readNumber(text: string, rule: NumberRule = pointRule): number | undefined {
  const written = parseNumber(text);
  if (written?.kind !== 'ambiguous') return written?.value;
  const meaning = rule[written.mark];
  return meaning === 'unknown' ? undefined : written[meaning];
}
