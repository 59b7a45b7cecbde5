/** Makes a table of the rows of a sheet: column names, filter, bars. */
import type { ConditionalFormattingRule, WorksheetWriter } from '@cj-tech-master/excelts';
import { excelText, type Cell } from './cells.ts';
import { barFill, styles } from './cell-styles.ts';

export interface ColumnName {
  readonly header: string;
  /** Of figures. */
  readonly right?: boolean;
}

export const headerCell = ({ header, right = false }: ColumnName): Cell => ({
  value: excelText(header),
  style: right ? styles.rightHeader : styles.header,
});

interface Table {
  readonly header: number;
  readonly headerWidth: number;
  readonly rows: number;
}

export function finishTable(
  sheet: WorksheetWriter,
  { header, headerWidth, rows }: Table,
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
