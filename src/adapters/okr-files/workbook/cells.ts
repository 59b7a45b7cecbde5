/** Makes the typed cells of a workbook, and says how high a row of them is. */
import type { Day } from '../../../domain/okrs/reading/okr-row.ts';
import { readNumber } from '../../../domain/okrs/reading/read-number.ts';
import { lined, statusStyle, styles, type CellStyle } from './cell-styles.ts';

export interface Cell {
  readonly value: string | number | Date | { readonly text: string; readonly hyperlink: string };
  readonly style: CellStyle;
}

/** Always text, whatever it begins with. Nothing for what is absent. */
export function textCell(text: string | undefined, style: CellStyle = styles.text): Cell | undefined {
  const value = text === undefined ? '' : cleanText(text);
  return value === '' ? undefined : { value, style };
}

export const statusCell = (status: string | undefined): Cell | undefined =>
  textCell(status, statusStyle(status ?? ''));

export const countCell = (value: number): Cell => ({ value, style: styles.count });

/** @param percent 0–100. */
export const percentCell = (
  percent: number | undefined,
  style: CellStyle = styles.percent,
): Cell | undefined => (percent === undefined ? undefined : { value: percent / 100, style });

/** Whole numbers in groups of three, others as they are. */
export const numberCell = (value: number | undefined): Cell | undefined =>
  value === undefined ? undefined : { value, style: Number.isInteger(value) ? styles.count : styles.number };

/** Excel's calendar is wrong before March 1900. */
const firstExcelDay = '1900-03-01';

export const dayCell = (day: Day | undefined): Cell | undefined =>
  day === undefined || day < firstExcelDay
    ? textCell(day)
    : { value: new Date(`${day}T00:00:00Z`), style: styles.date };

export const momentCell = (moment: Date): Cell => ({ value: moment, style: styles.moment });

/** `25%` and `1,234` become numbers, anything else stays text. */
export function valueCell(text: string | undefined): Cell | undefined {
  const value = text === undefined ? undefined : readNumber(text);
  if (text === undefined || value === undefined) return textCell(text);
  return text.trim().endsWith('%') ? percentCell(value) : numberCell(value);
}

/** Excel takes no longer target. */
const maxLinkLength = 2_079;

/** A link when the whole text is an http(s) URL of one of these hosts, without a user in it; else text. */
export function linkCell(text: string | undefined, hosts: readonly string[]): Cell | undefined {
  const url = text !== undefined && text.length <= maxLinkLength ? URL.parse(text) : null;
  if (text === undefined || url === null || !isOf(url, hosts) || url.href.length > maxLinkLength)
    return textCell(text);
  return { value: { text: cleanText(text), hyperlink: url.href }, style: styles.link };
}

const isOf = ({ host, protocol, username, password }: URL, hosts: readonly string[]): boolean =>
  hosts.includes(host) && /^https?:$/.test(protocol) && username === '' && password === '';

export interface ColumnName {
  readonly header: string;
  /** Of figures. */
  readonly right?: boolean;
}

export const headerCell = ({ header, right = false }: ColumnName): Cell => ({
  value: cleanText(header),
  style: right ? styles.rightHeader : styles.header,
});

export const linedCell = (cell: Cell | undefined): Cell | undefined =>
  cell && { value: cell.value, style: lined(cell.style) };

/** Excel's limit, in UTF-16 units. */
const maxCellLength = 32_767;

/** CR, vertical tab, form feed, next line, and the separators of lines and paragraphs. */
const lineEnds = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Code points that XML 1.0 cannot carry, and DEL to APC, which nobody can see. */
const notInXml = /[^\t\n\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** `_x000D_` and its kind stand for one character in SpreadsheetML (ECMA-376, ST_Xstring); here it is plain text. */
const escapeAlike = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Line ends become `\n`, and what no cell can hold is left out. */
const cleanText = (text: string): string => text.replace(lineEnds, '\n').replace(notInXml, '');

/** As it stands in the file: cut to what a cell holds, with a mark. */
export const writtenText = (text: string, cutMark: string): string =>
  shortened(text, cutMark).replace(escapeAlike, '_x005F_');

/** The limit is on the text that Excel shows, so it is taken before the escapes. */
function shortened(text: string, cutMark: string): string {
  if (text.length <= maxCellLength) return text;
  const end = maxCellLength - cutMark.length;
  // Not between the halves of one character.
  return text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '') + cutMark;
}

const pointsPerLine = 15;
const maxLines = 6;
/** Columns are as wide as so many digits, and most letters are narrower. */
const fit = 1.05;
/** Roughly: East Asian characters and pictures are two wide. */
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/gu;

/**
 * @param widths Characters, by column.
 * @returns Points, for one to six lines; of longer texts the rest is seen once the row is drawn larger.
 */
export function rowHeight(cells: readonly (Cell | undefined)[], widths: readonly number[]): number {
  const lines = cells.map((cell, at) => linesOf(cell, widths[at] ?? 10));
  const size = Math.max(11, ...cells.map((cell) => cell?.style.font?.size ?? 11));
  return Math.ceil((pointsPerLine * Math.min(maxLines, Math.max(1, ...lines)) * size) / 11) + 3;
}

function linesOf(cell: Cell | undefined, width: number): number {
  const text = textOf(cell);
  if (text === undefined || cell?.style.alignment?.wrapText !== true) return 1;
  const indent = (cell.style.alignment.indent ?? 0) * 1.3;
  const room = Math.max(8, width * fit - indent) * (cell.style.font?.bold === true ? 0.93 : 1);
  let lines = 0;
  // What is beyond cannot be seen anyway.
  for (const part of text.slice(0, maxLines * 400).split('\n')) {
    lines += Math.max(1, Math.ceil((part.length + (part.match(wide)?.length ?? 0)) / room));
    if (lines >= maxLines) return maxLines;
  }
  return lines;
}

function textOf(cell: Cell | undefined): string | undefined {
  const value = cell?.value;
  if (typeof value === 'string') return value;
  return typeof value === 'object' && 'text' in value ? value.text : undefined;
}
