/** Answers for how much of a title or name is kept beside its row: one line, never a whole book. */

const mostCharacters = 300;

/** Never ends within a character; a cut text ends with `…`. */
export function cutTitle(text: string): string {
  // A cell may hold megabytes: only what can be kept is looked at.
  const line = text
    .slice(0, mostCharacters * 4)
    .replace(/[\s\0]+/g, ' ')
    .trim();
  if (line.length <= mostCharacters) return line.toWellFormed();
  return `${line
    .slice(0, mostCharacters - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}
