/** Answers for why a file could not be summarised, in words. */
import type { UnreadCause } from '../domain/okrs/unreadable-cause.ts';

/** After "I could not summarise it: ". */
const reasons: Readonly<Record<UnreadCause, string>> = {
  noTitleColumn: 'it has no “Title” column.',
  noRows: 'it has a header, but no rows.',
  notATable: 'it is not a table that I can read.',
  tooLarge: 'it is larger than what I read.',
  tooManyRows: 'it has more rows than I read.',
  unpacksTooLarge: 'unpacked it would be larger than what I read.',
  encrypted: 'it is protected with a password.',
  damaged: 'it seems to be damaged or cut off.',
  tookTooLong: 'reading it took too long.',
  crashed: 'I stumbled over it several times and put it aside.',
  later: 'I couldn’t get hold of it to read it.',
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
