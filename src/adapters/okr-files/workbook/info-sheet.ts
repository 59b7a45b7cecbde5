/** Writes the sheet that tells where the file comes from and what it leaves out. */
import type { FileOrigin } from '../../../ports/okr-files.ts';
import { styles } from './cell-styles.ts';
import { linedCell, linkCell, momentCell, textCell, type Cell } from './cells.ts';
import type { OpenWorkbook } from './open-workbook.ts';
import { sheetNames } from './sheet-words.ts';

export interface InfoContent {
  readonly origin: FileOrigin;
  /** Sentences. */
  readonly leftOut: readonly string[];
}

const about = [
  'Times are in UTC. Percentages are those of the file.',
  'Average progress covers OKRs that are neither Closed nor Postponed and say their progress.',
  'A figure of which more than one part in a hundred could not be read is told as “–”.',
  'Overdue: the end date is past, neither Closed nor Postponed, progress below 100%.',
  'Texts longer than a cell can hold are cut, with a mark. The original file is offered next to this one.',
];

export async function writeInfoSheet(
  workbook: OpenWorkbook,
  { origin, leftOut }: InfoContent,
): Promise<void> {
  const sheet = workbook.addSheet({ name: sheetNames.info, widths: [20, 100] });
  await sheet.add([textCell('About this file', styles.title)], { spanning: true });
  for (const [label, cell] of facts(origin)) {
    if (cell !== undefined) await sheet.add([textCell(label, styles.quiet), cell].map(linedCell));
  }
  await sheet.addSpace();
  await sheet.add([textCell('How to read it', styles.heading)], { spanning: true });
  for (const sentence of about) await sheet.add([textCell(sentence)], { spanning: true });
  await sheet.addSpace();
  await sheet.add([textCell('What is left out', styles.heading)], { spanning: true });
  const sentences = leftOut.length === 0 ? ['Nothing.'] : leftOut;
  for (const sentence of sentences) await sheet.add([textCell(sentence)], { spanning: true });
  sheet.end();
}

const facts = (origin: FileOrigin): readonly (readonly [label: string, cell: Cell | undefined])[] => [
  ['Requested by', textCell(origin.requestedBy)],
  ['Source', textCell(origin.source)],
  ['Link', linkCell(origin.link)],
  ['Data as of', momentCell(origin.exportedAt)],
  ['Request id', textCell(origin.requestId)],
  ['Made by', textCell('The goals export bot, from the data that the requester may see in Viva Goals')],
];
