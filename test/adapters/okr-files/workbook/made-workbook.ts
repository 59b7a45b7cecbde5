/** Makes a workbook of rows, for tests that look into it. */
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScratchFile } from '../../../../src/adapters/okr-files/worker/scratch-file.ts';
import { keepRows } from '../../../../src/adapters/okr-files/workbook/kept-rows.ts';
import {
  writeWorkbook,
  type WorkbookContent,
} from '../../../../src/adapters/okr-files/workbook/make-workbook.ts';
import type { OkrRow } from '../../../../src/domain/okrs/reading/okr-row.ts';
import type { ReadingGap } from '../../../../src/domain/okrs/reading/okr-summary.ts';
import { createSummarizer } from '../../../../src/domain/okrs/summary/summarize.ts';
import { en } from '../../../../src/words/en/en.ts';
import type { Words } from '../../../../src/words/words.ts';
import { openWorkbookFile, type OpenedSheet } from './opened-workbook.ts';

export const sampleOrigin = {
  requestedBy: 'Robin Example',
  source: 'e5e7a3c1',
  from: 'goals',
  linkHosts: ['goals.microsoft.com'],
  exportedAt: new Date('2025-06-30T08:12:00Z'),
} as const;

export interface MadeWorkbook {
  readonly gaps?: readonly ReadingGap[];
  readonly origin?: WorkbookContent['origin'];
  readonly changes?: WorkbookContent['changes'];
  readonly maxInTree?: number;
  readonly words?: Words;
}

/** The sheets by name. */
export async function sheetsOf(
  rows: Iterable<OkrRow>,
  { gaps = [], origin = sampleOrigin, changes, maxInTree, words = en }: MadeWorkbook = {},
): Promise<ReadonlyMap<string, OpenedSheet>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'workbook-'));
  try {
    const file = path.join(folder, 'out.xlsx');
    await using rowsFile = await openScratchFile(`${file}.rows`);
    await using checkInsFile = await openScratchFile(`${file}.check-ins`);
    const kept = keepRows({ rows: rowsFile, checkIns: checkInsFile }, maxInTree);
    const summarizer = createSummarizer({ today: '2025-06-30', knowsCheckIns: true });
    for (const row of rows) {
      summarizer.add(row);
      await kept.add(row);
    }
    await kept.close();
    const content = {
      summary: summarizer.summary(gaps),
      origin,
      ...(changes === undefined ? {} : { changes }),
    };
    await writeWorkbook(words, kept, content, await open(file, 'wx'));
    return new Map(openWorkbookFile(await readFile(file)).map((sheet) => [sheet.name, sheet]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the cells say, row by row; empty ones are ''. */
export const valuesOf = (sheet: OpenedSheet | undefined): readonly (readonly (string | number)[])[] =>
  (sheet?.rows ?? []).map((row) => Array.from(row, (cell) => cell?.value ?? ''));

export const columnNamed = (
  sheet: OpenedSheet | undefined,
  header: string,
): readonly OpenedSheet['rows'][number][number][] => {
  const rows = sheet?.rows ?? [];
  const at = rows.findIndex((row) => row.some((cell) => cell?.value === header));
  const column = rows[at]?.findIndex((cell) => cell?.value === header) ?? -1;
  return rows.slice(at + 1).map((row) => row[column]);
};

/** Midnight UTC, as Excel counts days. */
export const excelDay = (day: string): number => Date.parse(day) / 86_400_000 + 25_569;
