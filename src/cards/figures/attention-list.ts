/** Shows the few OKRs that need attention, each with the reason. */
import type { Attention, AttentionReason, OkrSummary } from '../../domain/okrs/reading/okr-summary.ts';
import type { Words } from '../../words/words.ts';
import type { CardElement, Container, Fold } from '../blocks/adaptive-card.ts';
import { localDay } from '../blocks/local-time.ts';
import { fold, footnote } from '../blocks/card-blocks.ts';
import { untrustedLine } from '../blocks/untrusted-text.ts';

/** The weightiest few, hidden at first, with the button that shows them. */
export const attentionFold = (words: Words, { attention, unjudged }: OkrSummary): readonly Fold[] =>
  fold('needs-attention', words.figures.needsAttention, attentionList(words, attention, unjudged));

/** @param unjudged how many rows may need attention as well, but hold values that could not be read */
const attentionList = (words: Words, items: readonly Attention[], unjudged = 0): readonly CardElement[] => [
  ...items.map((item) => attentionItem(words, item)),
  ...(unjudged === 0 ? [] : [footnote(words.figures.unjudged(unjudged))]),
];

const marks: Readonly<Partial<Record<AttentionReason['kind'], string>>> = { atRisk: '▲ ', behind: '△ ' };

function attentionItem(
  { figures }: Words,
  { title, owner, progress, reasons, unread = [] }: Attention,
): Container {
  const at = progress === undefined ? [] : [figures.at(progress)];
  const why = reasons.map((reason) => `${marks[reason.kind] ?? ''}${figures.reason(reason, localDay)}`);
  const said = [...why, ...unread.map((fact) => figures.unread[fact]), ...at];
  return {
    type: 'Container',
    spacing: 'Medium',
    items: [
      untrustedLine(title, { weight: 'Bolder' }, 'None'),
      footnote(said.join(' · '), 'None'),
      ...ownerLine(owner),
    ],
  };
}

const ownerLine = (owner: string | undefined): readonly CardElement[] =>
  owner === undefined || owner.trim() === ''
    ? []
    : [untrustedLine(owner, { size: 'Small', isSubtle: true }, 'None')];
