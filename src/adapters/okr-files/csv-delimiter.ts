/** Answers for what separates the cells of a CSV: spreadsheets in many countries write `;`, and some programs a tab. */

const delimiters = [',', ';', '\t'] as const;
const mostLines = 10;

/** The one that makes a cell `Title` in one of the first lines; a comma when none does. */
export function csvDelimiter(head: string): string {
  const lines = head.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/, mostLines);
  const hasTitle = (delimiter: string): boolean =>
    lines.some((line) => line.split(delimiter).some((cell) => /^\s*"?\s*title\s*"?\s*$/i.test(cell)));
  return delimiters.find(hasTitle) ?? ',';
}
