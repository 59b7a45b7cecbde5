/** Does the job `workbook`: Summary, OKR tree, Check-ins, Changes and Info of an export. */
import type { FileHandle } from 'node:fs/promises';
import { maxSnapshotRows } from '../../../domain/okrs/changes/snapshot.ts';
import { bucketOf, createGroups, peopleOf, type Groups } from '../../../domain/okrs/summary/group-figures.ts';
import { isOfTasks, toldGaps } from '../../../domain/okrs/summary/told-figures.ts';
import { createSummarizer } from '../../../domain/okrs/summary/summarize.ts';
import type { ReadingGap, OkrSummary } from '../../../domain/okrs/reading/okr-summary.ts';
import { openRows, type OpenRows } from '../rows/open-rows.ts';
import { openForWriting, openScratchFile } from '../worker/scratch-file.ts';
import { Unreadable } from '../table/text-table.ts';
import type { JobResults, WorkbookJob } from '../worker/worker-protocol.ts';
import { keepRows, type KeptRows } from './kept-rows.ts';
import type { OkrChanges } from '../../../domain/okrs/changes/okr-changes.ts';
import type { FileOrigin } from '../../../ports/okr-files.ts';
import { styles } from './cell-styles.ts';
import { linedCell, linkCell, momentCell, textCell, type Cell } from './cells.ts';
import { writeGroupSheet } from './group-sheets.ts';
import { writeChangesSheet } from './changes-sheet.ts';
import { writeWorkbookFile, type OpenWorkbook } from './open-workbook.ts';
import { writeCheckInsSheet, writeTreeSheet } from './row-sheets.ts';
import type { RichText } from '../../../words/en/phrasing/rich-text.ts';
import { createWordsFor, languages, wordsAbout, wordsOfSource, type Words } from '../../../words/words.ts';
import { writeSummarySheet } from './summary-sheet.ts';

/** @throws Unreadable */
export async function makeWorkbook(
  pieces: AsyncIterable<Uint8Array>,
  job: WorkbookJob,
): Promise<JobResults['workbook']> {
  await using rowsFile = await openScratchFile(`${job.out}.rows`);
  await using checkInsFile = await openScratchFile(`${job.out}.check-ins`);
  await using files = new AsyncDisposableStack();
  const openScratch = async () => files.use(await openScratchFile(`${job.out}.records`));
  const kept = keepRows({ rows: rowsFile, checkIns: checkInsFile });
  const { origin, changes } = job;
  const content = {
    ...(await keepAndSum(await openRows(pieces, job, openScratch), kept, job)),
    origin,
    ...(changes === undefined ? {} : { changes }),
  };
  const words = wordsAbout(createWordsFor(languages)(job.locale), { source: origin.from });
  await writeWorkbook(words, kept, content, await openForWriting(job.out));
  return { kind: 'made' };
}

async function keepAndSum(
  { columns, rows, gaps }: OpenRows,
  kept: KeptRows,
  { today, changes, gaps: known = [] }: WorkbookJob,
): Promise<Pick<WorkbookContent, 'summary' | 'groups'>> {
  const knowsCheckIns = columns.fields.has('lastCheckInOn') || columns.fields.has('checkIns');
  const summarizer = createSummarizer({ today, knowsCheckIns });
  const groups = { person: createGroups(peopleOf, today), bucket: createGroups(bucketOf, today) };
  let count = 0;
  for await (const row of rows) {
    count += 1;
    summarizer.add(row);
    groups.person.add(row);
    groups.bucket.add(row);
    await kept.add(row);
  }
  await kept.close();
  if (count === 0) throw new Unreadable('noRows');
  const capped: ReadingGap = { kind: 'capped', what: 'changes', rows: maxSnapshotRows };
  const isCapped = changes !== undefined && count > maxSnapshotRows;
  return { summary: summarizer.summary([...known, ...gaps(), ...(isCapped ? [capped] : [])]), groups };
}

export interface WorkbookContent {
  readonly summary: OkrSummary;
  readonly origin: FileOrigin;
  readonly changes?: OkrChanges;
  readonly groups?: Readonly<Record<'person' | 'bucket', Groups>>;
}

/**
 * @param rows All of the export, closed.
 * @param file Open for writing, empty; it is closed, whatever happens.
 */
