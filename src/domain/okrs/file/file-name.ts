/** Reads a file's name: when the file was exported, and which other files of its person are of the same thing. */
import type { FileFormat } from './okr-file.ts';

/** How the files of a source are called. */
export interface FileNaming {
  /** How the names that we give begin: letters and digits. */
  readonly fileName: string;
  /** How the names end that the source itself gives: the first group is the time, in Unix seconds. */
  readonly fileNameEnd?: RegExp;
}

/** Names of ours: `…_2026-11-24_2302Z.csv`, in UTC. */
const ours = /_(\d{4}-\d{2}-\d{2})_(\d{2})(\d{2})Z(?:_for_spreadsheets)?(?: ?\(\d{1,3}\))?\.(?:csv|xlsx)$/i;

/** The name without what these endings say. */
export const withoutMoment = (name: string, known: readonly FileNaming[]): string =>
  withoutEnd(name, known).replace(/\.(csv|xlsx)$/i, '');

const withoutEnd = (name: string, known: readonly FileNaming[]): string =>
  known
    .reduce((rest, { fileNameEnd }) => (fileNameEnd ? rest.replace(fileNameEnd, '') : rest), name)
    .replace(ours, '');

/** Undefined when the name does not say, or says a time after `latest`. */
export function exportedAt(name: string, latest: Date, known: readonly FileNaming[]): Date | undefined {
  const at = momentIn(name, known);
  return at === undefined || Number.isNaN(at.getTime()) || at > latest ? undefined : at;
}

function momentIn(name: string, known: readonly FileNaming[]): Date | undefined {
  const seconds = known
    .map(({ fileNameEnd }) => fileNameEnd?.exec(name)?.[1])
    .find((found) => found !== undefined);
  if (seconds !== undefined) return new Date(Number(seconds) * 1000);
  const [, day, hours, minutes] = ours.exec(name) ?? [];
  return day === undefined ? undefined : new Date(`${day}T${hours ?? ''}:${minutes ?? ''}:00Z`);
}

/** A date in any of its usual forms, a time, a bare or bracketed number, a copy's mark; with what separates it from the name. */
const endings = [
  /(?<![ _.-])[ _.-]*\(\d{1,3}\)$/,
  /(?<![ _.-])[ _.-]*\b(copy|kopie|copie|copia)$/,
  /(?<![ _.-])[ _.-]+\d{4}[ _.-]?\d{2}[ _.-]?\d{2}([ _.t-]+\d{2}[ _.:-]?\d{2}([ _.:-]?\d{2})?z?)?$/,
  /(?<![ _.-])[ _.-]+\d{1,2}[ _.-]\d{1,2}[ _.-]\d{4}$/,
  /(?<![ _.-])[ _.-]+v?\d{1,13}$/,
];

/**
 * The name in lower case without its ending `.csv` or `.xlsx`, and without dates and numbers at its end; never empty.
 * `OKRs of Sales 2025-11-20.csv` and the same of a month later are one series. In a name that a known source or we have
 * given, only the time goes: a number before it belongs to what was exported.
 */
export function seriesOfFileName(name: string, known: readonly FileNaming[]): string {
  const given = name.normalize('NFC').slice(0, 300);
  const rest = withoutEnd(given, known);
  const isGiven = rest !== given && known.some((source) => isFileOf(source, rest));
  return isGiven ? rest.toLowerCase() : withoutEndings(given.toLowerCase());
}

/** Whether a name begins as the names of a source's files do. */
export const isFileOf = ({ fileName }: FileNaming, name: string): boolean =>
  name.toLowerCase().startsWith(`${fileName}_`.toLowerCase());

function withoutEndings(name: string): string {
  let rest = name.replace(/\.(csv|xlsx)$/, '').trim();
  for (;;) {
    const shorter = endings.reduce((text, ending) => text.replace(ending, ''), rest).trim();
    if (shorter === rest || shorter === '') return rest === '' ? 'file' : rest;
    rest = shorter;
  }
}

/** `<stem>_<YYYY-MM-DD>_<HHMM>Z.<ending>`, in UTC. */
export function madeFileName(
  stem: string,
  at: Date,
  { format, original }: { readonly format: FileFormat; readonly original: 'csv' | 'xlsx' },
): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  return `${stem}_${date}_${time.slice(0, 5).replace(':', '')}Z${endingOf(format, original)}`;
}

function endingOf(format: FileFormat, original: 'csv' | 'xlsx'): string {
  switch (format) {
    case 'workbook':
      return '.xlsx';
    case 'spreadsheetCsv':
      return '_for_spreadsheets.csv';
    case 'original':
      return `.${original}`;
  }
}
