/** Shows what a file says, on any card: that it is being read, its figures, or why it could not be read. */
import type { ReadingProgress } from '../../domain/exports/export-job.ts';
import { isUnchanged, type OkrChanges } from '../../domain/okrs/changes/okr-changes.ts';
import type { OkrSummary } from '../../domain/okrs/reading/okr-summary.ts';
import { toldGaps } from '../../domain/okrs/summary/told-figures.ts';
import type { UnreadCause } from '../../domain/okrs/file/okr-file.ts';
import { present } from '../../domain/present.ts';
import type { Words } from '../../words/words.ts';
import type { CardElement, Fold } from '../blocks/adaptive-card.ts';
import { attentionFold } from './attention-list.ts';
import { footnote } from '../blocks/card-blocks.ts';
import { changeCounts, changesBlock } from './changes-block.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { gapLines } from './not-summarised.ts';
import { summarySpoken, summaryStatuses, summaryTiles } from './summary-block.ts';

/** What was read of a file, in figures. */
export interface Answer {
  readonly summary: OkrSummary;
  /** Undefined when there was nothing to compare with. */
  readonly changes?: OkrChanges;
  /** When Microsoft Graph had the file ready, or the person sent it. */
  readonly asOf: Date;
}

export type AnswerShown =
  /** `soFar`: rows. */
  | { readonly kind: 'reading'; readonly soFar?: number }
  | { readonly kind: 'unreadable'; readonly why: UnreadCause }
  | ({ readonly kind: 'read' } & Answer);

/** What a card can show of an export's reading; nothing where nobody has read it, or what was read is not kept any more. */
export function answerOf(
  reading: ReadingProgress | undefined,
  answer: Answer | undefined,
): AnswerShown | undefined {
  switch (reading?.kind) {
    case undefined:
      return undefined;
    case 'underWay':
      return { kind: 'reading', ...present({ soFar: reading.soFar }) };
    case 'unread':
      return { kind: 'unreadable', why: reading.why };
    case 'done':
      return answer === undefined ? undefined : { kind: 'read', ...answer };
  }
}

/** What stands on the card, and what waits behind its buttons. */
export interface AnswerParts {
  readonly shown: readonly CardElement[];
  readonly attention: readonly Fold[];
  /** For the card's *Details*. */
  readonly details: readonly CardElement[];
}

export function answerParts(
  words: Words,
  answer: AnswerShown | undefined,
  audience: 'owner' | 'everybody' = 'owner',
): AnswerParts {
  switch (answer?.kind) {
    case undefined:
      return { shown: [], attention: [], details: [] };
    case 'reading':
      return told(words.figures.reading(answer.soFar));
    case 'unreadable':
      return told(words.notSummarised.export(answer.why));
    case 'read':
      return figures(words, answer, audience);
  }
}

const told = (text: string): AnswerParts => ({ shown: [footnote(text)], attention: [], details: [] });

/** More of them would push the buttons off the screen. */
const maxGapsShown = 2;

function figures(words: Words, { summary, changes }: Answer, audience: 'owner' | 'everybody'): AnswerParts {
  const gaps = toldGaps(summary);
  const gapsLeft = gaps.slice(maxGapsShown);
  return {
    shown: [
      ...summaryTiles(words, summary),
      ...gapLines(words, gaps.slice(0, maxGapsShown)),
      ...(gapsLeft.length === 0
        ? []
        : [footnote(words.notSummarised.moreGapsInDetails(gapsLeft.length), 'Small')]),
      ...(changes === undefined && audience === 'everybody' ? [] : changesBlock(words, changes)),
    ],
    attention: attentionFold(words, summary),
    details: [...summaryStatuses(words, summary), ...gapLines(words, gapsLeft)],
  };
}

/** Of when the figures are. */
export function asOfLine(words: Words, answer: AnswerShown | undefined): readonly CardElement[] {
  const when = answer?.kind === 'read' ? localDateTime(answer.asOf) : undefined;
  return when === undefined ? [] : [footnote(words.figures.asOfTime(when), 'None')];
}

/** A sentence or two for a screen reader, with no untrusted text in it. */
export function answerSpoken(words: Words, answer: AnswerShown | undefined): string {
  if (answer?.kind !== 'read') return '';
  const { changes } = answer;
  const moved = changes === undefined ? [] : [changesSpoken(words, changes)];
  return [summarySpoken(words, answer.summary), ...moved].join(' ');
}

const changesSpoken = (words: Words, changes: OkrChanges): string =>
  isUnchanged(changes)
    ? words.changes.nothingSince()
    : words.changes.spoken.sinceLastTime(changeCounts(words, changes));
