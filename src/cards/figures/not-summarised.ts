/** Says what of a file could not be summarised and why: all of it, or a part. */
import type { UnreadCause } from '../../domain/okrs/file/okr-file.ts';
import type { ReadingGap } from '../../domain/okrs/reading/okr-summary.ts';
import type { CardElement, TextRun } from '../blocks/adaptive-card.ts';
import { count, number } from '../../words/en/amounts.ts';
import { run, untrustedRun } from '../blocks/untrusted-text.ts';

/** After "I could not summarise it: ". */
const reasons: Readonly<Record<UnreadCause, string>> = {
  noTitleColumn: 'it has no “Title” column.',
  noRows: 'it has a header, but no rows.',
  empty: 'it is empty.',
  archive: 'it is an archive, not a table.',
  numbers: 'it is a Numbers file.',
  otherSpreadsheet: 'it is a kind of spreadsheet that I can’t read.',
  notATable: 'it is not a table that I can read.',
  tooLarge: 'it is larger than what I can read.',
  tooManyRows: 'it has more rows than I can read.',
  unpacksTooLarge: 'unpacked, it is larger than what I can read.',
  encrypted:
    'it is protected with a password or a label. In Excel, take the protection off (File > Info > Protect Workbook), save it, and send it again.',
  damaged: 'it seems to be damaged or cut off.',
  tookTooLong: 'reading it took too long.',
  crashed: 'reading it failed several times.',
  later: 'I couldn’t fetch it to read it.',
  signInNeeded: 'I need your sign-in to read it. Press Read again, and I’ll ask.',
};

export const unreadReason = (why: UnreadCause): string => reasons[why];

/** What it means for the export's file itself: a reading that failed is no proof that a download works. */
export function fileHint(why: UnreadCause): string {
  switch (why) {
    case 'noTitleColumn':
    case 'noRows':
    case 'tooManyRows':
    case 'unpacksTooLarge':
    case 'encrypted':
    case 'tookTooLong':
    case 'crashed':
      return ' The file itself is fine to download.';
    case 'empty':
      return ' Exporting it again may give a new one.';
    case 'archive':
    case 'numbers':
    case 'otherSpreadsheet':
    case 'notATable':
    case 'tooLarge':
    case 'damaged':
      return ' Download may still work.';
    case 'later':
      return ' Download tries again.';
    case 'signInNeeded':
      return '';
  }
}

const worthAnotherTry: ReadonlySet<UnreadCause> = new Set([
  'crashed',
  'later',
  'signInNeeded',
  'tookTooLong',
]);

export const mayReadAgain = (why: UnreadCause): boolean => worthAnotherTry.has(why);

/** Only what could be read can be made into a workbook; where nobody knows yet, it may be tried. */
export const mayBeConverted = (why: UnreadCause): boolean => why === 'later' || why === 'signInNeeded';

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
