/** Answers for the job `workbook`: from the bytes of an export to a workbook in a file. */
import { maxSnapshotRows } from '../../../domain/okrs/changes/snapshot.ts';
import { createSummarizer } from '../../../domain/okrs/summary/summarize.ts';
import type { ReadingGap } from '../../../domain/okrs/reading/okr-summary.ts';
import { openRows, type OpenRows } from '../rows/open-rows.ts';
import { openForWriting, openScratchFile } from '../worker/scratch-file.ts';
import { Unreadable } from '../table/unreadable.ts';
import type { JobResults, WorkbookJob } from '../worker/worker-protocol.ts';
import { keepRows, type KeptRows } from './kept-rows.ts';
import { writeWorkbook, type WorkbookContent } from './write-workbook.ts';

/** @throws Unreadable */
export async function makeWorkbook(
  pieces: AsyncIterable<Uint8Array>,
  job: WorkbookJob,
): Promise<JobResults['workbook']> {
  await using rowsFile = await openScratchFile(`${job.out}.rows`);
  await using checkInsFile = await openScratchFile(`${job.out}.check-ins`);
  await using recordsFile = await openScratchFile(`${job.out}.records`);
  const kept = keepRows({ rows: rowsFile, checkIns: checkInsFile });
  const summary = await keepAndSum(await openRows(pieces, job, recordsFile), kept, job);
  const { origin, changes } = job;
  const content = { summary, origin, ...(changes === undefined ? {} : { changes }) };
  await writeWorkbook(kept, content, await openForWriting(job.out));
  return { kind: 'made' };
}

async function keepAndSum(
  { columns, rows, gaps }: OpenRows,
  kept: KeptRows,
  { today, changes }: WorkbookJob,
): Promise<WorkbookContent['summary']> {
  const knowsCheckIns = columns.fields.has('lastCheckInOn') || columns.fields.has('checkIns');
  const summarizer = createSummarizer({ today, knowsCheckIns });
  let count = 0;
  for await (const row of rows) {
    count += 1;
    summarizer.add(row);
    await kept.add(row);
  }
  await kept.close();
  if (count === 0) throw new Unreadable('noRows');
  const capped: ReadingGap = { kind: 'capped', what: 'changes', rows: maxSnapshotRows };
  const isCapped = changes !== undefined && count > maxSnapshotRows;
  return summarizer.summary([...gaps(), ...(isCapped ? [capped] : [])]);
}
