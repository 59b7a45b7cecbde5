/** Reads a file's name: when the file was exported, and which other files of its person are of the same view. */
import type { FileFormat } from './okr-file.ts';
/** Viva Goals' own names: `…_2025_11_20_1763600000.csv`, the last number in Unix seconds. */
const vivaGoals = /_\d{4}_\d{2}_\d{2}_(\d{10})(?: ?\(\d{1,3}\))?\.(?:csv|xlsx)$/i;
/** Names of ours: `…_2026-11-24_2302Z.csv`, in UTC. */
const ours = /_(\d{4}-\d{2}-\d{2})_(\d{2})(\d{2})Z(?:_for_spreadsheets)?(?: ?\(\d{1,3}\))?\.(?:csv|xlsx)$/i;

/** The name without what these endings say. */
export const withoutMoment = (name: string): string =>
  name
    .replace(vivaGoals, '')
    .replace(ours, '')
    .replace(/\.(csv|xlsx)$/i, '');

/** Undefined when the name does not say, or says a time after `latest`. */
export function exportedAt(name: string, latest: Date): Date | undefined {
  const at = momentIn(name);
  return at === undefined || Number.isNaN(at.getTime()) || at > latest ? undefined : at;
}

function momentIn(name: string): Date | undefined {
  const seconds = vivaGoals.exec(name)?.[1];
  if (seconds !== undefined) return new Date(Number(seconds) * 1000);
  const [, day, hours, minutes] = ours.exec(name) ?? [];
  return day === undefined ? undefined : new Date(`${day}T${hours ?? ''}:${minutes ?? ''}:00Z`);
}

/** A date in any of its usual forms, a time, a bare or bracketed number, a copy's mark; with what separates it from the name. */
const endings = [
  /[ _.-]*\(\d{1,3}\)$/,
  /[ _.-]*\b(copy|kopie|copie|copia)$/,
  /[ _.-]+\d{4}[ _.-]?\d{2}[ _.-]?\d{2}([ _.t-]+\d{2}[ _.:-]?\d{2}([ _.:-]?\d{2})?z?)?$/,
  /[ _.-]+\d{1,2}[ _.-]\d{1,2}[ _.-]\d{4}$/,
  /[ _.-]+v?\d{1,13}$/,
];

/**
 * The name in lower case without its ending `.csv` or `.xlsx`, and without dates and numbers at its end; never empty.
 * `VivaGoals_12_Company view_2025_11_20_1763600000.csv` and the same of a month later are one series.
 */
export function seriesOfFileName(name: string): string {
  const base = name
    .normalize('NFC')
    .slice(0, 300)
    .toLowerCase()
    .replace(/\.(csv|xlsx)$/, '')
    .trim();
  let rest = base;
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
