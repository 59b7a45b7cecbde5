/** Writes the sheet that tells what changed since the earlier export. */
import {
  changeKinds,
  type ChangedOkr,
  type OkrChange,
  type OkrChanges,
} from '../../../domain/okrs/changes/okr-changes.ts';
import { styles } from './cell-styles.ts';
import { dayCell, momentCell, percentCell, statusCell, textCell, type Cell } from './cells.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import type { Sheet } from './sheet.ts';
import type { Words } from '../../../words/words.ts';

const columnsOf = ({ change, okr, type, owner, from, to }: Words['sheets']['changes']['columns']) => [
  { header: change, width: 18 },
  { header: okr, width: 56 },
  { header: type, width: 13 },
  { header: owner, width: 24 },
  { header: from, width: 24 },
  { header: to, width: 24 },
];

export async function writeChangesSheet(
  words: Words,
  workbook: OpenWorkbook,
  changes?: OkrChanges,
): Promise<void> {
  const { names, changes: said } = words.sheets;
  const sheet = workbook.addSheet({
    name: names.changes,
    widths: columnsOf(said.columns).map(({ width }) => width),
    gridLines: true,
  });
  await sheet.add([textCell(words.changes.what, styles.title)], { spanning: true });
  if (changes === undefined) await tell(sheet, said.noEarlier);
  else await writeChanges(words, sheet, changes);
  sheet.end();
}

const tell = (sheet: Sheet, text: string): Promise<boolean> =>
  sheet.add([textCell(text, styles.note)], { spanning: true });

async function writeChanges(
  words: Words,
  sheet: Sheet,
  { since, counts, items, uncompared = 0 }: OkrChanges,
): Promise<void> {
  const { changes: said } = words.sheets;
  await sheet.add([textCell(said.since), momentCell(since)]);
  const kinds = changeKinds
    .map((kind) => ({ kind, amount: counts[kind] ?? 0 }))
    .filter(({ amount }) => amount > 0);
  const total = kinds.reduce((sum, { amount }) => sum + amount, 0);
  if (uncompared > 0) await tell(sheet, words.changes.uncompared(uncompared));
  if (total === 0) {
    await tell(sheet, uncompared === 0 ? said.nothing : said.nothingElse);
    return;
  }
  for (const { kind, amount } of kinds) {
    await sheet.add([textCell(words.changes.kinds[kind]), { value: amount, style: styles.figure }]);
  }
  await sheet.addSpace();
  if (items.length < total) {
    await tell(sheet, said.weightiest(total, items.length));
  }
  await sheet.addHeader(columnsOf(said.columns));
  for (const item of items) await sheet.add(cellsOf(words, item));
}

const cellsOf = ({ sheets, changes }: Words, item: ChangedOkr): readonly (Cell | undefined)[] => [
  textCell(changes.kinds[item.kind], styles.strong),
  textCell(item.title),
  textCell(sheets.levels[item.level]),
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
    case 'bucketMoved':
      return [textCell(item.from), textCell(item.to)];
    case 'dueMoved':
      return [dayCell(item.from), dayCell(item.to)];
    case 'newlyOverdue':
      return [dayCell(item.endedOn)];
    case 'done':
      return [percentCell(item.from, styles.percentLeft), percentCell(item.to, styles.percentLeft)];
    case 'added':
    case 'gone':
      return [];
  }
}
