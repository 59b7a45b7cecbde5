/** Answers for what text a cell of a workbook can hold, and how it is written there. */

/** Excel's limit, in UTF-16 units. */
const mostCellLength = 32_767;
const cutMark = '… (cut: too long for a cell)';

/** CR, vertical tab, form feed, next line, and the separators of lines and paragraphs. */
const lineEnds = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Code points that XML 1.0 cannot carry, and DEL to APC, which nobody can see. */
const notInXml = /[^\t\n\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** `_x000D_` and its kind stand for one character in SpreadsheetML (ECMA-376, ST_Xstring); here it is plain text. */
const escapeAlike = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Line ends become `\n`, what no cell can hold is left out, and a text longer than a cell is cut, with a mark. */
export function excelText(text: string): string {
  const clean = text.replace(lineEnds, '\n').replace(notInXml, '');
  return shortened(clean).replace(escapeAlike, '_x005F_');
}

/** The limit is on the text that Excel shows, so it is taken before the escapes. */
function shortened(text: string): string {
  if (text.length <= mostCellLength) return text;
  const end = mostCellLength - cutMark.length;
  // Not between the halves of one character.
  return text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '') + cutMark;
}
