/** Shows what changed since the same person's last file of the same: how many of each kind, and the weightiest OKRs. */
import type { ChangedOkr, OkrChanges, OkrChange } from '../../domain/okrs/changes/okr-changes.ts';
import type { CardElement, TextRun } from '../blocks/adaptive-card.ts';
import { count, number, percent } from '../../words/en/amounts.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { run, untrustedLine, untrustedRun } from '../blocks/untrusted-text.ts';

const maxOkrsTold = 3;

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
    else if (told.size < maxOkrsTold) told.set(name, [item]);
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

export type ChangeKind = OkrChange['kind'];

/** The weightiest first, as in `OkrChanges`. */
export const changeKinds = [
  'newlyAtRisk',
  'progressDown',
  'gone',
  'recovered',
  'progressUp',
  'added',
  'statusChanged',
  'ownerChanged',
] as const satisfies readonly ChangeKind[];

interface KindWords {
  readonly mark: string;
  /** Before what happened; progress speaks for itself. */
  readonly label: string;
  /** After a number. */
  readonly counted: string;
}

export const changeWords: Readonly<Record<ChangeKind, KindWords>> = {
  newlyAtRisk: { mark: '▲', label: 'Newly at risk: ', counted: 'newly at risk' },
  progressDown: { mark: '↓', label: '', counted: 'went down' },
  gone: { mark: '−', label: 'No longer there', counted: 'no longer there' },
  recovered: { mark: '✓', label: 'Recovered: ', counted: 'recovered' },
  progressUp: { mark: '↑', label: '', counted: 'went up' },
  added: { mark: '+', label: 'New', counted: 'new' },
  statusChanged: { mark: '↔', label: 'Status: ', counted: 'changed status' },
  ownerChanged: { mark: '⇄', label: 'Owner: ', counted: 'changed owner' },
};

/** "21 went down". */
export const changeCount = (kind: ChangeKind, amount: number): string =>
  `${number(amount)} ${changeWords[kind].counted}`;

/** "3 newly at risk", "2 recovered"; nothing for kinds that did not happen. */
export const changeCounts = (counts: Readonly<Record<ChangeKind, number>>): readonly string[] =>
  changeKinds.filter((kind) => counts[kind] > 0).map((kind) => changeCount(kind, counts[kind]));

/** All that happened to one OKR: its title on a line of its own, what happened below it. */
function changeLines(changes: readonly ChangedOkr[]): readonly CardElement[] {
  const [first] = changes;
  if (first === undefined) return [];
  const below = changes.flatMap((change, index) => [
    run(`${index === 0 ? '' : ' · '}${changeWords[change.kind].mark} ${changeWords[change.kind].label}`),
    ...happened(change),
  ]);
  return okrLines(first, below, 'Bolder');
}

/** The same below a heading that says the kind. */
export const headedChangeLines = (change: ChangedOkr): readonly CardElement[] => {
  const said = happened(change);
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

function happened(change: ChangedOkr): readonly TextRun[] {
  switch (change.kind) {
    case 'newlyAtRisk':
    case 'recovered':
    case 'statusChanged':
      return fromTo(change.from, change.to, 'no status');
    case 'progressUp':
    case 'progressDown':
      return [run(`${percent(change.from)} → ${percent(change.to)} (${difference(change)})`)];
    case 'added':
    case 'gone':
      return [];
    case 'ownerChanged':
      return fromTo(change.from, change.to, 'nobody');
  }
}

const fromTo = (from: string | undefined, to: string | undefined, none: string): readonly TextRun[] => [
  named(from, none),
  run(' → '),
  named(to, none),
];

const named = (text: string | undefined, none: string): TextRun =>
  text === undefined || text.trim() === '' ? run(none) : untrustedRun(text);

function difference({ from, to }: { readonly from: number; readonly to: number }): string {
  const points = Math.round((to - from) * 10) / 10;
  const amount = Math.abs(points);
  return `${points > 0 ? '+' : '−'}${amount} ${amount === 1 ? 'point' : 'points'}`;
}
