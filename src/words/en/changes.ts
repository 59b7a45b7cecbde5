/** Says in English what changed between two files of the same, on cards and in the workbook. */
import type { OkrChange } from '../../domain/okrs/changes/okr-changes.ts';
import { count, form, number, percent } from './phrasing/amounts.ts';

type Kind = OkrChange['kind'];

const kinds: Readonly<Record<Kind, string>> = {
  newlyAtRisk: 'Newly at risk',
  progressDown: 'Went down',
  gone: 'No longer there',
  recovered: 'Recovered',
  progressUp: 'Went up',
  added: 'New',
  statusChanged: 'Changed status',
  ownerChanged: 'Changed owner',
  done: 'Done',
  newlyOverdue: 'Newly overdue',
  dueMoved: 'Changed due date',
  bucketMoved: 'Changed bucket',
};

/** Before what happened. */
function label(kind: Kind): string {
  switch (kind) {
    case 'progressUp':
    case 'progressDown':
      return '';
    case 'added':
    case 'gone':
    case 'done':
      return kinds[kind];
    case 'newlyAtRisk':
    case 'recovered':
    case 'statusChanged':
    case 'ownerChanged':
    case 'newlyOverdue':
    case 'dueMoved':
    case 'bucketMoved':
      return `${kinds[kind]}: `;
  }
}

const sinceOf = (when: string | undefined): string => when ?? 'last time';

function difference(from: number, to: number): string {
  const points = Math.round((to - from) * 10) / 10;
  const amount = Math.abs(points);
  return `${points > 0 ? '+' : '−'}${amount} ${form(amount, 'point', 'points')}`;
}

const numbers = (told: readonly string[]): string => told.join(', ');

/** `when`: as the place shows times; without, it is not known. */
export const changes = {
  kinds,
  label,
  /** "21 went down". */
  counted: (kind: Kind, amount: number) =>
    `${number(amount)} ${kinds[kind].slice(0, 1).toLowerCase()}${kinds[kind].slice(1)}`,
  firstTime: 'Next time I’ll also tell you what changed since today.',
  nothingSince: (when?: string) => `Nothing changed since ${sinceOf(when)}.`,
  noneFoundSince: (when?: string) => `I found no change since ${sinceOf(when)}.`,
  what: 'What changed',
  whatSince: (when?: string) => `What changed since ${sinceOf(when)}`,
  since: (when?: string) => `Since ${sinceOf(when)}`,
  uncompared: (okrs: number) =>
    `–: ${count(okrs, 'OKR')} could not be compared in full, as some values could not be read.`,
  moved: (from: number, to: number) => `${percent(from)} → ${percent(to)} (${difference(from, to)})`,
  nobody: 'nobody',
  noDay: 'no day',
  noBucket: 'no bucket',
  moreInWorkbook: (left: number) => `… and ${number(left)} more in the workbook.`,
  onlyYou: 'Only you see this.',
  none: 'Nothing changed',
  total: (changes: number) => count(changes, 'change'),
  summary: (name: string, title: string) => `${name}: ${title}`,
  spoken: {
    card: (name: string, title: string, told: readonly string[]) =>
      `${name}: ${title}.${told.length === 0 ? '' : ` ${numbers(told)}.`}`,
    sinceLastTime: (told: readonly string[]) =>
      `Since last time: ${told.length === 0 ? 'no change that I could read' : numbers(told)}.`,
  },
};
