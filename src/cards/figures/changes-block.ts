/** Shows what changed since the same person's last file of the same: how many of each kind, and the weightiest OKRs. */
import {
  changeKinds,
  changeTotal,
  isUnchanged,
  type ChangedOkr,
  type ChangeKind,
  type OkrChanges,
} from '../../domain/okrs/changes/okr-changes.ts';
import type { Words } from '../../words/words.ts';
import type { CardElement, TextRun } from '../blocks/adaptive-card.ts';
import { localDateTime, localDay } from '../blocks/local-time.ts';
import { footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { run, untrustedLine, untrustedRun } from '../blocks/untrusted-text.ts';

const maxOkrsTold = 3;

/** @param changes undefined when there was nothing to compare with */
export function changesBlock(words: Words, changes: OkrChanges | undefined): readonly CardElement[] {
  const { changes: said } = words;
  if (changes === undefined) return [footnote(said.firstTime)];
  const since = localDateTime(changes.since);
  if (isUnchanged(changes)) return [paragraph(`✓ ${said.nothingSince(since)}`, 'Medium')];
  if (changeTotal(changes) === 0)
    return [paragraph(said.noneFoundSince(since), 'Medium'), ...uncomparedLine(words, changes)];
  return [
    heading(said.whatSince(since)),
    // Where each is told, counting them would say it twice.
    ...(hasMoreChanges(changes) ? [paragraph(changeCounts(words, changes).join(' · '))] : []),
    ...toldOkrs(changes).flatMap((okr) => changeLines(words, okr)),
    ...uncomparedLine(words, changes),
  ];
}

/** The first few OKRs, each once with all that happened to it. Two that read the same are one. */
function toldOkrs({ items }: OkrChanges): readonly (readonly ChangedOkr[])[] {
  const told = new Map<string, ChangedOkr[]>();
  for (const item of items) {
    const name = JSON.stringify([item.title, item.level, item.owner]);
    const same = told.get(name);
    if (same !== undefined) same.push(item);
    else if (told.size < maxOkrsTold) told.set(name, [item]);
  }
  return [...told.values()];
}

const uncomparedLine = (words: Words, { uncompared = 0 }: OkrChanges): readonly CardElement[] =>
  uncompared === 0 ? [] : [footnote(words.changes.uncompared(uncompared))];

/** True when the block leaves some out. */
export const hasMoreChanges = (changes: OkrChanges | undefined): boolean =>
  changes !== undefined && changeTotal(changes) > toldOkrs(changes).flat().length;

export const changeMarks: Readonly<Record<ChangeKind, string>> = {
  newlyAtRisk: '▲',
  progressDown: '↓',
  gone: '−',
  recovered: '✓',
  progressUp: '↑',
  added: '+',
  statusChanged: '↔',
  ownerChanged: '⇄',
  done: '✓',
  newlyOverdue: '▲',
  dueMoved: '→',
  bucketMoved: '↔',
};

/** "3 newly at risk", "2 recovered"; nothing for kinds that did not happen. */
export const changeCounts = (words: Words, { counts }: OkrChanges): readonly string[] =>
  changeKinds
    .map((kind) => ({ kind, amount: counts[kind] ?? 0 }))
    .filter(({ amount }) => amount > 0)
    .map(({ kind, amount }) => words.changes.counted(kind, amount));

/** All that happened to one OKR: its title on a line of its own, what happened below it. */
function changeLines(words: Words, changes: readonly ChangedOkr[]): readonly CardElement[] {
  const [first] = changes;
  if (first === undefined) return [];
  const told = (change: ChangedOkr): string =>
    `${changeMarks[change.kind]} ${words.changes.label(change.kind)}`;
  const below = changes
    .filter((change) => datesOf(words, change) === undefined)
    .flatMap((change, index) => [
      run(`${index === 0 ? '' : ' · '}${told(change)}`),
      ...happened(words, change),
    ]);
  const dated = changes.flatMap((change) => {
    const dates = datesOf(words, change);
    return dates === undefined ? [] : [footnote(`${told(change)}${dates}`, 'None')];
  });
  return [...okrLines(first, below, 'Bolder'), ...dated];
}

/** The same below a heading that says the kind. */
export const headedChangeLines = (words: Words, change: ChangedOkr): readonly CardElement[] => {
  const dates = datesOf(words, change);
  if (dates !== undefined) return [...okrLines(change, [], 'Default'), footnote(dates, 'None')];
  const said = happened(words, change);
  return okrLines(change, said.length === 0 ? ownedBy(change) : said, 'Default');
};

function okrLines(
  { title }: ChangedOkr,
  below: readonly TextRun[],
  weight: 'Bolder' | 'Default',
): readonly CardElement[] {
  const inlines = below.map((one) => ({ ...one, size: 'Small' as const, isSubtle: true }));
  const line: CardElement = { type: 'RichTextBlock', spacing: 'None', inlines };
  return [untrustedLine(title, { weight }), ...(inlines.length === 0 ? [] : [line])];
}

const ownedBy = ({ owner }: ChangedOkr): readonly TextRun[] =>
  owner === undefined || owner.trim() === '' ? [] : [untrustedRun(owner)];

/** Of what is told by days: runs of text know no card functions, so that it needs a block of its own. */
function datesOf({ changes }: Words, change: ChangedOkr): string | undefined {
  const told = (day: string | undefined): string =>
    (day === undefined ? undefined : localDay(day)) ?? changes.noDay;
  switch (change.kind) {
    case 'newlyOverdue':
      return told(change.endedOn);
    case 'dueMoved':
      return `${told(change.from)} → ${told(change.to)}`;
    case 'newlyAtRisk':
    case 'progressDown':
    case 'gone':
    case 'recovered':
    case 'progressUp':
    case 'added':
    case 'statusChanged':
    case 'ownerChanged':
    case 'done':
    case 'bucketMoved':
      return undefined;
  }
}

/** What is told by days is told elsewhere. */
function happened(words: Words, change: ChangedOkr): readonly TextRun[] {
  switch (change.kind) {
    case 'newlyAtRisk':
    case 'recovered':
    case 'statusChanged':
      return fromTo(change, words.figures.statuses.none);
    case 'progressUp':
    case 'progressDown':
      return [run(words.changes.moved(change.from, change.to))];
    case 'ownerChanged':
      return fromTo(change, words.changes.nobody);
    case 'bucketMoved':
      return fromTo(change, words.changes.noBucket);
    case 'added':
    case 'gone':
    case 'done':
    case 'newlyOverdue':
    case 'dueMoved':
      return [];
  }
}

const fromTo = (
  { from, to }: { readonly from?: string; readonly to?: string },
  none: string,
): readonly TextRun[] => [named(from, none), run(' → '), named(to, none)];

const named = (text: string | undefined, none: string): TextRun =>
  text === undefined || text.trim() === '' ? run(none) : untrustedRun(text);
