/** Cuts a title or name to one line of at most 300 characters. */
const maxCharacters = 300;

/** Never ends within a character; a cut text ends with `…`. */
export function cutTitle(text: string): string {
  // A cell may hold megabytes: only what can be kept is looked at.
  const line = text
    .slice(0, maxCharacters * 4)
    .replace(/[\s\0]+/g, ' ')
    .trim();
  if (line.length <= maxCharacters) return line.toWellFormed();
  return `${line
    .slice(0, maxCharacters - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}
