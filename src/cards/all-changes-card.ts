/** Answers for everything that changed, kind by kind, as far as a message carries it; for the requester's eyes. */
import type { OkrChanges } from '../domain/okrs/okr-changes.ts';
import { createCard } from './adaptive-card.ts';
import type { Card, CardButton, CardElement } from './adaptive-card.ts';
import { count, number } from './amounts.ts';
import { banner, footnote, heading, paragraph } from './card-blocks.ts';
import { changeCounts, changeKinds, changeWords, headedChangeLines } from './change-line.ts';
import { changeTotal, isUnchanged, sinceWords } from './changes-block.ts';
import { fitting } from './fitting.ts';

export interface AllChangesContent {
  readonly changes: OkrChanges;
  /** Whose changes: plain words, such as "Export of view e5e7a3c1". */
  readonly name: string;
  readonly onlyYou?: boolean;
  /** The card takes the place of the one it was asked on: the way back. */
  readonly back: CardButton;
}

/** Beyond that nobody reads on; the workbook has them all, with a filter. */
const mostShown = 100;

export function allChangesCard(content: AllChangesContent): Card {
  const { changes } = content;
  return fitting(Math.min(mostShown, changes.items.length), (items) => cardWith(content, items));
}

function cardWith({ changes, name, onlyYou = false, back }: AllChangesContent, shown: number): Card {
  const total = changeTotal(changes);
  const title = isUnchanged(changes) ? 'Nothing changed' : count(total, 'change');
  const told = changeCounts(changes.counts);
  return createCard({
    summary: `${name}: ${title}`,
    speak: [`${name}: ${title}.`, ...(told.length === 0 ? [] : [`${told.join(', ')}.`])].join(' '),
    body: [
      banner({ tone: 'accent', icon: '⇅', title, lead: `Since ${sinceWords(changes)}` }),
      ...(told.length === 0 ? [] : [paragraph(told.join(' · '), 'Medium')]),
      ...byKind(changes, shown),
      ...(total > shown ? [paragraph(`… and ${number(total - shown)} more in the workbook.`, 'Large')] : []),
      ...(onlyYou ? [footnote('Only you see this.')] : []),
    ],
    actions: [back],
  });
}

/** The items come weightiest first, so what is cut off is the least. */
function byKind({ items }: OkrChanges, shown: number): readonly CardElement[] {
  const kept = items.slice(0, shown);
  return changeKinds.flatMap((kind) => {
    const ofKind = kept.filter((item) => item.kind === kind);
    if (ofKind.length === 0) return [];
    return [heading(changeWords[kind].heading, 'Large'), ...ofKind.flatMap(headedChangeLines)];
  });
}
