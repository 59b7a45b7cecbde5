/** Answers for how high a row must be for its texts; programs do not all find out by themselves. */
import type { Cell } from './cells.ts';

const pointsPerLine = 15;
const mostLines = 6;
/** Columns are as wide as so many digits, and most letters are narrower. */
const fit = 1.05;
/** Roughly: East Asian characters and pictures are two wide. */
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/gu;

/**
 * @param widths Characters, by column.
 * @returns Points, for one to six lines; of longer texts the rest is seen once the row is drawn larger.
 */
export function rowHeight(cells: readonly (Cell | undefined)[], widths: readonly number[]): number {
  const lines = cells.map((cell, at) => linesOf(cell, widths[at] ?? 10));
  const size = Math.max(11, ...cells.map((cell) => cell?.style.font?.size ?? 11));
  return Math.ceil((pointsPerLine * Math.min(mostLines, Math.max(1, ...lines)) * size) / 11) + 3;
}

function linesOf(cell: Cell | undefined, width: number): number {
  const text = textOf(cell);
  if (text === undefined || cell?.style.alignment?.wrapText !== true) return 1;
  const indent = (cell.style.alignment.indent ?? 0) * 1.3;
  const room = Math.max(8, width * fit - indent) * (cell.style.font?.bold === true ? 0.93 : 1);
  let lines = 0;
  // What is beyond cannot be seen anyway.
  for (const part of text.slice(0, mostLines * 400).split('\n')) {
    lines += Math.max(1, Math.ceil((part.length + (part.match(wide)?.length ?? 0)) / room));
    if (lines >= mostLines) return mostLines;
  }
  return lines;
}

function textOf(cell: Cell | undefined): string | undefined {
  const value = cell?.value;
  if (typeof value === 'string') return value;
  return typeof value === 'object' && 'text' in value ? value.text : undefined;
}
