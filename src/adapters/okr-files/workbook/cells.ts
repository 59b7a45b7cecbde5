/** Answers for the typed cells of a workbook. */
import type { Day } from '../../../domain/okrs/reading/okr-row.ts';
import { readNumber } from '../../../domain/okrs/reading/read-number.ts';
import { lined, statusStyle, styles, type CellStyle } from './cell-styles.ts';
import { excelText } from './excel-text.ts';

export interface Cell {
  readonly value: string | number | Date | { readonly text: string; readonly hyperlink: string };
  readonly style: CellStyle;
}

/** Always text, whatever it begins with. Nothing for what is absent. */
export function textCell(text: string | undefined, style: CellStyle = styles.text): Cell | undefined {
  const value = text === undefined ? '' : excelText(text);
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
const mostLinkLength = 2_079;
const linkHost = 'goals.microsoft.com';

/** A link when the whole text is an http(s) URL of the product's own host, without a user in it; else text. */
export function linkCell(text: string | undefined): Cell | undefined {
  const url = text !== undefined && text.length <= mostLinkLength ? URL.parse(text) : null;
  const isOurs =
    url?.host === linkHost && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (text === undefined || url === null || !isOurs || url.href.length > mostLinkLength)
    return textCell(text);
  return { value: { text: excelText(text), hyperlink: url.href }, style: styles.link };
}

export const linedCell = (cell: Cell | undefined): Cell | undefined =>
  cell && { value: cell.value, style: lined(cell.style) };
