/** Answers for the workbook of an export: Summary, OKR tree, Check-ins, Changes, Info. */
import type { FileHandle } from 'node:fs/promises';
import type { OkrChanges } from '../../../domain/okrs/changes/okr-changes.ts';
import type { OkrSummary } from '../../../domain/okrs/reading/okr-summary.ts';
import type { FileOrigin } from '../../../ports/okr-files.ts';
import { writeChangesSheet } from './changes-sheet.ts';
import { writeCheckInsSheet } from './check-ins-sheet.ts';
import { writeInfoSheet } from './info-sheet.ts';
import type { KeptRows } from './kept-rows.ts';
import { writeWorkbookFile } from './open-workbook.ts';
import { gapWords, inGroups, sheetNames } from './sheet-words.ts';
import { writeSummarySheet } from './summary-sheet.ts';
import { writeTreeSheet } from './tree-sheet.ts';

export interface WorkbookContent {
  readonly summary: OkrSummary;
  readonly origin: FileOrigin;
  readonly changes?: OkrChanges;
}

/**
 * @param rows All of the export, closed.
 * @param file Open for writing, empty; it is closed, whatever happens.
 */
export async function writeWorkbook(
  rows: KeptRows,
  { summary, origin, changes }: WorkbookContent,
  file: FileHandle,
): Promise<void> {
  const leftOut = sentencesFor(summary, rows.mostInTree);
  const { source, exportedAt: asOf } = origin;
  await writeWorkbookFile(file, asOf, async (workbook) => {
    await writeSummarySheet(workbook, { summary, source, asOf, leftOut });
    const rowsLeft = await writeTreeSheet(workbook, rows);
    const checkInsLeft = await writeCheckInsSheet(workbook, rows);
    await writeChangesSheet(workbook, changes);
    const full = [
      tooMany(rowsLeft, 'rows', sheetNames.tree),
      tooMany(checkInsLeft, 'check-ins', sheetNames.checkIns),
    ];
    await writeInfoSheet(workbook, { origin, leftOut: [...leftOut, ...full.flat()] });
    await workbook.finish();
  });
}

/** The cap on the tree is told once, whether or not who read the file tells it, too. */
function sentencesFor({ rows, gaps }: OkrSummary, mostInTree: number): readonly string[] {
  const told = gaps.filter((gap) => gap.kind !== 'capped' || gap.what !== 'tree');
  const capped = rows > mostInTree ? [{ kind: 'capped', what: 'tree', rows: mostInTree } as const] : [];
  return [...told, ...capped].map(gapWords);
}

const tooMany = (left: number, what: string, sheet: string): readonly string[] =>
  left === 0
    ? []
    : [
        `A sheet holds 1,048,576 rows: ${inGroups(left)} ${what} are missing on “${sheet}” and stand in the original file.`,
      ];
