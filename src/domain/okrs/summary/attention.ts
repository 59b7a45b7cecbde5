/** Picks the OKRs that need attention most, and says why. */
import { present } from '../../present.ts';
import type { OkrField } from '../reading/columns.ts';
import { cutTitle, type Day, type OkrLevel, type OkrRow } from '../reading/okr-row.ts';
import type { Attention, AttentionReason, UnreadFact } from '../reading/okr-summary.ts';
import { daysBetween } from '../reading/read-day.ts';
import { isOpen, lacksCheckIn, lastCheckInOf, overdue } from '../reading/row-rules.ts';

const maxItems = 5;
const weights: Readonly<Record<AttentionReason['kind'], number>> = {
  atRisk: 100,
  overdue: 60,
  behind: 50,
  noCheckIn: 20,
  noProgress: 10,
};
/** An objective weighs a little more than its key results; nothing else is decided by the level. */
const levelWeights: Readonly<Record<OkrLevel, number>> = { objective: 5, keyResult: 3, other: 0 };

export interface AttentionRules {
  readonly today: Day;
  /** False when the file says nothing about check-ins: then their absence is no reason. */
  readonly knowsCheckIns: boolean;
}

/** Why this row needs attention, the weightiest reason first; empty when it does not, or is Closed or Postponed. */
function reasonsFor(row: OkrRow, { today, knowsCheckIns }: AttentionRules): readonly AttentionReason[] {
  if (!isOpen(row)) return [];
  const reasons: AttentionReason[] = [];
  if (row.status === 'At Risk') reasons.push({ kind: 'atRisk' });
  if (row.endsOn !== undefined && overdue(row, today) === 'yes')
    reasons.push({ kind: 'overdue', endedOn: row.endsOn });
  if (row.status === 'Behind') reasons.push({ kind: 'behind' });
  if ((row.progress ?? 0) >= 100) return reasons;
  if (knowsCheckIns && lacksCheckIn(row, today) === 'yes') {
    reasons.push({ kind: 'noCheckIn', ...present({ since: lastCheckInOf(row) }) });
  }
  if (row.progress === 0 && isHalfOver(row, today)) reasons.push({ kind: 'noProgress' });
  return reasons;
}

function isHalfOver({ startsOn, endsOn }: OkrRow, today: Day): boolean {
  if (startsOn === undefined || endsOn === undefined || startsOn >= endsOn) return false;
  return daysBetween(startsOn, today) * 2 >= daysBetween(startsOn, endsOn);
}

/** What decides whether a row needs attention. */
const deciding: Readonly<Partial<Record<OkrField, UnreadFact>>> = {
  status: 'status',
  endsOn: 'endDate',
  lastCheckInOn: 'lastCheckIn',
  checkIns: 'lastCheckIn',
  progress: 'progress',
};

function unreadFactsOf(row: OkrRow): readonly UnreadFact[] {
  if (!isOpen(row)) return [];
  const facts = (row.unread ?? []).map((field) => deciding[field]).filter((fact) => fact !== undefined);
  return [...new Set(facts)];
}

export interface AttentionList {
  readonly consider: (row: OkrRow) => void;
  /** How many rows give no reason, though one may be among what could not be read. */
  readonly unjudged: () => number;
  /** At most five, the weightiest first; among equals those with less progress, then those that came first. */
  readonly items: () => readonly Attention[];
}

export function createAttentionList(rules: AttentionRules): AttentionList {
  const kept: { readonly item: Attention; readonly weight: number }[] = [];
  let unjudged = 0;
  return {
    unjudged: () => unjudged,
    consider: (row) => {
      const reasons = reasonsFor(row, rules);
      if (reasons.length === 0) {
        if (unreadFactsOf(row).length > 0) unjudged += 1;
        return;
      }
      const weight = weightOf(row, reasons);
      const at = kept.findIndex((other) => other.weight < weight);
      if (at === -1 && kept.length === maxItems) return;
      kept.splice(at === -1 ? kept.length : at, 0, { item: itemOf(row, reasons), weight });
      kept.length = Math.min(kept.length, maxItems);
    },
    items: () => kept.map(({ item }) => item),
  };
}

/** Progress tells apart only what the reasons and the level do not. */
const weightOf = (row: OkrRow, reasons: readonly AttentionReason[]): number =>
  reasons.reduce((sum, { kind }) => sum + weights[kind], levelWeights[row.level]) +
  (100 - Math.min(100, Math.max(0, row.progress ?? 0))) / 101;

const itemOf = (row: OkrRow, reasons: readonly AttentionReason[]): Attention => ({
  title: cutTitle(row.title),
  level: row.level,
  reasons,
  ...present({
    owner: row.owner === undefined ? undefined : cutTitle(row.owner),
    progress: row.progress,
    unread: unreadFactsOf(row).length === 0 ? undefined : unreadFactsOf(row),
  }),
});
