/** Writes the sheets that say who has what, and what is in which bucket. */
import type { GroupFigures } from '../../../domain/okrs/summary/group-figures.ts';
import { countCell, percentCell, textCell } from './cells.ts';
import { styles } from './cell-styles.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import type { Words } from '../../../words/words.ts';

/** @param by what the groups are */
export async function writeGroupSheet(
  { sheets, figures: said }: Words,
  workbook: OpenWorkbook,
  by: 'person' | 'bucket',
  groups: readonly GroupFigures[],
): Promise<void> {
  const { name, column, none } = sheets.groups[by];
  const columns = [
    { header: column, width: 36 },
    { header: said.all('other'), width: 12, right: true },
    { header: sheets.groups.unfinished, width: 12, right: true },
    { header: said.names.overdue, width: 12, right: true },
    { header: said.names.dueSoon, width: 18, right: true },
    { header: said.names.averageProgress, width: 18, right: true },
  ];
  const sheet = workbook.addSheet({
    name,
    widths: columns.map(({ width }) => width),
    frozenRows: 1,
    gridLines: true,
  });
  await sheet.addHeader(columns);
  for (const group of groups)
    await sheet.add([
      group.name === '' ? textCell(none, styles.quiet) : textCell(group.name),
      countCell(group.tasks),
      countCell(group.unfinished),
      countCell(group.overdue),
      countCell(group.dueSoon),
      percentCell(group.averageProgress),
    ]);
  sheet.end();
}
