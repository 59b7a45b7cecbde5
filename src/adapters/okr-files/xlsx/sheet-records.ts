/** Reads the rows of one sheet as a CSV would have them: each cell the text that its reader sees. */
import { maxColumns } from '../../../domain/okrs/reading/columns.ts';
import { numberText, type NumberFormats, type KindOfNumber } from './number-formats.ts';
import { unescapeXlsx, type SharedTexts } from './shared-texts.ts';
import { hyperlinkText, Unreadable, type Records } from '../table/text-table.ts';
import { xmlElements, type XmlHandlers } from './xml-elements.ts';

export interface SheetContext {
  readonly texts: SharedTexts;
  readonly formats: NumberFormats;
  readonly is1904: boolean;
}

/** Characters of one row; Excel itself stops at 32,767 for a cell. */
const longestRow = 4 * 1024 * 1024;

/** Rows without any text are left out. @throws Unreadable */
export async function* sheetRecords(pieces: AsyncIterable<Uint8Array>, context: SheetContext): Records {
  const done: (readonly string[])[] = [];
  for await (const _ of xmlElements(
    pieces,
    createRowBuilder(context, (row) => done.push(row)),
  ))
    yield* done.splice(0);
}

interface CellParts {
  readonly at: number;
  readonly type: string;
  readonly style: number;
  value: string;
  formula: string;
  inline: string;
  hasValue: boolean;
  hasFormula: boolean;
}

const emptyCell = { value: '', formula: '', inline: '', hasValue: false, hasFormula: false } as const;

function createRowBuilder(context: SheetContext, emit: (row: readonly string[]) => void): XmlHandlers {
  let row: string[] = [];
  let next = 0;
  let characters = 0;
  let cell: CellParts | undefined;
  let into: 'value' | 'formula' | 'inline' | undefined;
  let inHint = false;
  const place = ({ at }: CellParts, text: string): void => {
    if (text === '') return;
    while (row.length < at) row.push('');
    row[at] = text;
  };
  return {
    open: (name, { r: reference = '', t: type = 'n', s: style = '0' }) => {
      if (name === 'row') [row, next, characters] = [[], 0, 0];
      else if (name === 'c') {
        const at = columnOf(reference) ?? next;
        next = at + 1;
        cell = { at, type, style: Number(style), ...emptyCell };
      } else if (name === 'rPh') inHint = true;
      else into = inHint ? undefined : partOf(name);
      if (cell !== undefined && name === 'v') cell.hasValue = true;
      if (cell !== undefined && name === 'f') cell.hasFormula = true;
    },
    text: (part) => {
      if (cell === undefined || into === undefined) return;
      characters += part.length;
      if (characters > longestRow) throw new Unreadable('damaged');
      cell[into] += part;
    },
    close: (name) => {
      if (name === 'c' && cell !== undefined) {
        if (cell.at < maxColumns) place(cell, textOf(cell, context));
        cell = undefined;
      } else if (name === 'row' && row.length > 0) emit(row);
      else if (name === 'rPh') inHint = false;
      into = undefined;
    },
  };
}

function partOf(element: string): 'value' | 'formula' | 'inline' | undefined {
  if (element === 'v') return 'value';
  if (element === 'f') return 'formula';
  return element === 't' ? 'inline' : undefined;
}

function textOf(cell: CellParts, { texts, formats, is1904 }: SheetContext): string {
  switch (cell.type) {
    case 's':
      return cell.value.trim() === '' ? '' : sharedText(texts, Number(cell.value));
    case 'inlineStr':
      return unescapeXlsx(cell.inline);
    case 'b':
      return cell.value === '1' ? 'TRUE' : 'FALSE';
    case 'str':
      return cell.value === '' ? shownWithoutValue(cell) : unescapeXlsx(cell.value);
    case 'n':
      if (cell.value === '') return shownWithoutValue(cell);
      return numberText(cell.value, formatOf(cell, formats), is1904);
    default:
      // Errors such as #N/A, and days as ISO text.
      return cell.value;
  }
}

function sharedText(texts: SharedTexts, index: number): string {
  const text = texts.at(index);
  if (text === undefined) throw new Unreadable('damaged');
  return text;
}

/** Style 0 is the usual one, also where a workbook has no styles at all. A guess at another could be wrong a hundredfold. */
function formatOf({ style }: CellParts, formats: NumberFormats): KindOfNumber | undefined {
  const format = formats[style];
  if (format === undefined && style !== 0) throw new Unreadable('damaged');
  return format;
}

/**
 * The product writes ids as `HYPERLINK("https://…","123")`; a file that no spreadsheet saved has no value beside it. Any
 * other formula without a value stays a formula, so that its readers can tell it from an empty cell.
 */
function shownWithoutValue({ type, formula, hasFormula, hasValue }: CellParts): string {
  if (!hasFormula) return '';
  const written = `=${formula.trim().replace(/^=/, '')}`;
  // The value of a formula of text may be empty.
  return hyperlinkText(written) ?? (type === 'str' && hasValue ? '' : written);
}

/** `C5` → 2; undefined when it names no column. */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d|$)/.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
