/** Does the job `read`: sums an export file up, and takes its snapshot. */
import { createSnapshotBuilder, maxSnapshotRows } from '../../../domain/okrs/changes/snapshot.ts';
import { createSummarizer } from '../../../domain/okrs/summary/summarize.ts';
import { openRows } from './open-rows.ts';
import { openScratchFile } from '../worker/scratch-file.ts';
import { Unreadable } from '../table/text-table.ts';
import type { JobResults, ReadJob } from '../worker/worker-protocol.ts';

/** @throws Unreadable */
export async function summarizeFile(
  pieces: AsyncIterable<Uint8Array>,
  { today, scratch, ...options }: ReadJob,
): Promise<JobResults['read']> {
  await using files = new AsyncDisposableStack();
  const openScratch = async () => files.use(await openScratchFile(scratch));
  const { columns, rows, gaps } = await openRows(pieces, options, openScratch);
  const knowsCheckIns = columns.fields.has('lastCheckInOn') || columns.fields.has('checkIns');
  const summarizer = createSummarizer({ today, knowsCheckIns });
  const snapshots = createSnapshotBuilder(today);
  for await (const row of rows) {
    summarizer.add(row);
    snapshots.add(row);
  }
  const snapshot = snapshots.snapshot();
  const capped = { kind: 'capped', what: 'changes', rows: maxSnapshotRows } as const;
  const summary = summarizer.summary([...gaps(), ...(snapshot.capped ? [capped] : [])]);
  if (summary.rows === 0) throw new Unreadable('noRows');
  return { kind: 'read', summary, snapshot };
}
