/** Answers for the few OKRs that need attention, each with why. */
import type { Attention, AttentionReason } from '../domain/okrs/okr-summary.ts';
import type { CardElement, Container } from './adaptive-card.ts';
import { percent } from './amounts.ts';
import { footnote } from './card-blocks.ts';
import { localDay } from './local-time.ts';
import { strangerLine } from './stranger-text.ts';

export const attentionList = (items: readonly Attention[]): readonly Container[] => items.map(attentionItem);

function attentionItem({ title, owner, progress, reasons }: Attention): Container {
  const said = [...reasons.map(why), ...(progress === undefined ? [] : [`at ${percent(progress)}`])];
  return {
    ...{ type: 'Container', spacing: 'Medium' },
    items: [
      strangerLine(title, { weight: 'Bolder' }, 'None'),
      footnote(said.join(' · '), 'None'),
      ...ownerLine(owner),
    ],
  };
}

const ownerLine = (owner: string | undefined): readonly CardElement[] =>
  owner === undefined || owner.trim() === ''
    ? []
    : [strangerLine(owner, { size: 'Small', isSubtle: true }, 'None')];

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
