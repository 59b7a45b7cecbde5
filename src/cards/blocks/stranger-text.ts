/** Answers for a title or a name out of an export: shown as it is, read as text only, from right to left where it is written so. */
import type { CardElement, RichTextBlock, TextRun } from './adaptive-card.ts';
import { plainText } from './plain-text.ts';

/** The first letter of a script that is written from right to left: Hebrew, Arabic and their kin. */
const rightToLeft =
  /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const isRightToLeft = (text: string): boolean => rightToLeft.test(text);

/** A line of its own: beside words or numbers of another direction it would push them about. */
export function strangerLine(
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

/** A stranger's word among ours. */
export const strangerRun = (text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun =>
  run(plainText(text), look);
