/** Finds what is said outside the brackets of the pseudo-language: sentences that no language can replace. */

/** Whole brackets go, the inner ones first; what letters are left was not said by the words. */
function outsideOf(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  return rest;
}

const cardFunctions = /\{\{(?:DATE|TIME)\([^)]*\)\}\}/g;

/** @param data what may stand outside: names, titles and whatever else is no sentence */
export function lettersOutside(text: string, data: readonly string[] = []): readonly string[] {
  const withoutData = data
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, datum) => rest.replaceAll(datum, ' '), outsideOf(text).replace(cardFunctions, ' '));
  return withoutData.match(/\p{L}[\p{L}\p{M}'’-]*(?: +\p{L}[\p{L}\p{M}'’-]*)*/gu) ?? [];
}

/** What people read or hear of a card: the rest of its JSON names colours, sizes and what buttons send. */
const said = new Set([
  'text',
  'title',
  'altText',
  'placeholder',
  'label',
  'legend',
  'tooltip',
  'fallbackText',
  'speak',
  'errorMessage',
  'value',
]);

function textsOf(node: unknown, key = ''): readonly string[] {
  if (typeof node === 'string') return said.has(key) ? [node] : [];
  if (Array.isArray(node)) return node.flatMap((item) => textsOf(item, key));
  if (typeof node !== 'object' || node === null) return [];
  // What a button sends; the data of a chart is drawn.
  const type = 'type' in node ? String(node.type) : '';
  const isSent = type.startsWith('Action.');
  // What an input holds, and what a choice stands for, is data.
  const isFilledIn = type.startsWith('Input.') || key === 'choices';
  return Object.entries(node).flatMap(([name, item]) =>
    (name === 'data' && isSent) || (name === 'value' && isFilledIn) || name === 'msteams'
      ? []
      : textsOf(item, name),
  );
}

/** @param card an Adaptive Card that was made with the pseudo-language; @param data as above */
export const sentencesOutside = (card: object, data: readonly string[] = []): readonly string[] =>
  textsOf(card).flatMap((text) => lettersOutside(text, data));
