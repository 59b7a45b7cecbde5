/** Reads what a cell with a HYPERLINK formula shows: files that no spreadsheet has saved hold the formula alone. */
/** As spreadsheets call it in English, French, Spanish, Portuguese, Italian, Swedish, Polish, Turkish and Russian. */
const names =
  'HYPERLINK|LIEN_HYPERTEXTE|HIPERVINCULO|HIPERLIGAÇÃO|HIPERLINK|COLLEG\\.IPERTESTUALE|HYPERLÄNK|HIPERŁĄCZE|KÖPRÜ|ГИПЕРССЫЛКА';
/** Groups of the expression that hold an address. */
const addressForms = 3;
const quoted = `(?:"((?:[^"]|"")*)"|'([^']*)'|[“„]([^“”„]*)[“”])`;
/** A guard in front of the formula is what our own CSV writes. */
const shape = new RegExp(
  `^'?=\\s*(?:${names})\\(\\s*${quoted}\\s*(?:[,;]\\s*(?:${quoted}|([\\d.]+))\\s*)?\\)$`,
  'iu',
);

/** @returns the friendly name, or the address where there is none; undefined for any other cell */
export function hyperlinkText(cell: string): string | undefined {
  const first = cell.charCodeAt(0);
  if (first !== equals && first !== apostrophe) return undefined;
  const found = shape.exec(cell.trim());
  if (found === null) return undefined;
  const [, ...texts]: readonly (string | undefined)[] = found;
  const given = (text: string | undefined): boolean => text !== undefined;
  const shown = texts.slice(addressForms).find(given) ?? texts.find(given) ?? '';
  return shown.replaceAll('""', '"');
}

const equals = 0x3d;
const apostrophe = 0x27;
