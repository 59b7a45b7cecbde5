/** Makes text that people or Graph wrote safe to show: one short line, no invisible or steering characters, no Markdown. */
import type { RichText } from '../../words/en/phrasing/rich-text.ts';
import type { CardElement, RichTextBlock, TextRun } from './adaptive-card.ts';

export const maxDataLength = 128;

const lineBreaks = /[\s\p{Cc}]+/gu;
const invisible = /[\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Stacked accents can cover the lines above and below. */
const stackedMarks = /(\p{M}{3})\p{M}+/gu;
/** Cards expand date functions in text, and would show "Invalid Date" for a wrong one. */
const braces = /([{}])(?=[{}])/g;

/** To be placed in a `TextRun` only, which reads no Markdown. */
export function plainText(data: string, otherwise = '–'): string {
  const line = data
    .slice(0, maxDataLength * 8)
    .replace(lineBreaks, ' ')
    .replace(invisible, '')
    .replace(stackedMarks, '$1')
    .replace(braces, '$1 ')
    .trim();
  return line === '' ? otherwise : cut(line);
}

function cut(line: string): string {
  if (line.length <= maxDataLength) return line;
  return `${line
    .slice(0, maxDataLength - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

/** Clients may read links and markup in a text, and nobody's name needs any. */
const notInNames = /[^\p{L}\p{M}\p{N} ’'-]+/gu;
const maxNameLength = 60;

/** A person's name for the few places that read markup: letters, digits, spaces, apostrophes and hyphens. */
export function plainName(name: string, otherwise: string): string {
  const shown = plainText(name, '').replace(notInNames, ' ').slice(0, maxNameLength).toWellFormed().trim();
  return shown === '' ? otherwise : shown;
}

/** The first letter of a script that is written from right to left: Hebrew, Arabic and their kin. */
const rightToLeft =
  /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const isRightToLeft = (text: string): boolean => rightToLeft.test(text);

/** A line of its own: beside words or numbers of another direction it would push them about. */
export function untrustedLine(
  text: string,
  look: Pick<TextRun, 'weight' | 'size' | 'isSubtle'> = {},
  spacing: 'None' | 'Small' | 'Default' = 'Small',
): CardElement {
  const shown = plainText(text);
  const line: RichTextBlock = {
    type: 'RichTextBlock',
    spacing,
    inlines: [{ type: 'TextRun', text: shown, ...look }],
  };
  if (!isRightToLeft(shown)) return line;
  return { type: 'Container', spacing, rtl: true, items: [{ ...line, spacing: 'None' }] };
}

export const run = (text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun => ({
  type: 'TextRun',
  text,
  ...look,
});

/** An untrusted word among ours. */
export const untrustedRun = (text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun =>
  run(plainText(text), look);

/** A sentence of ours, with somebody’s text in it where it has any. */
export const runs = (sentence: RichText, look: Omit<TextRun, 'type' | 'text'> = {}): readonly TextRun[] =>
  sentence.map((part) => {
    if (typeof part === 'string') return run(part, look);
    if ('data' in part) return untrustedRun(part.data, look);
    if ('strong' in part) return run(part.strong, { ...look, weight: 'Bolder' });
    return run(part.link, { ...look, selectAction: { type: 'Action.OpenUrl', url: part.href } });
  });
