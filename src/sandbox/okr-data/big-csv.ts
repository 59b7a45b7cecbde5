/** Streams exports of any size, for measuring: never more than a piece of it is in memory. */
import { csvLine, exportHeader, okrRecord } from './okr-record.ts';
import { okrAsOf } from './planned-okr.ts';
import { planOkrs } from './plan-okrs.ts';

export type BigCsvSize = Readonly<{ rows: number }> | Readonly<{ atLeastBytes: number }>;

const pieceBytes = 64 * 1024;

/** UTF-8 in pieces of about 64 KiB, the same for the same size and moment. @param at milliseconds since 1970 */
export const bigCsv = (size: BigCsvSize, at: number): ReadableStream<Uint8Array> => {
  const pieces = piecesOf(size, at);
  return new ReadableStream({
    pull: (controller) => {
      const { done, value } = pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
};

function* piecesOf(size: BigCsvSize, at: number): Generator<Uint8Array, undefined> {
  const okrs = planOkrs('big');
  let piece = csvLine(exportHeader);
  let rows = 0;
  let bytes = 0;
  const isEnough = (): boolean => ('rows' in size ? rows >= size.rows : bytes >= size.atLeastBytes);
  while (!isEnough()) {
    const okr = okrs.next().value;
    const now = okrAsOf(okr, at);
    if (!now) continue;
    const line = csvLine(okrRecord(okr, now, at));
    piece += line;
    rows += 1;
    bytes += Buffer.byteLength(line);
    if (piece.length >= pieceBytes) {
      yield Buffer.from(piece);
      piece = '';
    }
  }
  if (piece !== '') yield Buffer.from(piece);
}
