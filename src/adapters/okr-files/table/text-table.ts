/** Defines what the readers of files give: tables of text, what their formulas show, or that the file is unreadable. */
import type { NumberSource } from '../../../domain/okrs/reading/number-evidence.ts';
import type { ReadingGap } from '../../../domain/okrs/reading/okr-summary.ts';
import type { UnreadableCause } from '../../../domain/okrs/file/okr-file.ts';

/** Ragged; cells as in the file. */
export type Records = AsyncGenerator<readonly string[], void, undefined>;

export interface TextTable {
  readonly records: Records;
  /** What may be wrong with all of it; known once the records have ended. */
  readonly gaps?: () => readonly ReadingGap[];
  /** How its numbers come to be written. */
  readonly numbers: NumberSource;
  /** Of its sheet. */
  readonly name?: string;
  /** No tab shows it. */
  readonly isHidden?: boolean;
}

/** One for a CSV, one for each sheet of a workbook: the hidden ones behind the others. */
export type TextTables = AsyncGenerator<TextTable, void, undefined>;

/** Records: so many titles, notes and blank lines may stand above the header. */
export const headerWithin = 200;

/** The file cannot be read; thrown from wherever in the worker that shows. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly why: UnreadableCause;

  constructor(why: UnreadableCause, options?: ErrorOptions) {
    super(`the file cannot be read: ${why}`, options);
    this.why = why;
  }
}

/** As spreadsheets call it in English, French, Spanish, Portuguese, Italian, Swedish, Polish, Turkish and Russian. */
const hyperlinkNames =
  'HYPERLINK|LIEN_HYPERTEXTE|HIPERVINCULO|HIPERLIGAÇÃO|HIPERLINK|COLLEG\\.IPERTESTUALE|HYPERLÄNK|HIPERŁĄCZE|KÖPRÜ|ГИПЕРССЫЛКА';
/** Groups of the expression that hold an address. */
const addressForms = 3;
const quoted = `(?:"((?:[^"]|"")*)"|'([^']*)'|[“„]([^“”„]*)[“”])`;
/** A guard in front of the formula is what our own CSV writes. */
const hyperlinkShape = new RegExp(
  `^'?=\\s*(?:${hyperlinkNames})\\(\\s*${quoted}\\s*(?:[,;]\\s*(?:${quoted}|([\\d.]+))\\s*)?\\)$`,
  'iu',
);

/**
 * What a cell with a HYPERLINK formula shows: files that no spreadsheet has saved hold the formula alone.
 * @returns the friendly name, or the address where there is none; undefined for any other cell
 */
export function hyperlinkText(cell: string): string | undefined {
  const first = cell.charCodeAt(0);
  if (first !== equals && first !== apostrophe) return undefined;
  const found = hyperlinkShape.exec(cell.trim());
  if (found === null) return undefined;
  const [, ...texts]: readonly (string | undefined)[] = found;
  const given = (text: string | undefined): boolean => text !== undefined;
  const shown = texts.slice(addressForms).find(given) ?? texts.find(given) ?? '';
  return shown.replaceAll('""', '"');
}

const equals = 0x3d;
const apostrophe = 0x27;
