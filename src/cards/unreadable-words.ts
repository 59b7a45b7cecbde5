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

const worthAnotherTry: ReadonlySet<UnreadCause> = new Set([
  'crashed',
  'later',
  'signInNeeded',
  'tookTooLong',
]);

export const mayReadAgain = (why: UnreadCause): boolean => worthAnotherTry.has(why);
