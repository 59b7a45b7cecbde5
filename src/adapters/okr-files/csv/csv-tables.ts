/** Answers for the records of a CSV, in bounded memory, however odd its quotes, line ends, marks and widths are. */
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { csvDelimiter } from './csv-delimiter.ts';
import { firstBytes } from '../table/first-bytes.ts';
import { looksLikeText, otherKindIn } from './looks-like-text.ts';
import { shownByLink } from '../table/hyperlink-formula.ts';
import type { Records, Tables } from '../table/text-table.ts';
import { Unreadable } from '../table/unreadable.ts';
import { utf8Pieces } from './utf8-pieces.ts';

/** Characters; also about the most that the parser ever keeps. */
const longestRecord = 4 * 1024 * 1024;
const headBytes = 64 * 1024;
const magicBytes = 8;

/** @throws Unreadable `notATable` when the bytes are no text, `damaged` when a quote never ends or a record is endless */
export async function* csvTables(pieces: AsyncIterable<Uint8Array>): Tables {
  const file = await firstBytes(pieces, magicBytes);
  const other = otherKindIn(file.head);
  if (other !== undefined) throw new Unreadable(other);
  let isWindows1252 = false;
  const utf8 = utf8Pieces(file.all, () => {
    isWindows1252 = true;
  });
  const { head, all } = await firstBytes(utf8, headBytes);
  if (!looksLikeText(head)) throw new Unreadable('notATable');
  const delimiter = csvDelimiter(Buffer.from(head).toString());
  yield {
    records: csvRecords(all, delimiter),
    numbers: delimiter,
    gaps: () => (isWindows1252 ? [{ kind: 'windows1252' }] : []),
  };
}

async function* csvRecords(pieces: AsyncIterable<Uint8Array>, delimiter: string): Records {
  const parser = parse({
    delimiter,
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  pipeline(Readable.from(pieces), parser, () => undefined);
  try {
    for await (const record of parser)
      yield (record as readonly string[]).map((cell) => shownByLink(cell) ?? cell);
  } catch (error) {
    throw isOfTheCsv(error) ? new Unreadable('damaged', { cause: error }) : error;
  }
}

const isOfTheCsv = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
