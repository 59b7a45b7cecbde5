/** Reads the shared strings of a workbook, and keeps them outside the heap, bounded. */
import { Unreadable } from '../table/text-table.ts';
import { readXml } from './xml-elements.ts';

const pageBytes = 1024 * 1024;
/** Bytes. */
const maxKept = 96 * 1024 * 1024;
const maxTexts = 4_000_000;

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
      if (text.length > maxKept) throw new Unreadable('unpacksTooLarge');
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
      if (total > maxKept || places.length >= maxTexts * 3) throw new Unreadable('unpacksTooLarge');
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

/** `_x000D_` and its like are how workbooks write characters that XML cannot hold (ECMA-376, ST_Xstring). */
export const unescapeXlsx = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
