/** Writes the sheet that tells what changed since the earlier export. */
import type { ChangedOkr, OkrChange, OkrChanges } from '../../../domain/okrs/changes/okr-changes.ts';
import { styles } from './cell-styles.ts';
import { momentCell, percentCell, statusCell, textCell, type Cell } from './cells.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import type { Sheet } from './sheet.ts';
import { changeWords, inGroups, levelWords, sheetNames } from './sheet-words.ts';

const columns = [
  { header: 'Change', width: 18 },
  { header: 'OKR', width: 56 },
  { header: 'Type', width: 13 },
  { header: 'Owner', width: 24 },
  { header: 'From', width: 24 },
  { header: 'To', width: 24 },
];

export async function writeChangesSheet(workbook: OpenWorkbook, changes?: OkrChanges): Promise<void> {
  const sheet = workbook.addSheet({
    name: sheetNames.changes,
    widths: columns.map(({ width }) => width),
    gridLines: true,
  });
  await sheet.add([textCell('What changed', styles.title)], { spanning: true });
  if (changes === undefined)
    await tell(sheet, 'There is no earlier export of the same view to compare with.');
  else await writeChanges(sheet, changes);
  sheet.end();
}

const tell = (sheet: Sheet, text: string): Promise<boolean> =>
  sheet.add([textCell(text, styles.note)], { spanning: true });

async function writeChanges(
  sheet: Sheet,
  { since, counts, items, uncompared = 0 }: OkrChanges,
): Promise<void> {
  await sheet.add([textCell('Since'), momentCell(since)]);
  const kinds = Object.entries(counts).filter(([, count]) => count > 0) as [OkrChange['kind'], number][];
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  if (uncompared > 0) {
    const rows = uncompared === 1 ? '1 OKR' : `${inGroups(uncompared)} OKRs`;
    await tell(sheet, `–: ${rows} could not be compared in full, as some values could not be read.`);
  }
  if (total === 0) {
    await tell(sheet, uncompared === 0 ? 'Nothing changed.' : 'Nothing else changed.');
    return;
  }
  for (const [kind, count] of kinds) {
    await sheet.add([textCell(changeWords[kind]), { value: count, style: styles.figure }]);
  }
  await sheet.addSpace();
  if (items.length < total) {
    await tell(sheet, `${inGroups(total)} changes: the ${inGroups(items.length)} weightiest are listed.`);
  }
  await sheet.addHeader(columns);
  for (const item of items) await sheet.add(cellsOf(item));
}

const cellsOf = (item: ChangedOkr): readonly (Cell | undefined)[] => [
  textCell(changeWords[item.kind], styles.strong),
  textCell(item.title),
  textCell(levelWords[item.level]),
  textCell(item.owner),
  ...fromTo(item),
];

function fromTo(item: OkrChange): readonly (Cell | undefined)[] {
  switch (item.kind) {
    case 'newlyAtRisk':
    case 'recovered':
    case 'statusChanged':
      return [statusCell(item.from), statusCell(item.to)];
    case 'progressUp':
    case 'progressDown':
      return [percentCell(item.from, styles.percentLeft), percentCell(item.to, styles.percentLeft)];
    case 'ownerChanged':
      return [textCell(item.from), textCell(item.to)];
    case 'added':
    case 'gone':
      return [];
  }
}
