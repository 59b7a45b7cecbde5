/** Writes the sheets that list what the rows say: every OKR, under what it is aligned to, and every check-in. */
import type { CheckIn } from '../../../domain/okrs/reading/okr-row.ts';
import type { TreePlace } from '../../../domain/okrs/summary/okr-tree.ts';
import { styles, titleStyle } from './cell-styles.ts';
import { dayCell, statusCell, textCell, valueCell, type Cell } from './cells.ts';
import type { KeptRows, OkrCheckIns } from './kept-rows.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import type { Sheet } from './sheet.ts';
import type { Words } from '../../../words/words.ts';
import { progressColumn, titleWidth, type ListedRow, type TreeColumn } from './tree-columns.ts';

type SheetWords = Words['sheets'];

/** @returns How many rows did not fit on the sheet. */
export async function writeTreeSheet(
  { names, noTree }: SheetWords,
  workbook: OpenWorkbook,
  rows: KeptRows,
  linkHosts: readonly string[],
): Promise<number> {
  const columns = rows.columns(linkHosts);
  const places = rows.tree();
  const sheet = workbook.addSheet({
    name: names.tree,
    widths: [titleWidth, ...columns.map(({ width }) => width)],
    frozenRows: places === undefined ? 2 : 1,
    gridLines: true,
    folds: (places ?? []).reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
    barColumn: progressColumn,
  });
  if (places === undefined) await sheet.add([textCell(noTree(rows.maxInTree), styles.note)]);
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
    await sheet.add(okrCells(row, columns, depth), { fold: depth });
  }
  return 0;
}

async function list(sheet: Sheet, columns: readonly TreeColumn[], rows: KeptRows): Promise<number> {
  let left = 0;
  for await (const row of rows.all()) {
    if (left > 0 || !(await sheet.add(okrCells(row, columns, 0)))) left += 1;
  }
  return left;
}

const okrCells = (row: ListedRow, columns: readonly TreeColumn[], depth: number) => [
  textCell(row.title, titleStyle(depth, row.level === 'objective')),
  ...columns.map(({ cell }) => cell(row)),
];

/** Names of columns are those of the file. */
const checkInColumns = [
  { header: 'OKR', width: 48 },
  { header: 'Date', width: 12 },
  { header: 'User', width: 22 },
  { header: 'Note', width: 60 },
  { header: 'Status', width: 13 },
  { header: 'Value', width: 12, right: true },
  { header: 'Metric', width: 24 },
  { header: 'Activity date', width: 14 },
  { header: 'OKR Id', width: 12 },
] as const;

/** @returns How many check-ins did not fit on the sheet. */
export async function writeCheckInsSheet(
  { names, noCheckIns }: SheetWords,
  workbook: OpenWorkbook,
  rows: KeptRows,
): Promise<number> {
  const sheet = workbook.addSheet({
    name: names.checkIns,
    widths: checkInColumns.map(({ width }) => width),
    frozenRows: 1,
    gridLines: true,
  });
  await sheet.addHeader(checkInColumns);
  let count = 0;
  let left = 0;
  for await (const okr of rows.checkIns()) {
    for (const checkIn of okr.checkIns) {
      count += 1;
      if (left > 0 || !(await sheet.add(checkInCells(okr, checkIn)))) left += 1;
    }
  }
  if (count === 0) await sheet.add([textCell(noCheckIns, styles.note)]);
  sheet.end();
  return left;
}

const checkInCells = ({ title, id }: OkrCheckIns, checkIn: CheckIn): readonly (Cell | undefined)[] => [
  textCell(title),
  dayCell(checkIn.on),
  textCell(checkIn.user),
  textCell(checkIn.note),
  statusCell(checkIn.status),
  valueCell(checkIn.currentValue),
  textCell(checkIn.metricName),
  dayCell(checkIn.activityOn),
  textCell(id, styles.quiet),
];
