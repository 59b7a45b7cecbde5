/** Writes a text that somebody else chose as one part of a path. */

/**
 * The replacement character stands for what no part can be: half a pair of UTF-16, where `encodeURIComponent` alone throws, and one or
 * two dots, which would lead up the path however they are written.
 */
export const urlPart = (text: string): string =>
  encodeURIComponent(text.toWellFormed().replace(/^\.{1,2}$/, '\ufffd'));
