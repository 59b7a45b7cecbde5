/** Writes the sheet that lists every OKR, indented under what it is aligned to. */
import type { TreePlace } from '../../../domain/okrs/summary/okr-tree.ts';
import { styles, titleStyle } from './cell-styles.ts';
import { textCell } from './cells.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import type { Sheet } from './sheet.ts';
import { inGroups, sheetNames } from './sheet-words.ts';
import { progressColumn, titleWidth, type ListedRow, type TreeColumn } from './tree-columns.ts';
import type { KeptRows } from './kept-rows.ts';

/** @returns How many rows did not fit on the sheet. */
export async function writeTreeSheet(workbook: OpenWorkbook, rows: KeptRows): Promise<number> {
  const columns = rows.columns();
  const places = rows.tree();
  const sheet = workbook.addSheet({
    name: sheetNames.tree,
    widths: [titleWidth, ...columns.map(({ width }) => width)],
    frozenRows: places === undefined ? 2 : 1,
    gridLines: true,
    folds: (places ?? []).reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
    barColumn: progressColumn,
  });
  if (places === undefined) {
    const note = `More than ${inGroups(rows.maxInTree)} rows: they are listed in the order of the file, not as a tree.`;
    await sheet.add([textCell(note, styles.note)]);
  }
  await sheet.addHeader([{ header: 'Title' }, ...columns]);
  const left =
    places === undefined ? await list(sheet, columns, rows) : await draw(sheet, columns, rows, places);
  sheet.end();
  return left;
}

async function draw(
  sheet: Sheet,
  columns: readonly TreeColumn[],
  rows: KeptRows,
  places: readonly TreePlace[],
): Promise<number> {
  let nth = 0;
  for await (const row of rows.some(places.map(({ index }) => index))) {
    const depth = places[nth]?.depth ?? 0;
    nth += 1;
    await sheet.add(cellsOf(row, columns, depth), { fold: depth });
  }
  return 0;
}

async function list(sheet: Sheet, columns: readonly TreeColumn[], rows: KeptRows): Promise<number> {
  let left = 0;
  for await (const row of rows.all()) {
    if (left > 0 || !(await sheet.add(cellsOf(row, columns, 0)))) left += 1;
  }
  return left;
}

const cellsOf = (row: ListedRow, columns: readonly TreeColumn[], depth: number) => [
  textCell(row.title, titleStyle(depth, row.level === 'objective')),
  ...columns.map(({ cell }) => cell(row)),
];
