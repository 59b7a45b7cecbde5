/** Says what the audit trail tells of an export that moves on: one entry for each move that it tells of at all. */
import type { ExportEvent } from '../exports/export-event.ts';
import { isOpen, type ExportJob, type ExportState } from '../exports/export-job.ts';
import type { AuditDetails, AuditEntry } from './audit-entry.ts';

/** Whose it is, and of what. */
export const aboutExport = ({ id, requester, target }: Pick<ExportJob, 'id' | 'requester' | 'target'>) => ({
  tenantId: requester.tenantId,
  userId: requester.userId,
  source: target.source,
  target: target.key,
  subject: id,
});

export function exportEntry(
  before: ExportJob,
  event: ExportEvent,
  after: ExportJob,
  at: Date,
): AuditEntry | undefined {
  const told = toldOf(before, event, after);
  return told && { ...aboutExport(after), at, ...told };
}

function toldOf(before: ExportJob, event: ExportEvent, after: ExportJob): AuditDetails | undefined {
  if (event.type === 'exportAccepted') return { event: 'exportStarted', outcome: 'accepted' };
  if (event.type === 'exportJoined') return { event: 'exportStarted', outcome: 'joined' };
  // What was paused may go on by itself.
  if (!isOpen(before) && isOpen(after))
    return event.type === 'retried'
      ? { event: 'exportAsked', outcome: 'retried' }
      : { event: 'exportResumed' };
  const outcome = isOpen(before) ? endOf(after.state) : undefined;
  return outcome === undefined ? undefined : { event: 'exportEnded', outcome };
}

/** Undefined while it is open. */
function endOf(state: ExportState): string | undefined {
  switch (state.status) {
    case 'ready':
    case 'expired':
      return state.status;
    case 'failed':
      return `failed: ${state.reason}`;
    case 'stopped':
      return `stopped: ${state.by}`;
    case 'parked':
      return `parked: ${state.cause}`;
    case 'requested':
    case 'waitingForSignIn':
    case 'starting':
    case 'waiting':
    case 'running':
      return undefined;
  }
}
