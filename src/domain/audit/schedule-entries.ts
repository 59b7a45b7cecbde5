/** Says what the audit trail tells of a schedule that was changed: how it stands now, and how its runs went. */
import type { Person } from '../exports/export-job.ts';
import type { Run, RunOutcome, Schedule } from '../schedules/schedule.ts';
import { auditPlace, type AuditDetails, type AuditEntry } from './audit-entry.ts';

/**
 * @param before undefined where it is new
 * @param by who did it, where it was not its owner or the time
 */
export function scheduleEntries(
  before: Schedule | undefined,
  after: Schedule,
  at: Date,
  by: Person = after.owner,
): readonly AuditEntry[] {
  const { id, target, conversation } = after;
  const about = {
    tenantId: by.tenantId,
    userId: by.userId,
    at,
    source: target.source,
    target: target.key,
    subject: id,
    place: auditPlace(conversation),
  };
  const told = [...runsTold(before?.lastRun, after.lastRun), ...standingTold(before, after)];
  return told.map((details) => ({ ...about, ...details }));
}

/** What its owner was only asked about is not told. */
function standingTold(before: Schedule | undefined, after: Schedule): readonly AuditDetails[] {
  const { state } = after;
  const was = before === undefined || before.state.kind === 'offered' ? undefined : before;
  if (was === undefined) return state.kind === 'active' ? [{ event: 'scheduleMade' }] : [];
  const extended: readonly AuditDetails[] =
    was.until.getTime() === after.until.getTime() ? [] : [{ event: 'scheduleChanged', outcome: 'extended' }];
  if (state.kind === was.state.kind) return extended;
  switch (state.kind) {
    case 'active':
      return [...extended, { event: 'scheduleResumed' }];
    case 'paused':
      return [...extended, { event: 'schedulePaused', outcome: state.why }];
    case 'ended':
      return [...extended, { event: 'scheduleEnded', outcome: state.why }];
    case 'offered':
      return extended;
  }
}

const goesOn = (outcome: RunOutcome): boolean => outcome === 'underWay' || outcome === 'waitingForSignIn';

function runsTold(before: Run | undefined, after: Run | undefined): readonly AuditDetails[] {
  if (after === undefined) return [];
  const isSame = before?.dueAt.getTime() === after.dueAt.getTime();
  const told: AuditDetails[] = [];
  // One that still waited for its owner, or for its export, when the next was due.
  if (!isSame && before !== undefined && goesOn(before.outcome))
    told.push({ event: 'scheduleRun', outcome: 'skipped' });
  if (!isSame) told.push({ event: 'scheduleRun', outcome: after.byHand === true ? 'begunByHand' : 'begun' });
  const isNews = !isSame || before.outcome !== after.outcome;
  if (isNews && !goesOn(after.outcome)) told.push({ event: 'scheduleRun', outcome: after.outcome });
  return told;
}
