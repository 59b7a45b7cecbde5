/** Finds what separates the cells of a CSV: spreadsheets in many countries write `;`, and some programs a tab. */
import { countKnownColumns } from '../../../domain/okrs/reading/columns.ts';
import { headerWithin } from '../table/find-header.ts';

const delimiters = [',', ';', '\t'] as const;

/** The one that makes a line of the beginning name the most columns; a comma when none does. */
export function csvDelimiter(head: string): (typeof delimiters)[number] {
  const lines = head.split(/\r\n|\r|\n/).slice(0, headerWithin);
  const named = delimiters.map((delimiter) => {
    const counts = lines.map((line) => countKnownColumns(line.split(delimiter).map(unquoted)));
    return { delimiter, most: Math.max(...counts) };
  });
  return named.reduce((best, one) => (one.most > best.most ? one : best)).delimiter;
}

const unquoted = (cell: string): string => cell.replace(/^\s*"|"\s*$/g, '');
