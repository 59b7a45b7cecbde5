/** Answers for what an export or a person's own file says, wherever its card stands: being read, read, or not readable. */
import type { ReadingProgress } from '../domain/exports/export-job.ts';
import type { OkrChanges } from '../domain/okrs/okr-changes.ts';
import type { OkrSummary } from '../domain/okrs/okr-summary.ts';
import type { UnreadCause } from '../domain/okrs/unreadable-cause.ts';
import type { CardElement } from './adaptive-card.ts';
import { footnote } from './card-blocks.ts';
import { changeCounts } from './change-line.ts';
import { changesBlock, isUnchanged } from './changes-block.ts';
import { attentionBlock, gapBlock, summarySpoken, summaryStatuses, summaryTiles } from './summary-block.ts';
import { fileHint, unreadReason } from './unreadable-words.ts';

/** What was read of a file, in figures. */
export interface Answer {
  readonly summary: OkrSummary;
  /** Undefined when there was nothing to compare with. */
  readonly changes?: OkrChanges;
  /** When Microsoft Graph had the file ready, or the person sent it. */
  readonly asOf: Date;
}

export type AnswerShown =
  | { readonly kind: 'reading' }
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
      return { kind: 'reading' };
    case 'unread':
      return { kind: 'unreadable', why: reading.why };
    case 'done':
      return answer === undefined ? undefined : { kind: 'read', ...answer };
  }
}

/** The part of the card between its banner and its details. */
export function answerBlock(
  answer: AnswerShown | undefined,
  audience: 'owner' | 'everybody' = 'owner',
): readonly CardElement[] {
  switch (answer?.kind) {
    case undefined:
      return [];
    case 'reading':
      return [footnote('Reading what it says… The figures appear here by themselves.')];
    case 'unreadable':
      return [footnote(`I could not summarise it: ${unreadReason(answer.why)}${fileHint(answer.why)}`)];
    case 'read':
      return figures(answer, audience);
  }
}

function figures(
  { summary, changes, asOf }: Answer,
  audience: 'owner' | 'everybody',
): readonly CardElement[] {
  const { toggle, hidden } = attentionBlock(summary);
  return [
    ...summaryTiles(summary),
    // What moved is why people look again; that there is nothing to compare with can wait.
    ...(changes === undefined ? [] : changesBlock(changes)),
    ...summaryStatuses(summary, asOf),
    ...gapBlock(summary),
    ...(changes === undefined && audience === 'owner' ? changesBlock(changes) : []),
    ...(toggle.length === 0 ? [] : [{ type: 'ActionSet', spacing: 'Medium', actions: toggle } as const]),
    ...hidden,
  ];
}

/** A sentence or two for a screen reader, with nothing in it that a stranger wrote. */
export function answerSpoken(answer: AnswerShown | undefined): string {
  if (answer?.kind !== 'read') return '';
  const { changes } = answer;
  const moved = changes === undefined ? '' : ` ${changesSpoken(changes)}`;
  return `${summarySpoken(answer.summary)}.${moved}`;
}

const changesSpoken = (changes: OkrChanges): string =>
  isUnchanged(changes)
    ? 'Nothing changed since last time.'
    : `Since last time: ${changeCounts(changes.counts).join(', ')}.`;
