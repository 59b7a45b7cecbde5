/** Answers for the CSV that spreadsheets open rightly: UTF-8 with a byte order mark, CRLF, no cell that turns into a formula. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { stringify as stringifier } from 'csv-stringify';
import { stringify } from 'csv-stringify/sync';
import { guardCell } from './formula-guard.ts';
import { nameColumns } from './name-columns.ts';

const byteOrderMark = '\uFEFF';
const shape = { record_delimiter: 'windows' } as const;
/** Only the process itself reads what lies here for a moment. */
const ownerOnly = { flags: 'wx', mode: 0o600 } as const;

export interface SpreadsheetCsvOptions {
  /** Path of the file to write; nothing may be there yet. On failure whatever was written stays for the caller to remove. */
  readonly file: string;
  readonly signal?: AbortSignal;
}

/**
 * Takes the records one by one, the header first; the file that they come from may have rows of any length. Records and
 * line breaks in cells stay as they are, but for the quote that guards a formula.
 */
export async function writeSpreadsheetCsv(
  records: AsyncIterable<readonly string[]>,
  { file, signal }: SpreadsheetCsvOptions,
): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  const seen: { header?: readonly string[]; widest: number } = { widest: 0 };
  // The names of the columns depend on the widest row, and that is known at the end only.
  const body = `${file}.body`;
  await pipeline(guarded(records, seen), stringifier(shape), createWriteStream(body, ownerOnly), options);
  const header = nameColumns(seen.header ?? [], seen.widest).map(guardCell);
  await pipeline(
    withHead(byteOrderMark + stringify([header], shape), body),
    createWriteStream(file, ownerOnly),
    options,
  );
  await rm(body);
}

async function* guarded(
  records: AsyncIterable<readonly string[]>,
  seen: { header?: readonly string[]; widest: number },
): AsyncGenerator<readonly string[]> {
  for await (const record of records) {
    seen.widest = Math.max(seen.widest, record.length);
    if (seen.header === undefined) seen.header = record;
    else yield record.map(guardCell);
  }
}

async function* withHead(head: string, body: string): AsyncGenerator<string | Buffer> {
  yield head;
  yield* createReadStream(body) as AsyncIterable<Buffer>;
}
