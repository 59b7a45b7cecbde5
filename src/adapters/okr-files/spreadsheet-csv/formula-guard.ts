/** Disarms cells that a spreadsheet could take for a formula. */
/** What a reader does not see at the start of a cell: spaces of all kinds, controls, zero-width marks, fillers, blanks. */
const unseen = /^[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]+/u;
/** TAB, CR and LF at the very start move what follows into a cell of its own in some programs. */
const movers = /^[\t\r\n]/;
/** Full-width, small, raised and lowered forms become these under NFKC; U+2212 is the minus of typesetters. */
const starters = /^[=+\-@\u2212]/;

const sign = '[+-]?';
const exponent = '(?:[eE][+-]?\\d{1,5})?';
const englishNumber = `(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d*)?|\\.\\d+`;
const commaNumber = `(?:\\d{1,3}(?:\\.\\d{3})+|\\d+),\\d+`;
const space = '[ \\u00A0\\u202F\\u3000]*';
const number = new RegExp(
  `^${space}${sign}(?:${englishNumber}|${commaNumber})${exponent}(?:${space}%)?${space}$`,
);

/**
 * The cell with a quote in front when it begins, for a spreadsheet or for the eye, with `=` `+` `-` `@` (in any width),
 * TAB or a line break, and is not a number as a whole (`-12%`, `-1,234.5`, `+3`, `-3.5e4`); else the cell as it is.
 */
export const guardCell = (cell: string): string => (isArmed(cell) ? `'${cell}` : cell);

function isArmed(cell: string): boolean {
  const seen = cell.replace(unseen, '');
  const first = String.fromCodePoint(seen.codePointAt(0) ?? 0).normalize('NFKC');
  return (starters.test(first) || movers.test(cell)) && !number.test(cell);
}
