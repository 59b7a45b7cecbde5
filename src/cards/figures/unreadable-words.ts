/** Says why a file could not be summarised at all, and what may help. */
import type { UnreadCause } from '../../domain/okrs/file/unreadable-cause.ts';

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
