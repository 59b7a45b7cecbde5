/** Answers for whether bytes are text at all, before anything reads them as a table. */
import type { OtherKind } from '../../../domain/okrs/file/unreadable-cause.ts';

const archives = ['PK\x03\x04', 'PK\x05\x06', '\x1f\x8b', 'Rar!', '7z\xbc\xaf', 'BZh', '\xfd7zXZ'];
const others = ['%PDF', '\x89PNG', '\xff\xd8\xff', 'GIF8', '\xd0\xcf\x11\xe0'];
/** A page or data of another kind, sent in place of a table. */
const otherText = /^\s*(?:<!doctype|<html|<\?xml|\{\s*")/i;
/** A stray NUL in a note does not make a file binary. */
const mostControlShare = 0.1;

/** @param start the file's own first bytes, whatever they are; undefined when they may be text */
export function otherKindIn(start: Uint8Array): OtherKind | undefined {
  const bytes = Buffer.from(start).toString('latin1');
  if (archives.some((magic) => bytes.startsWith(magic))) return 'archive';
  return others.some((magic) => bytes.startsWith(magic)) ? 'notATable' : undefined;
}

/** @param head the first bytes, in UTF-8 if they are text */
export function looksLikeText(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 512)).toString('latin1');
  if (otherText.test(start.replace(/^\xef\xbb\xbf/, ''))) return false;
  const control = head.filter((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  return control.length <= head.length * mostControlShare;
}
