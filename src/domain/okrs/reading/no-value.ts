/** Tells the cells that hold no value of their own: a spreadsheet's errors, and formulas that nobody has worked out. */

import type { OkrField } from './columns.ts';
import type { UnreadCellCause } from './okr-summary.ts';

/** In English, German, French, Spanish, Italian, Portuguese and Dutch; `#ERROR!` is Google's. */
const errorValues = new Set(
  (
    '#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! #UNKNOWN! ' +
    '#EXTERNAL! #GETTING_DATA #ERROR! #NV #BEZUG! #WERT! #ZAHL! #VALEUR! #NOM? #NUL! #NOMBRE! #N/D #¡REF! #¡VALOR! ' +
    '#¿NOMBRE? #¡NULO! #¡NUM! #¡DIV/0! #RIF! #VALORE! #NOME? #NULLO! #VALOR! #NULO! #NÚM! #N/B #VERW! #WAARDE! #NAAM? ' +
    '#LEEG! #GETAL! #ÜBERLAUF! #DÉPASSEMENT! #DESBORDAMIENTO!'
  ).split(' '),
);
const longestError = 20;

export const isErrorValue = (text: string): boolean =>
  text.startsWith('#') && text.length <= longestError && errorValues.has(text.toUpperCase());

/** A function, a reference to a cell, or nothing behind the sign: what workbooks share a formula by. Text may begin with `=`, too. */
const formula =
  /^=(?:$|[-+(\s]*(?:[\p{L}_][\p{L}\d_.]*\(|(?:'[^']*'!|[\p{L}\d_.]+!)?\$?[A-Z]{1,3}\$?\d+(?![\p{L}\d])))/iu;

const isFormula = (text: string): boolean => text.startsWith('=') && formula.test(text.slice(0, 200));

/** Where people write what they like, and some of it begins with `=`: shown as it stands. */
const freeText: ReadonlySet<OkrField> = new Set([
  'title',
  'team',
  'description',
  'alignedTo',
  'metricName',
  'unit',
  'lastNote',
  'checkIns',
]);

/** @param text trimmed; undefined when it says something itself, or nothing at all */
export function noValueIn(text: string, field: OkrField): UnreadCellCause | undefined {
  if (isErrorValue(text)) return 'error';
  return isFormula(text) && !freeText.has(field) ? 'formula' : undefined;
}
