/** Reads a CSV in bounded memory, however odd its quotes, line ends, marks and widths are. */
import { pipeline, Readable } from 'node:stream';
import { parse, type Parser } from 'csv-parse';
import { peek } from '../../../blocks/byte-streams.ts';
import {
  headerWithin,
  hyperlinkText,
  Unreadable,
  type Records,
  type TextTables,
} from '../table/text-table.ts';
import { utf8Pieces } from './utf8-pieces.ts';
import { countKnownColumns, type KnownColumns } from '../../../domain/okrs/reading/columns.ts';
import type { OtherKind } from '../../../domain/okrs/file/okr-file.ts';

/** Characters; also about the most that the parser ever keeps. */
const longestRecord = 4 * 1024 * 1024;
const headBytes = 64 * 1024;
const magicBytes = 8;

/** @throws Unreadable `notATable` when the bytes are no text, `damaged` when a quote never ends or a record is endless */
export async function* csvTables(pieces: AsyncIterable<Uint8Array>, known?: KnownColumns): TextTables {
  const file = await peek(pieces, magicBytes);
  const other = otherKindIn(file.head);
  if (other !== undefined) throw new Unreadable(other);
  let isWindows1252 = false;
  const utf8 = utf8Pieces(file.all, () => {
    isWindows1252 = true;
  });
  const { head, all } = await peek(utf8, headBytes);
  if (!looksLikeText(head)) throw new Unreadable('notATable');
  const delimiter = csvDelimiter(textOf(head), known);
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
  expectAnyLength(parser);
  pipeline(Readable.from(pieces), parser, () => undefined);
  try {
    for await (const record of parser)
      yield (record as readonly string[]).map((cell) => hyperlinkText(cell) ?? cell);
  } catch (error) {
    throw isOfTheCsv(error) ? new Unreadable('damaged', { cause: error }) : error;
  }
}

/** Of the parser (csv-parse 7.0.3): what ends a record, and how many cells it is to have. */
interface ParserApi {
  readonly state: { readonly record: readonly string[]; expectedRecordLength: number };
  __onRecord: (push: unknown) => unknown;
}

/** Each record as many as it has: of a ragged one the parser makes an error, which nobody sees and which costs more than reading it. */
function expectAnyLength(parser: Parser): void {
  const { api } = parser as Parser & { readonly api: ParserApi };
  const { state } = api;
  const endRecord = api.__onRecord;
  api.__onRecord = function endAnyRecord(this: ParserApi, push) {
    state.expectedRecordLength = state.record.length;
    return endRecord.call(this, push);
  };
}

const isOfTheCsv = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');

const delimiters = [',', ';', '\t'] as const;

/** The one that makes a line of the beginning name the most columns; a comma when none does. */
function csvDelimiter(head: string, known?: KnownColumns): (typeof delimiters)[number] {
  const lines = head.split(/\r\n|\r|\n/, headerWithin);
  const named = delimiters.map((delimiter) => {
    const counts = lines.map((line) => countKnownColumns(line.split(delimiter).map(unquoted), known));
    return { delimiter, most: Math.max(...counts) };
  });
  return named.reduce((best, one) => (one.most > best.most ? one : best)).delimiter;
}

/** Without its first and its last quote, and what is blank around them. */
function unquoted(cell: string): string {
  if (!cell.includes('"')) return cell;
  const begun = cell.trimStart();
  const rest = begun.startsWith('"') ? begun.slice(1) : cell;
  const ended = rest.trimEnd();
  return ended.endsWith('"') ? ended.slice(0, -1) : rest;
}

const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

const archives = ['PK\x03\x04', 'PK\x05\x06', '\x1f\x8b', 'Rar!', '7z\xbc\xaf', 'BZh', '\xfd7zXZ'];
const others = ['%PDF', '\x89PNG', '\xff\xd8\xff', 'GIF8', '\xd0\xcf\x11\xe0'];
/** A page or data of another kind, sent in place of a table. */
const otherText = /^\s*(?:<!doctype|<html|<\?xml|\{\s*")/i;
/** A stray NUL in a note does not make a file binary. */
const maxControlShare = 0.1;

/** @param start the file's own first bytes, whatever they are; undefined when they may be text */
function otherKindIn(start: Uint8Array): OtherKind | undefined {
  const bytes = Buffer.from(start).toString('latin1');
  if (archives.some((magic) => bytes.startsWith(magic))) return 'archive';
  return others.some((magic) => bytes.startsWith(magic)) ? 'notATable' : undefined;
}

/** @param head the first bytes, in UTF-8 if they are text */
function looksLikeText(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 512)).toString('latin1');
  if (otherText.test(start.replace(/^\xef\xbb\xbf/, ''))) return false;
  return countControls(head) <= head.length * maxControlShare;
}

/** Other than tabs and line ends. By index: of 64 KB an iterator costs three times as much, a callback seven times. */
function countControls(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0x20;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) count += 1;
  }
  return count;
}
