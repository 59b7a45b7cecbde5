/** Answers for the shared strings of a workbook: kept outside the heap, as few bytes, and bounded. */
import { Unreadable } from '../table/unreadable.ts';
import { unescapeXlsx } from './xlsx-escapes.ts';
import { readXml } from './xml-elements.ts';

const pageBytes = 1024 * 1024;
/** Bytes. */
const mostKept = 96 * 1024 * 1024;
const mostTexts = 4_000_000;

export interface SharedTexts {
  /** Undefined when there is no such text. */
  readonly at: (index: number) => string | undefined;
}

/** Runs of rich text are joined; phonetic hints are left out. */
export async function readSharedTexts(pieces: AsyncIterable<Uint8Array>): Promise<SharedTexts> {
  const kept = createKeptTexts();
  let text = '';
  let inText = false;
  let inHint = false;
  await readXml(pieces, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') inHint = true;
      if (name === 't') inText = !inHint;
    },
    text: (part) => {
      if (inText) text += part;
      if (text.length > mostKept) throw new Unreadable('unpacksTooLarge');
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') inHint = false;
      if (name === 'si') kept.add(unescapeXlsx(text));
    },
  });
  return kept;
}

export function createKeptTexts() {
  const pages: Buffer[] = [];
  /** Of the text n: its page, start and end at 3 n. */
  const places: number[] = [];
  let used = pageBytes;
  let total = 0;
  return {
    add: (text: string): void => {
      const length = Buffer.byteLength(text);
      total += length;
      if (total > mostKept || places.length >= mostTexts * 3) throw new Unreadable('unpacksTooLarge');
      if (used + length > pageBytes) {
        pages.push(Buffer.allocUnsafeSlow(Math.max(pageBytes, length)));
        used = 0;
      }
      pages.at(-1)?.write(text, used);
      places.push(pages.length - 1, used, used + length);
      used += length;
    },
    at: (index: number): string | undefined => {
      const [page, start, end] = places.slice(index * 3, index * 3 + 3);
      return page === undefined ? undefined : (pages[page]?.toString('utf8', start, end) ?? '');
    },
  };
}
