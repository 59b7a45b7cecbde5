/** Reads an "Aligned To" cell: `Parent (new)(weight: 14.29%, Id: 123) / Another(weight: 50%, Id: 7)`. */
import { present } from '../../present.ts';
import type { Alignment } from './okr-row.ts';
import { readNumber, smallNumberRule } from './read-number.ts';

/** What closes one alignment: titles hold brackets too, so each title ends where such a bracket begins. Bounded, so linear. */
const ending =
  /\(\s{0,4}(?:weight:\s{0,4}([\d.,]{1,20})\s{0,4}%?\s{0,4}(?:,\s{0,4}id:\s{0,4}([^()\s]{0,100})\s{0,4})?|id:\s{0,4}([^()\s]{0,100})\s{0,4})\)(?=\s?\/\s|\s?$)/gi;
const separator = /^\s?\/\s?/;
const maxAlignments = 100;

/** Text without the documented ending is one title: ` / ` occurs in titles, so it is never split by guess. */
export function readAlignments(text: string): readonly Alignment[] {
  const found: Alignment[] = [];
  let from = 0;
  for (const match of text.matchAll(ending)) {
    if (found.length === maxAlignments) return found;
    const title = titleIn(text.slice(from, match.index));
    const [whole, weight = '', idAfterWeight, idAlone] = match;
    const id = idAfterWeight ?? idAlone ?? '';
    if (title !== '' || id !== '') {
      found.push({ title, ...present({ id: id || undefined, weight: readNumber(weight, smallNumberRule) }) });
    }
    from = match.index + whole.length;
  }
  const rest = titleIn(text.slice(from));
  return rest === '' ? found : [...found, { title: rest }];
}

const titleIn = (text: string): string => text.replace(separator, '').trim();
