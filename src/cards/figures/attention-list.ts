/** Shows the few OKRs that need attention, each with the reason. */
import type {
  Attention,
  AttentionReason,
  OkrSummary,
  UnreadFact,
} from '../../domain/okrs/reading/okr-summary.ts';
import type { CardElement, Container, Fold } from '../blocks/adaptive-card.ts';
import { count, percent } from '../../words/en/amounts.ts';
import { localDay } from '../blocks/local-time.ts';
import { fold, footnote } from '../blocks/card-blocks.ts';
import { untrustedLine } from '../blocks/untrusted-text.ts';

/** The weightiest few, hidden at first, with the button that shows them. */
export const attentionFold = ({ attention, unjudged }: OkrSummary): readonly Fold[] =>
  fold('needs-attention', 'Needs attention', attentionList(attention, unjudged));

/** @param unjudged how many rows may need attention as well, but hold values that could not be read */
const attentionList = (items: readonly Attention[], unjudged = 0): readonly CardElement[] => [
  ...items.map(attentionItem),
  ...(unjudged === 0
    ? []
    : [footnote(`–: for ${count(unjudged, 'row')} I can’t tell, as some values could not be read.`)]),
];

const unreadWords: Readonly<Record<UnreadFact, string>> = {
  status: 'status –',
  endDate: 'end date –',
  lastCheckIn: 'last check-in –',
  progress: 'progress –',
};

function attentionItem({ title, owner, progress, reasons, unread = [] }: Attention): Container {
  const at = progress === undefined ? [] : [`at ${percent(progress)}`];
  const said = [...reasons.map(why), ...unread.map((fact) => unreadWords[fact]), ...at];
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

/** May hold a card function. */
function why(reason: AttentionReason): string {
  switch (reason.kind) {
    case 'atRisk':
      return '▲ At risk';
    case 'behind':
      return '△ Behind';
    case 'overdue': {
      const day = localDay(reason.endedOn);
      return day === undefined ? 'overdue' : `overdue since ${day}`;
    }
    case 'noCheckIn': {
      const day = reason.since === undefined ? undefined : localDay(reason.since);
      return day === undefined ? 'no check-in yet' : `no check-in since ${day}`;
    }
    case 'noProgress':
      return 'no progress yet';
  }
}