export async function writeWorkbook(
  words: Words,
  rows: KeptRows,
  { summary, origin, changes, groups }: WorkbookContent,
  file: FileHandle,
): Promise<void> {
  const { sheets } = words;
  const leftOut = sentencesFor(words, summary, rows.maxInTree);
  const { source, exportedAt: asOf } = origin;
  await writeWorkbookFile(file, { madeAt: asOf, cutMark: sheets.cut }, async (workbook) => {
    await writeSummarySheet(words, workbook, { summary, source, asOf, leftOut });
    const rowsLeft = await writeTreeSheet(sheets, workbook, rows, origin.linkHosts);
    const checkInsLeft = await writeDetails(words, workbook, rows, isOfTasks(summary) ? groups : undefined);
    await writeChangesSheet(words, workbook, changes);
    const rowsMissing = rowsLeft === 0 ? [] : [sheets.info.rowsMissing(rowsLeft)];
    const checkInsMissing = checkInsLeft === 0 ? [] : [sheets.info.checkInsMissing(checkInsLeft)];
    await writeInfoSheet(words, workbook, origin, [...leftOut, ...rowsMissing, ...checkInsMissing]);
    await workbook.finish();
  });
}

/** What lies behind the rows: who has which tasks, or the check-ins of OKRs. @returns how many check-ins did not fit */
async function writeDetails(
  words: Words,
  workbook: OpenWorkbook,
  rows: KeptRows,
  groups: WorkbookContent['groups'],
): Promise<number> {
  if (groups === undefined) return writeCheckInsSheet(words.sheets, workbook, rows);
  await writeGroupSheet(words, workbook, 'person', groups.person.figures());
  await writeGroupSheet(words, workbook, 'bucket', groups.bucket.figures());
  return 0;
}

/** The cap on the tree is told once, whether or not who read the file tells it, too. */
function sentencesFor({ notSummarised }: Words, summary: OkrSummary, maxInTree: number): readonly string[] {
  const { rows } = summary;
  const told = toldGaps(summary).filter((gap) => gap.kind !== 'capped' || gap.what !== 'tree');
  const capped = rows > maxInTree ? [{ kind: 'capped', what: 'tree', rows: maxInTree } as const] : [];
  return [...told, ...capped].map((gap) => plain(notSummarised.gap(gap)));
}

const plain = (sentence: RichText): string =>
  sentence.map((part) => (typeof part === 'string' ? part : Object.values(part)[0])).join('');

/** Tells where the file comes from and what it leaves out. */
async function writeInfoSheet(
  words: Words,
  workbook: OpenWorkbook,
  origin: FileOrigin,
  leftOut: readonly string[],
): Promise<void> {
  const { names, info } = words.sheets;
  const sheet = workbook.addSheet({ name: names.info, widths: [20, 100] });
  await sheet.add([textCell(info.title, styles.title)], { spanning: true });
  for (const [label, cell] of facts(words, origin)) {
    if (cell !== undefined) await sheet.add([textCell(label, styles.quiet), cell].map(linedCell));
  }
  await sheet.addSpace();
  await sheet.add([textCell(info.howToRead, styles.heading)], { spanning: true });
  for (const sentence of info.about) await sheet.add([textCell(sentence)], { spanning: true });
  await sheet.addSpace();
  await sheet.add([textCell(info.leftOut, styles.heading)], { spanning: true });
  const sentences = leftOut.length === 0 ? [info.nothing] : leftOut;
  for (const sentence of sentences) await sheet.add([textCell(sentence)], { spanning: true });
  sheet.end();
}

function facts(
  words: Words,
  origin: FileOrigin,
): readonly (readonly [label: string, cell: Cell | undefined])[] {
  const { info } = words.sheets;
  const { product } = wordsOfSource(words, { source: origin.from });
  return [
    [info.requestedBy, textCell(origin.requestedBy)],
    [info.source, textCell(origin.source)],
    [info.link, linkCell(origin.link, origin.linkHosts)],
    [words.figures.asOf, momentCell(origin.exportedAt)],
    [info.requestId, textCell(origin.requestId)],
    [info.madeBy, textCell(info.maker(product))],
  ];
}
