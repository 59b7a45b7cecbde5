/** Answers for whether CSV ends where a record ends, for bodies whose transfer cannot tell whether they are whole. */
import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';

/** Bytes; also the most that the parser ever keeps. */
const longestRecord = 4 * 1024 * 1024;

export interface CsvEnding {
  readonly write: (piece: Uint8Array) => Promise<void>;
  /** True when the last record is closed: outside quotes, and with a line end of its own. */
  readonly isComplete: () => Promise<boolean>;
}

export function createCsvEnding(): CsvEnding {
  const seen = { failed: false, lastByte: undefined as number | undefined };
  // Rows of the documented file are ragged, and notes hold stray quotes.
  const parser = parse({
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRecord,
    on_record: () => null,
  });
  parser.on('error', () => {
    seen.failed = true;
  });
  const hasFailed = (): boolean => seen.failed;
  parser.resume();
  return {
    write: async (piece) => {
      // UTF-16 line ends have a zero byte, before or after.
      seen.lastByte = piece.findLast((byte) => byte !== 0) ?? seen.lastByte;
      if (!hasFailed()) await new Promise<void>((resolve) => parser.write(piece, () => resolve()));
    },
    isComplete: async () => {
      if (hasFailed()) return false;
      parser.end();
      await finished(parser).catch(() => undefined);
      return !hasFailed() && (seen.lastByte === 0x0a || seen.lastByte === 0x0d);
    },
  };
}
