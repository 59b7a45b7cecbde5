/** Defines how cells look; one object for each look, so that a workbook holds each once. */
import type { Style } from '@cj-tech-master/excelts';

export type CellStyle = Partial<Style>;

const ink = 'FF1F2933';
const quietInk = 'FF52606D';
const line = { style: 'thin', color: { argb: 'FFE4E7EB' } } as const;
const base = { name: 'Calibri', family: 2, size: 11, color: { argb: ink } } as const;
const fillOf = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const;
const top = { vertical: 'top' } as const;

const body: CellStyle = { font: base, alignment: { ...top, wrapText: true } };
// The indent keeps figures away from the text of the next column.
const right: CellStyle = { ...body, alignment: { ...top, horizontal: 'right', indent: 1 } };
const left: CellStyle = { ...body, alignment: { ...top, horizontal: 'left' } };

/** The accent of the bot's own icon. */
export const headerFill = 'FF14594B';
export const headerInk = 'FFFFFFFF';
/** Of the bars behind percentages. */
export const barFill = 'FFB7DDD2';

const header = {
  font: { ...base, bold: true, color: { argb: headerInk } },
  fill: fillOf(headerFill),
  alignment: { vertical: 'middle', wrapText: true },
} as const;

export const styles = {
  title: {
    font: { ...base, size: 18, bold: true, color: { argb: headerFill } },
    alignment: { vertical: 'middle' },
  },
  heading: {
    font: { ...base, size: 13, bold: true, color: { argb: headerFill } },
    alignment: { vertical: 'middle' },
  },
  header,
  rightHeader: { ...header, alignment: { ...header.alignment, horizontal: 'right', indent: 1 } },
  text: body,
  strong: { ...body, font: { ...base, bold: true } },
  quiet: { ...body, font: { ...base, color: { argb: quietInk } } },
  note: { font: { ...base, italic: true, color: { argb: quietInk } }, alignment: { ...top, wrapText: true } },
  link: { ...body, font: { ...base, underline: true, color: { argb: 'FF0B5394' } } },
  date: { ...left, numFmt: 'yyyy-mm-dd' },
  moment: { ...left, numFmt: 'yyyy-mm-dd hh:mm "UTC"' },
  count: { ...right, numFmt: '#,##0' },
  figure: { ...left, numFmt: '#,##0', font: { ...base, bold: true } },
  percent: { ...right, numFmt: '0%' },
  percentFigure: { ...left, numFmt: '0%', font: { ...base, bold: true } },
  percentLeft: { ...left, numFmt: '0%' },
  number: { ...right, numFmt: 'General' },
  unwrapped: { font: base, alignment: top },
} as const satisfies Record<string, CellStyle>;

export interface StatusColours {
  readonly fill: string;
  readonly ink: string;
}

/** Dark on pale: contrast 4.5:1 or more, in print too; the word itself is always there. */
export const statusColours: Readonly<Record<string, StatusColours>> = {
  'Not Started': { fill: 'FFEEF0F2', ink: 'FF3E4C59' },
  'On Track': { fill: 'FFDCF3E3', ink: 'FF0B5A2B' },
  Behind: { fill: 'FFFFF0C7', ink: 'FF6B4700' },
  'At Risk': { fill: 'FFFBE0E1', ink: 'FF8A1520' },
  Closed: { fill: 'FFDDE9F9', ink: 'FF113F7C' },
  Postponed: { fill: 'FFEDE3F6', ink: 'FF552B7F' },
  Reopened: { fill: 'FFD8F1F1', ink: 'FF0B5153' },
};

const statusStyles = new Map<string, CellStyle>(
  Object.entries(statusColours).map(([status, colours]) => [
    status,
    { ...body, font: { ...base, color: { argb: colours.ink } }, fill: fillOf(colours.fill) },
  ]),
);

/** A status of the tenant's own looks like any text. */
export const statusStyle = (status: string): CellStyle => statusStyles.get(status) ?? styles.text;

/** Excel indents 15 steps at most. */
const deepest = 15;
const indentedBy = (style: CellStyle): readonly CellStyle[] =>
  Array.from({ length: deepest + 1 }, (_, indent) => ({
    ...style,
    alignment: { ...style.alignment, horizontal: 'left' as const, indent },
  }));
const indentedText = indentedBy(body);
const indentedStrong = indentedBy(styles.strong);

/** For the title of an OKR so many alignments below its root; objectives stand out. */
export const titleStyle = (depth: number, isObjective: boolean): CellStyle =>
  (isObjective ? indentedStrong : indentedText)[Math.min(depth, deepest)] ?? body;

const linedStyles = new Map<CellStyle, CellStyle>();

/** The same with a line below, for sheets without grid lines. */
export function lined(style: CellStyle): CellStyle {
  const known = linedStyles.get(style) ?? { ...style, border: { bottom: line } };
  linedStyles.set(style, known);
  return known;
}
