/** Builds the card of all changes: how many of each kind, each kind's few behind its line; for the requester's eyes. */
import type { OkrChanges } from '../../domain/okrs/changes/okr-changes.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { count, number } from '../blocks/amounts.ts';
import { banner, fold, footnote, heading } from '../blocks/card-blocks.ts';
import { changeCount, changeCounts, changeKinds, changeWords, headedChangeLines } from './change-line.ts';
import type { ChangeKind } from './change-line.ts';
import { changeTotal, isUnchanged, sinceWords } from './changes-block.ts';
import { fitInMessage } from '../blocks/fit-in-message.ts';

export interface AllChangesContent {
  readonly changes: OkrChanges;
  /** Whose changes: plain words, such as "Export of view e5e7a3c1". */
  readonly name: string;
  readonly onlyYou?: boolean;
  /** The card takes the place of the one it was asked on: the way back. */
  readonly back: CardButton;
}

/** Of each kind: beyond that nobody reads on; the workbook has them all, with a filter. */
const mostOfKind = 10;
/** So few changes need no folding. */
const mostUnfolded = 10;

export const allChangesCard = (content: AllChangesContent): Card =>
  fitInMessage(mostOfKind, (items) => cardWith(content, items));

function cardWith({ changes, name, onlyYou = false, back }: AllChangesContent, ofKind: number): Card {
  const title = isUnchanged(changes) ? 'Nothing changed' : count(changeTotal(changes), 'change');
  const told = changeCounts(changes.counts);
  const kinds = changeKinds.filter((kind) => changes.counts[kind] > 0);
  return createCard({
    summary: `${name}: ${title}`,
    speak: [`${name}: ${title}.`, ...(told.length === 0 ? [] : [`${told.join(', ')}.`])].join(' '),
    body: [
      banner({ tone: 'accent', icon: '⇅', title, lead: `Since ${sinceWords(changes)}` }),
      ...kinds.flatMap((kind, nth) => kindPart(changes, kind, ofKind, nth === 0)),
      ...(onlyYou ? [footnote('Only you see this.')] : []),
    ],
    actions: [back],
  });
}

/** The weightiest kind stands open, the others behind their counts. */
function kindPart(
  changes: OkrChanges,
  kind: ChangeKind,
  most: number,
  isFirst: boolean,
): readonly CardElement[] {
  const amount = changes.counts[kind];
  const shown = changes.items.filter((item) => item.kind === kind).slice(0, most);
  const left = amount - shown.length;
  const items = [
    ...shown.flatMap(headedChangeLines),
    ...(left > 0 ? [footnote(`… and ${number(left)} more in the workbook.`)] : []),
  ];
  const title = `${changeWords[kind].mark} ${changeCount(kind, amount)}`;
  if (isFirst || changeTotal(changes) <= mostUnfolded) return [heading(title), ...items];
  return fold(kind, title, items).flatMap(({ toggle, hidden }): readonly CardElement[] => [
    { type: 'ActionSet', spacing: 'Small', actions: [toggle] },
    { ...hidden, spacing: 'Small' },
  ]);
}
