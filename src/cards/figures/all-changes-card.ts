/** Draws all changes on one card: how many of each kind, and each kind's few behind its line. */
import {
  changeKinds,
  changeTotal,
  isUnchanged,
  type ChangeKind,
  type OkrChanges,
} from '../../domain/okrs/changes/okr-changes.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { banner, fold, footnote, heading } from '../blocks/card-blocks.ts';
import { actionRow } from '../blocks/select-row.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { changeCounts, changeMarks, headedChangeLines } from './changes-block.ts';

export interface AllChangesContent {
  readonly changes: OkrChanges;
  /** Whose changes: plain words, such as "Export of view e5e7a3c1". */
  readonly name: string;
  readonly onlyYou?: boolean;
  /** The card takes the place of the one it was asked on: the way back. */
  readonly back: CardButton;
}

/** Of each kind: beyond that nobody reads on; the workbook has them all, with a filter. */
const maxOfKind = 10;
/** So few changes need no folding. */
const maxUnfolded = 10;

export const allChangesCard = (words: Words, content: AllChangesContent): Card =>
  fitInMessage(maxOfKind, (items) => cardWith(words, content, items));

function cardWith(
  words: Words,
  { changes, name, onlyYou = false, back }: AllChangesContent,
  maxItems: number,
): Card {
  const { changes: said } = words;
  const title = isUnchanged(changes) ? said.none : said.total(changeTotal(changes));
  const kinds = changeKinds.filter((kind) => (changes.counts[kind] ?? 0) > 0);
  return createCard({
    summary: said.summary(name, title),
    speak: said.spoken.card(name, title, changeCounts(words, changes)),
    body: [
      banner({ tone: 'accent', icon: '⇅', title, lead: said.since(localDateTime(changes.since)) }),
      ...kinds.flatMap((kind, nth) => kindPart(words, { changes, kind, max: maxItems, isFirst: nth === 0 })),
      ...(onlyYou ? [footnote(said.onlyYou)] : []),
    ],
    actions: [back],
  });
}

interface KindPart {
  readonly changes: OkrChanges;
  readonly kind: ChangeKind;
  readonly max: number;
  readonly isFirst: boolean;
}

/** The weightiest kind stands open, the others behind their counts. */
function kindPart(words: Words, { changes, kind, max, isFirst }: KindPart): readonly CardElement[] {
  const amount = changes.counts[kind] ?? 0;
  const shown = changes.items.filter((item) => item.kind === kind).slice(0, max);
  const left = amount - shown.length;
  const items = [
    ...shown.flatMap((change) => headedChangeLines(words, change)),
    ...(left > 0 ? [footnote(words.changes.moreInWorkbook(left))] : []),
  ];
  const title = `${changeMarks[kind]} ${words.changes.counted(kind, amount)}`;
  if (isFirst || changeTotal(changes) <= maxUnfolded) return [heading(title), ...items];
  return fold(kind, title, items).flatMap(({ toggle, hidden }): readonly CardElement[] => [
    actionRow(toggle),
    { ...hidden, spacing: 'Small' },
  ]);
}

/** Of JSON. Source: Teams’ limit of about 100 KB a message; the rest of it needs some room, too. */
const maxCardBytes = 70_000;

/**
 * The card with the most items that fits, found by halving; the one without any when not even one fits.
 * @param make the card with so many items; more items make it larger
 */
export function fitInMessage(maxItems: number, make: (items: number) => Card, maxBytes = maxCardBytes): Card {
  const fits = (items: number): boolean => Buffer.byteLength(JSON.stringify(make(items))) <= maxBytes;
  if (fits(maxItems)) return make(maxItems);
  let [small, large] = [0, maxItems];
  while (large - small > 1) {
    const middle = Math.floor((small + large) / 2);
    if (fits(middle)) small = middle;
    else large = middle;
  }
  return make(small);
}
