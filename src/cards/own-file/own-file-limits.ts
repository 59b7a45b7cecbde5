/** Answers for what the bot reads of files that people send, in words. */
import { number } from '../blocks/amounts.ts';

/** As configured: `MAX_UPLOAD_MB`, `MAX_ROWS`. */
export interface OwnFileLimits {
  readonly megabytes: number;
  readonly rows: number;
}

/** The end of a sentence. */
export const readableFiles = ({ megabytes, rows }: OwnFileLimits): string =>
  `Viva Goals exports as CSV or Excel (.xlsx), up to ${number(megabytes)} MB and ${number(rows)} rows`;
