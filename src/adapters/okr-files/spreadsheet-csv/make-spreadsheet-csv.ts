/** Does the job `spreadsheetCsv`: a CSV in UTF-8 with a byte order mark, CRLF, and no cell that turns into a formula. */
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { stringify as stringifier } from 'csv-stringify';
import { stringify } from 'csv-stringify/sync';
import { openTable, type OpenTable } from '../rows/open-table.ts';
import { openForWriting, openScratchFile } from '../worker/scratch-file.ts';
import type { JobResults, SpreadsheetCsvJob } from '../worker/worker-protocol.ts';
import type { Columns } from '../../../domain/okrs/reading/columns.ts';

/** @throws Unreadable */
export async function makeSpreadsheetCsv(
  pieces: AsyncIterable<Uint8Array>,
  { out, ...job }: SpreadsheetCsvJob,
): Promise<JobResults['spreadsheetCsv']> {
  const table = await openTable(pieces, job);
  await using body = await openScratchFile(`${out}.body`);
  await writeSpreadsheetCsv(table, { body, out: await openForWriting(out) });
  return { kind: 'made' };
}

/** One row, with its end; no cell turns into a formula. */
export const csvLine = (cells: readonly string[]): string => stringify([cells.map(guardCell)], shape);

const byteOrderMark = '\uFEFF';
/** A cell with a lone `\n` or `\r` is quoted too: spreadsheets end a row at either, whatever the others end with. */
const shape = { record_delimiter: 'windows', quote_record_delimiter: true } as const;

interface CsvFiles {
  /** Open for writing, empty; it is closed, whatever happens. */
  readonly out: FileHandle;
  /** Open for reading and writing, empty; closing it is the caller's. */
  readonly body: FileHandle;
}

/** Rows of any length; cells stay as they are, line breaks included, but for the quote that guards a formula. */
export async function writeSpreadsheetCsv(
  {
    header,
    columns,
    records,
  }: Pick<OpenTable, 'header' | 'columns'> & { readonly records: AsyncIterable<readonly string[]> },
  { out, body }: CsvFiles,
): Promise<void> {
  const sink = out.createWriteStream();
  try {
    // The names of the columns depend on the widest row, and that is known at the end only.
    const seen = { widest: header.length };
    await pipeline(guarded(records, seen), stringifier(shape), into(body));
    const names = nameColumns(header, columns, seen.widest).map(guardCell);
    await pipeline(withHead(byteOrderMark + stringify([names], shape), body), sink);
  } finally {
    sink.destroy();
  }
}

async function* guarded(
  records: AsyncIterable<readonly string[]>,
  seen: { widest: number },
): AsyncGenerator<readonly string[]> {
  for await (const record of records) {
    seen.widest = Math.max(seen.widest, record.length);
    yield record.map(guardCell);
  }
}

function into(file: FileHandle) {
  return async function writeInto(pieces: AsyncIterable<Buffer>): Promise<void> {
    for await (const piece of pieces) await file.appendFile(piece);
  };
}

async function* withHead(head: string, body: FileHandle): AsyncGenerator<string | Buffer> {
  yield head;
  yield* body.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>;
}

/**
 * The header, continued up to the widest row: what follows the last named column are further check-ins (`Check-in 2`,
 * `Check-in 3` …). An unnamed column before that stays unnamed.
 */
function nameColumns(header: readonly string[], columns: Columns, widest: number): readonly string[] {
  const from = columns.furtherCheckInsFrom;
  const first = columns.fields.has('checkIns') ? 2 : 1;
  const further = Array.from({ length: Math.max(0, widest - from) }, (_, nth) => `Check-in ${first + nth}`);
  return [...header.slice(0, from), ...further];
}

/** What a reader does not see at the start of a cell: spaces of all kinds, controls, zero-width marks, fillers, blanks. */
const unseen = /^[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]+/u;
/** TAB, CR and LF at the very start move what follows into a cell of its own in some programs. */
const movers = /^[\t\r\n]/;
/** Full-width, small, raised and lowered forms become these under NFKC; U+2212 is the minus of typesetters. */
const starters = /^[=+\-@\u2212]/;

const sign = '[+-]?';
const exponent = '(?:[eE][+-]?\\d{1,5})?';
const englishNumber = `(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d*)?|\\.\\d+`;
const commaNumber = `(?:\\d{1,3}(?:\\.\\d{3})+|\\d+),\\d+`;
const space = '[ \\u00A0\\u202F\\u3000]*';
const number = new RegExp(
  `^${space}${sign}(?:${englishNumber}|${commaNumber})${exponent}(?:${space}%)?${space}$`,
);

/**
 * The cell with a quote in front when it begins, for a spreadsheet or for the eye, with `=` `+` `-` `@` (in any width),
 * TAB or a line break, and is not a number as a whole (`-12%`, `-1,234.5`, `+3`, `-3.5e4`); else the cell as it is.
 */
export const guardCell = (cell: string): string => (isArmed(cell) ? `'${cell}` : cell);

function isArmed(cell: string): boolean {
  const seen = cell.replace(unseen, '');
  const first = String.fromCodePoint(seen.codePointAt(0) ?? 0).normalize('NFKC');
  return (starters.test(first) || movers.test(cell)) && !number.test(cell);
}
