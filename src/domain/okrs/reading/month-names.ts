/** Knows the names of months in the languages of most spreadsheets. */

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs'];
const forms = [
  { month: 'long' },
  { month: 'short' },
  { day: 'numeric', month: 'long' },
  { day: 'numeric', month: 'short' },
] as const;

let known: ReadonlyMap<string, number> | undefined;

/** 1 to 12; undefined for any other word, and for one that names different months in different languages. */
export function monthOf(word: string): number | undefined {
  known ??= collect();
  return known.get(plain(word));
}

function collect(): ReadonlyMap<string, number> {
  const months = new Map<string, number>([['sept', 9]]);
  const unsure = new Set<string>();
  for (const language of languages) {
    for (const form of forms) {
      const format = new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1) {
        const names = format.formatToParts(Date.UTC(2026, month - 1, 15));
        const name = plain(names.find(({ type }) => type === 'month')?.value ?? '');
        if (!/\p{L}/u.test(name)) continue;
        if ((months.get(name) ?? month) !== month) unsure.add(name);
        months.set(name, month);
      }
    }
  }
  for (const name of unsure) months.delete(name);
  return months;
}

const plain = (word: string): string => word.normalize('NFC').toLowerCase().replace(/\.$/, '');
