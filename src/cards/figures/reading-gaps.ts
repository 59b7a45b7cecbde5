/** Says which part of a file could not be summarised, and why. */
import type { ReadingGap } from '../../domain/okrs/reading/okr-summary.ts';
import type { CardElement, TextRun } from '../blocks/adaptive-card.ts';
import { count, number } from '../blocks/amounts.ts';
import { run, untrustedRun } from '../blocks/untrusted-text.ts';

const maxGaps = 5;

/** One subtle line each; nothing when the whole file was understood. */
export function gapLines(gaps: readonly ReadingGap[]): readonly CardElement[] {
  const lines = gaps.slice(0, maxGaps).map((gap) => line(words(gap)));
  const left = gaps.length - maxGaps;
  return left > 0 ? [...lines, line([run(`… and ${left} more like these.`)])] : lines;
}

const line = (runs: readonly TextRun[]): CardElement => ({
  type: 'RichTextBlock',
  spacing: 'Small',
  inlines: runs.map((one) => ({ ...one, size: 'Small', isSubtle: true })),
});

function words(gap: ReadingGap): readonly TextRun[] {
  switch (gap.kind) {
    case 'noColumn':
      return [
        run('There is no column “'),
        untrustedRun(gap.column),
        run('” in the file, so I can’t say what depends on it.'),
      ];
    case 'unreadableCells':
      return [
        run(`${count(gap.rows, 'cell')} in “`),
        untrustedRun(gap.column),
        run(`” ${whyUnread(gap)} Figures that they could change by more than 1% are “–”.`),
      ];
    case 'rowsWithoutTitle':
      return [run(`${count(gap.rows, 'row')} without a title ${gap.rows === 1 ? 'was' : 'were'} left out.`)];
    case 'windows1252':
      return [
        run(
          'The file is not in UTF-8, so I read its letters as Windows-1252, as Excel’s plain “CSV” has them. If names look odd, save it as “CSV UTF-8” first.',
        ),
      ];
    case 'unreadableLetters':
      return [
        run(
          `${count(gap.rows, 'row')} ${gap.rows === 1 ? 'holds' : 'hold'} bytes that are no text; the download has them as they are.`,
        ),
      ];
    case 'otherSheets':
      return [
        run('This is what the sheet “'),
        untrustedRun(gap.read),
        run(
          `” says. ${count(gap.others, 'more sheet')} with the same columns ${gap.others === 1 ? 'was' : 'were'} left out.`,
        ),
      ];
    case 'capped':
      return [run(`${capped[gap.what]} the first ${number(gap.rows)} rows only; the file has them all.`)];
  }
}

/** Ends with a full stop. */
function whyUnread({ why, rows }: Extract<ReadingGap, { kind: 'unreadableCells' }>): string {
  const hold = rows === 1 ? 'holds' : 'hold';
  switch (why) {
    case 'number':
      return `${hold} a number like 1,234, and the file does not show whether a comma or a point stands before decimals.`;
    case 'date':
      return `${hold} a date like 03/04/2026, and the file does not show whether the day or the month comes first.`;
    case 'scale':
      return `${hold} 1, which may be 1% or 100%: the file has no other number there.`;
    case 'error':
      return `${hold} a spreadsheet’s error such as #N/A.`;
    case 'formula':
      return `${hold} a formula without its result. Open the file in Excel, save it and send it again.`;
    case 'other':
      return 'could not be understood.';
  }
}

const capped: Readonly<Record<Extract<ReadingGap, { kind: 'capped' }>['what'], string>> = {
  tree: 'The tree in the workbook covers',
  changes: 'What changed was looked for in',
};
