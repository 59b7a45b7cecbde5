/** Writes one sheet of a workbook row by row. */
import type { ConditionalFormattingRule, WorkbookWriter, WorksheetWriter } from '@cj-tech-master/excelts';
import { barFill, styles } from './cell-styles.ts';
import { headerCell, rowHeight, writtenText, type Cell, type ColumnName } from './cells.ts';

/** Excel takes so many rows, with the header, and 65,530 links a sheet; links beyond stay text. */
const excelLimits = { rows: 1_048_576, links: 65_000 };
/** Excel's limit. */
const deepestFold = 7;

interface RowLook {
  /** Levels below the top; Excel folds seven. */
  readonly fold?: number;
  /** The first cell is as wide as the sheet. */
  readonly spanning?: boolean;
}

/** Gives way to other work, and waits for the disk, every now and then. */
export type Breathe = () => Promise<void>;

/** What all sheets of a workbook share. */
interface SheetSetting {
  readonly breathe: Breathe;
  /** Stands at the end of a text that was cut. */
  readonly cutMark: string;
}

export interface Sheet {
  /** False, and nothing written, once the sheet is full. */
  readonly add: (cells: readonly (Cell | undefined)[], look?: RowLook) => Promise<boolean>;
  /** A row of column names; the rows that follow can be filtered by them. */
  readonly addHeader: (names: readonly ColumnName[]) => Promise<void>;
  readonly addSpace: () => Promise<void>;
  /** No row can follow. */
  readonly end: () => void;
}

export interface SheetShape {
  readonly name: string;
  /** Colour of the sheet's tab, ARGB. */
  readonly tab?: string;
  /** Characters, one for each column. */
  readonly widths: readonly number[];
  /** Rows that stay in sight; with them the first column does, too. */
  readonly frozenRows?: number;
  /** For tables; a sheet to be read is calmer without. */
  readonly gridLines?: boolean;
  /** The deepest `fold` of its rows. */
  readonly folds?: number;
  /** Its percentages are drawn as bars, too: the number of the column, from 1. */
  readonly barColumn?: number;
}

/** One sheet after the other: the rows of a sheet that waits for another would pile up in memory. */
export function addSheet(
  workbook: WorkbookWriter,
  shape: SheetShape,
  { breathe, cutMark }: SheetSetting,
  limits = excelLimits,
): Sheet {
  const sheet = open(workbook, shape);
  const state = { rows: 0, links: 0, header: 0, headerWidth: 0 };
  const write = async (
    cells: readonly (Cell | undefined)[],
    look: RowLook,
    height?: number,
  ): Promise<void> => {
    state.rows += 1;
    put(
      sheet,
      cells.map((cell) => withinLinkLimit(cell, state, limits.links)),
      {
        ...look,
        cutMark,
        height: height ?? heightOf(cells, shape, look),
        mergedOver: look.spanning === true ? shape.widths.length : 1,
      },
    );
    await breathe();
  };
  return {
    add: async (cells, look = {}) => {
      if (state.rows >= limits.rows) return false;
      await write(cells, look);
      return true;
    },
    addHeader: async (names) => {
      state.header = state.rows + 1;
      state.headerWidth = names.length;
      await write(names.map(headerCell), {}, 22);
    },
    addSpace: () => write([], {}, 12),
    end: () => {
      if (state.rows > state.header && state.header > 0) finishTable(sheet, state, shape.barColumn);
      sheet.commit();
    },
  };
}

function open(
  workbook: WorkbookWriter,
  { name, tab, widths, frozenRows = 0, gridLines = false, folds = 0 }: SheetShape,
): WorksheetWriter {
  const pane = { state: 'frozen', xSplit: 1, ySplit: frozenRows } as const;
  const sheet = workbook.addWorksheet(name, {
    properties: {
      outlineLevelRow: Math.min(folds, deepestFold),
      outlineProperties: { summaryBelow: false, summaryRight: false },
      ...(tab === undefined ? {} : { tabColor: { argb: tab } }),
    },
    views: [{ showGridLines: gridLines, ...(frozenRows > 0 ? pane : {}) }],
    // Fitting to the page's width as well would put the elements of `sheetPr` in an order that Excel does not expect.
    pageSetup: { orientation: 'landscape' },
  });
  sheet.columns = widths.map((width) => ({ width }));
  return sheet;
}

/** Without a table of shared strings the writer keeps line breaks for sure in rich text only. */
function asWritten(value: Cell['value'], cutMark: string) {
  if (typeof value === 'object' && 'text' in value)
    return { ...value, text: writtenText(value.text, cutMark) };
  if (typeof value !== 'string') return value;
  const text = writtenText(value, cutMark);
  return text.includes('\n') ? { richText: [{ text }] } : text;
}

function put(
  sheet: WorksheetWriter,
  cells: readonly (Cell | undefined)[],
  {
    height,
    cutMark,
    fold = 0,
    mergedOver = 1,
  }: {
    readonly height: number;
    readonly cutMark: string;
    readonly fold?: number;
    readonly mergedOver?: number;
  },
): void {
  const row = sheet.addRow([]);
  row.height = height;
  row.outlineLevel = Math.min(fold, deepestFold);
  cells.forEach((cell, at) => {
    if (cell === undefined) return;
    const target = row.getCell(at + 1);
    target.value = asWritten(cell.value, cutMark);
    target.style = cell.style;
  });
  if (mergedOver > 1) sheet.mergeCells(row.number, 1, row.number, mergedOver);
  row.commit();
}

function withinLinkLimit(
  cell: Cell | undefined,
  state: { links: number },
  maxLinks: number,
): Cell | undefined {
  if (typeof cell?.value !== 'object' || cell.value instanceof Date) return cell;
  state.links += 1;
  return state.links > maxLinks ? { value: cell.value.text, style: styles.text } : cell;
}

const heightOf = (cells: readonly (Cell | undefined)[], { widths }: SheetShape, look: RowLook): number =>
  rowHeight(cells, look.spanning === true ? [widths.reduce((sum, width) => sum + width, 0)] : widths);

/** A filter under the column names, and bars. */
function finishTable(
  sheet: WorksheetWriter,
  { header, headerWidth, rows }: Readonly<Record<'header' | 'headerWidth' | 'rows', number>>,
  barColumn?: number,
): void {
  sheet.autoFilter = { from: { row: header, col: 1 }, to: { row: rows, col: headerWidth } };
  if (barColumn === undefined) return;
  const column = sheet.getColumn(barColumn).letter;
  sheet.addConditionalFormatting({ ref: `${column}${header + 1}:${column}${rows}`, rules: [progressBar] });
}

const progressBar: ConditionalFormattingRule = {
  type: 'dataBar',
  priority: 1,
  cfvo: [
    { type: 'num', value: 0 },
    { type: 'num', value: 1 },
  ],
  color: { argb: barFill },
  gradient: false,
};
