/** Finds a person's files of one view: same name, but for a date and number at its end. */
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
