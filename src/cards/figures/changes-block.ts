/** Builds what changed since the same person's last export of the same view: how many of each kind, and the weightiest few OKRs. */
import type { ChangedOkr, OkrChanges } from '../../domain/okrs/changes/okr-changes.ts';
import type { CardElement } from '../blocks/adaptive-card.ts';
import { count } from '../blocks/amounts.ts';
import { changeCounts, changeLines } from './change-line.ts';
import { footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { localDateTime } from '../blocks/local-time.ts';

const mostTold = 3;

/** @param changes undefined when there was nothing to compare with */
export function changesBlock(changes: OkrChanges | undefined): readonly CardElement[] {
  if (changes === undefined) return [footnote('Next time I’ll also tell you what changed since today.')];
  const since = sinceWords(changes);
  if (isUnchanged(changes)) return [paragraph(`✓ Nothing changed since ${since}.`, 'Medium')];
  if (changeTotal(changes) === 0)
    return [paragraph(`I found no change since ${since}.`, 'Medium'), ...uncomparedLine(changes)];
  return [
    heading(`What changed since ${since}`),
    // Where each is told, counting them would say it twice.
    ...(hasMoreChanges(changes) ? [paragraph(changeCounts(changes.counts).join(' · '))] : []),
    ...toldOkrs(changes).flatMap(changeLines),
    ...uncomparedLine(changes),
  ];
}

/** The first few OKRs, each once with all that happened to it. Two that read the same are one. */
function toldOkrs({ items }: OkrChanges): readonly (readonly ChangedOkr[])[] {
  const told = new Map<string, ChangedOkr[]>();
  for (const item of items) {
    const name = JSON.stringify([item.title, item.level, item.owner]);
    const same = told.get(name);
    if (same !== undefined) same.push(item);
    else if (told.size < mostTold) told.set(name, [item]);
  }
  return [...told.values()];
}

const uncomparedLine = ({ uncompared = 0 }: OkrChanges): readonly CardElement[] =>
  uncompared === 0
    ? []
    : [
        footnote(
          `–: ${count(uncompared, 'OKR')} can’t be compared in full, as some values could not be read.`,
        ),
      ];

/** May hold a card function. */
export const sinceWords = ({ since }: OkrChanges): string => localDateTime(since) ?? 'last time';

export const changeTotal = ({ counts }: OkrChanges): number =>
  Object.values(counts).reduce((total, amount) => total + amount, 0);

export const isUnchanged = (changes: OkrChanges): boolean =>
  changeTotal(changes) === 0 && changes.uncompared === undefined;

/** True when the block leaves some out. */
export const hasMoreChanges = (changes: OkrChanges | undefined): boolean =>
  changes !== undefined && changeTotal(changes) > toldOkrs(changes).flat().length;
