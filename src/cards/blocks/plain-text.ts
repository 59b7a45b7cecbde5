/** Answers for making a stranger's text safe to show: one line, no invisible or steering characters, at most 128 long. */

export const longestData = 128;

const lineBreaks = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
const invisible = /[\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Stacked accents can cover the lines above and below. */
const stackedMarks = /(\p{M}{3})\p{M}+/gu;
/** Cards expand date functions in text, and would show "Invalid Date" for a wrong one. */
const braces = /([{}])(?=[{}])/g;

/** Shows what a person or Graph wrote; to be placed in a `TextRun` only, which reads no Markdown. */
export function plainText(data: string, otherwise = '–'): string {
  const line = data
    .slice(0, longestData * 8)
    .replace(lineBreaks, ' ')
    .replace(invisible, '')
    .replace(stackedMarks, '$1')
    .replace(braces, '$1 ')
    .trim();
  return line === '' ? otherwise : cut(line);
}

function cut(line: string): string {
  if (line.length <= longestData) return line;
  return `${line
    .slice(0, longestData - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

/** Clients may read links and markup in a text, and nobody's name needs any. */
const beyondNames = /[^\p{L}\p{M}\p{N} ’'-]+/gu;
const longestName = 60;

/** A person's name for the few places that read markup: letters, digits, spaces, apostrophes and hyphens. */
export function plainName(name: string, otherwise: string): string {
  const shown = plainText(name, '').replace(beyondNames, ' ').slice(0, longestName).toWellFormed().trim();
  return shown === '' ? otherwise : shown;
}
