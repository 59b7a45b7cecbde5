/** Answers for whether CSV ends where a record ends, for bodies whose transfer cannot tell whether they are whole. */
import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';

/** Bytes; also the most that the parser ever keeps. */
const longestRecord = 4 * 1024 * 1024;

export interface CsvEnding {
  readonly write: (piece: Uint8Array) => Promise<void>;
  /** After the last piece. `inQuotes`: certainly cut. `complete`: the last record is closed, with a line end of its own. */
  readonly end: () => Promise<'complete' | 'inQuotes' | 'unclear'>;
}

export function createCsvEnding(): CsvEnding {
  const seen = { failed: false, inQuotes: false, lastByte: undefined as number | undefined };
  // Rows of the documented file are ragged, and notes hold stray quotes.
  const parser = parse({
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRecord,
    on_record: () => null,
  });
  parser.on('error', (error) => {
    seen.failed = true;
    seen.inQuotes = 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED';
  });
  const hasFailed = (): boolean => seen.failed;
  parser.resume();
  return {
    write: async (piece) => {
      // UTF-16 line ends have a zero byte, before or after.
      seen.lastByte = piece.findLast((byte) => byte !== 0) ?? seen.lastByte;
      if (!hasFailed()) await new Promise<void>((resolve) => parser.write(piece, () => resolve()));
    },
    end: async () => {
      if (hasFailed()) return 'unclear';
      parser.end();
      await finished(parser).catch(() => undefined);
      if (hasFailed()) return seen.inQuotes ? 'inQuotes' : 'unclear';
      return seen.lastByte === 0x0a || seen.lastByte === 0x0d ? 'complete' : 'unclear';
    },
  };
}
