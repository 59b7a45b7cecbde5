/** Plays in memory what becomes of files: keeps those that people send and save, unless a script answers, and reads small ones. */
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { knownColumns, readColumns } from '../../../src/domain/okrs/reading/columns.ts';
import { createRowReader } from '../../../src/domain/okrs/reading/read-row.ts';
import { createSnapshotBuilder } from '../../../src/domain/okrs/changes/snapshot.ts';
import { createSummarizer } from '../../../src/domain/okrs/summary/summarize.ts';
import type { MadeOutcome, OkrFiles } from '../../../src/ports/okr-files.ts';
import type { Drive, FetchAttachment, UploadOutcome } from '../../../src/ports/people-files.ts';

export interface ScriptedDrive {
  /** What lies behind each link; a link without a file is too old. */
  readonly files: Map<string, string | Uint8Array<ArrayBuffer>>;
  /** Each entry answers one call, in order. */
  readonly script: {
    readonly fetch: (() => ReturnType<FetchAttachment>)[];
    readonly upload: (() => UploadOutcome)[];
  };
  readonly uploads: { readonly uploadUrl: string; readonly text: string; readonly length: number }[];
  readonly fetchAttachment: FetchAttachment;
  readonly drive: Drive;
}

export function createScriptedDrive(): ScriptedDrive {
  const files: ScriptedDrive['files'] = new Map();
  const script: ScriptedDrive['script'] = { fetch: [], upload: [] };
  const uploads: { uploadUrl: string; text: string; length: number }[] = [];
  return {
    files,
    script,
    uploads,
    fetchAttachment: (downloadUrl) => {
      const instead = script.fetch.shift();
      if (instead !== undefined) return instead();
      const file = files.get(downloadUrl);
      return Promise.resolve(
        file === undefined ? { kind: 'linkTooOld' } : { kind: 'file', stream: new Blob([file]).stream() },
      );
    },
    drive: {
      upload: async (uploadUrl, { stream, length }) => {
        const sent = await text(stream);
        const instead = script.upload.shift();
        if (instead !== undefined) return instead();
        uploads.push({ uploadUrl, text: sent, length });
        return { kind: 'saved' };
      },
    },
  };
}

async function made(what: string, source: ReadableStream<Uint8Array>): Promise<MadeOutcome> {
  const bytes = Buffer.from(`${what} of ${await text(source)}`);
  return { kind: 'made', stream: new Blob([bytes]).stream(), length: bytes.length };
}

/** Reads small CSV files in this thread, for suites in which what a file says is not the point. */
export const simpleOkrFiles: OkrFiles = {
  read: async (source, { today, columns: namings }) => {
    const file = await text(source);
    const [header, ...records] = parse(file, { relax_column_count: true });
    if (header === undefined) return { kind: 'unreadable', why: 'empty' };
    const columns = readColumns(header, namings && knownColumns(namings));
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
    const said = { summary: summarizer.summary(reader.gaps()), snapshot: snapshots.snapshot() };
    return { kind: 'read', ...said, bytes: Buffer.byteLength(file) };
  },
  workbook: (source) => made('workbook', source),
  spreadsheetCsv: (source) => made('spreadsheet', source),
};
