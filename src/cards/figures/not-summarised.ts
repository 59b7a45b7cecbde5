/** Shows what parts of a file could not be summarised, and tells what may be tried when none could. */
import type { UnreadCause } from '../../domain/okrs/file/okr-file.ts';
import type { ReadingGap } from '../../domain/okrs/reading/okr-summary.ts';
import type { RichText } from '../../words/en/phrasing/rich-text.ts';
import type { Words } from '../../words/words.ts';
import type { CardElement } from '../blocks/adaptive-card.ts';
import { runs } from '../blocks/untrusted-text.ts';

const worthAnotherTry: ReadonlySet<UnreadCause> = new Set([
  'crashed',
  'later',
  'noRoom',
  'signInNeeded',
  'tookTooLong',
]);

export const mayReadAgain = (why: UnreadCause): boolean => worthAnotherTry.has(why);

/** Only what could be read can be made into a workbook; where nobody knows yet, it may be tried. */
export const mayBeConverted = (why: UnreadCause): boolean =>
  why === 'later' || why === 'noRoom' || why === 'signInNeeded';

const maxGaps = 5;

/** One subtle line each; nothing when the whole file was understood. */
export function gapLines({ notSummarised }: Words, gaps: readonly ReadingGap[]): readonly CardElement[] {
  const lines = gaps.slice(0, maxGaps).map((gap) => line(notSummarised.gap(gap)));
  const left = gaps.length - maxGaps;
  return left > 0 ? [...lines, line([notSummarised.moreGaps(left)])] : lines;
}

const line = (sentence: RichText): CardElement => ({
  type: 'RichTextBlock',
  spacing: 'Small',
  inlines: runs(sentence, { size: 'Small', isSubtle: true }),
});
