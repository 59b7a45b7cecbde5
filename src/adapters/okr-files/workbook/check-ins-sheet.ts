/** Writes the sheet that lists every check-in, a row each. */
import type { CheckIn } from '../../../domain/okrs/reading/okr-row.ts';
import { styles } from './cell-styles.ts';
import { dayCell, statusCell, textCell, valueCell, type Cell } from './cells.ts';
import type { KeptRows, OkrCheckIns } from './kept-rows.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import { sheetNames } from './sheet-words.ts';

const columns = [
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
export async function writeCheckInsSheet(workbook: OpenWorkbook, rows: KeptRows): Promise<number> {
  const sheet = workbook.addSheet({
    name: sheetNames.checkIns,
    widths: columns.map(({ width }) => width),
    frozenRows: 1,
    gridLines: true,
  });
  await sheet.addHeader(columns);
  let count = 0;
  let left = 0;
  for await (const okr of rows.checkIns()) {
    for (const checkIn of okr.checkIns) {
      count += 1;
      if (left > 0 || !(await sheet.add(cellsOf(okr, checkIn)))) left += 1;
    }
  }
  if (count === 0) await sheet.add([textCell('No row of the file has a check-in.', styles.note)]);
  sheet.end();
  return left;
}

const cellsOf = ({ title, id }: OkrCheckIns, checkIn: CheckIn): readonly (Cell | undefined)[] => [
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
