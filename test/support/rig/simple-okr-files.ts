/** Reads small CSV files in this thread, for suites in which what a file says is not the point. */
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { readColumns } from '../../../src/domain/okrs/reading/columns.ts';
import { createRowReader } from '../../../src/domain/okrs/reading/read-row.ts';
import { createSnapshotBuilder } from '../../../src/domain/okrs/changes/snapshot.ts';
import { createSummarizer } from '../../../src/domain/okrs/summary/summarize.ts';
import type { MadeOutcome, OkrFiles } from '../../../src/ports/okr-files.ts';

async function made(what: string, source: ReadableStream<Uint8Array>): Promise<MadeOutcome> {
  const bytes = Buffer.from(`${what} of ${await text(source)}`);
  return { kind: 'made', stream: new Blob([bytes]).stream(), length: bytes.length };
}

export const simpleOkrFiles: OkrFiles = {
  read: async (source, { today }) => {
    const [header, ...records] = parse(await text(source), { relax_column_count: true });
    if (header === undefined) return { kind: 'unreadable', why: 'empty' };
    const columns = readColumns(header);
    if (columns === undefined) return { kind: 'unreadable', why: 'noTitleColumn' };
    const reader = createRowReader(columns);
    const summarizer = createSummarizer({ today, knowsCheckIns: true });
    const snapshots = createSnapshotBuilder(today);
    for (const record of records) {
      const row = reader.read(record);
      if (row === undefined) continue;
      summarizer.add(row);
      snapshots.add(row);
    }
    return { kind: 'read', summary: summarizer.summary(reader.gaps()), snapshot: snapshots.snapshot() };
  },
  workbook: (source) => made('workbook', source),
  spreadsheetCsv: (source) => made('spreadsheet', source),
};
