/** Tells by its quotes alone whether CSV ends where a record ends: one look at each byte, and nothing is kept. */

export type CsvEnd = 'complete' | 'inQuotes' | 'unclear';

export interface CsvEnding {
  readonly write: (piece: Uint8Array) => void;
  /** After the last piece. `inQuotes`: certainly cut. `complete`: the last record is closed, with a line end of its own. */
  readonly end: () => CsvEnd;
}

/** Of UTF-8, and of UTF-16 in the order of bytes that Windows writes. */
const marks = { utf8: [0xef, 0xbb, 0xbf], utf16: [0xff, 0xfe] } as const;
const longestMark = 3;

export function createCsvEnding(): CsvEnding {
  const quotes = createQuoteWatch();
  let opening: Uint8Array = new Uint8Array();
  let decode: ((piece: Uint8Array) => Uint8Array) | undefined;
  let lastByte: number | undefined;
  return {
    write: (piece) => {
      // UTF-16 line ends have a zero byte, before or after.
      lastByte = piece.findLast((byte) => byte !== 0) ?? lastByte;
      if (decode !== undefined) {
        quotes.pass(decode(piece));
        return;
      }
      opening = opening.length === 0 ? piece : Buffer.concat([opening, piece]);
      if (opening.length < longestMark) return;
      decode = beginsWith(opening, marks.utf16) ? utf16ToUtf8() : asItIs;
      quotes.pass(beginsWith(opening, marks.utf8) ? opening.subarray(longestMark) : decode(opening));
    },
    end: () => {
      if (decode === undefined) quotes.pass(opening);
      const state = quotes.state();
      if (state !== 'outside') return state;
      return lastByte === lineFeed || lastByte === carriageReturn ? 'complete' : 'unclear';
    },
  };
}

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

const asItIs = (piece: Uint8Array): Uint8Array => piece;

function utf16ToUtf8(): (piece: Uint8Array) => Uint8Array {
  const decoder = new TextDecoder('utf-16le');
  return function decodePiece(piece) {
    return Buffer.from(decoder.decode(piece, { stream: true }));
  };
}

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const endsField = (byte: number | undefined): boolean =>
  byte === comma || byte === lineFeed || byte === carriageReturn;

/** Bytes; more than that within one pair of quotes was opened by a stray one, and says nothing about the end. */
const longestQuoted = 4 * 1024 * 1024;

/** A call of `indexOf` costs as much as looking at so many bytes one by one, and less than that for a longer way. */
const nearby = 64;

/** -1 where there is none. */
function nextQuote(bytes: Buffer, from: number): number {
  const until = Math.min(bytes.length, from + nearby);
  for (let at = from; at < until; at += 1) if (bytes[at] === quote) return at;
  return bytes.indexOf(quote, until);
}

/**
 * A quote opens where a field begins, and the next one closes; one right behind it opens again, which makes both a letter. Any
 * other is a letter, too: notes of the documented file hold stray quotes.
 */
function createQuoteWatch() {
  let passed = 0;
  let inQuotes = false;
  let isLost = false;
  /** Positions in the whole file. */
  let openedAt = 0;
  let closedAt = -2;
  /** The last byte of the piece before; a file begins like a record. */
  let before: number | undefined = lineFeed;

  const meet = (at: number, precedent: number | undefined): void => {
    const isDoubled = closedAt === at - 1;
    if (inQuotes) {
      inQuotes = false;
      closedAt = at;
      isLost ||= at - openedAt > longestQuoted;
    } else if (isDoubled || endsField(precedent)) {
      inQuotes = true;
      if (!isDoubled) openedAt = at;
    }
  };
  return {
    pass: (piece: Uint8Array): void => {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      for (let at = nextQuote(bytes, 0); at !== -1; at = nextQuote(bytes, at + 1))
        meet(passed + at, at === 0 ? before : bytes[at - 1]);
      passed += piece.length;
      before = piece.at(-1) ?? before;
    },
    state: (): 'outside' | 'inQuotes' | 'unclear' => {
      if (isLost || (inQuotes && passed - openedAt > longestQuoted)) return 'unclear';
      return inQuotes ? 'inQuotes' : 'outside';
    },
  };
}
