/** Lists what the audit trail tells of, and what one of its entries says: ids and words of ours, never a name or content. */

export const auditEvents = [
  'exportAsked',
  'exportResumed',
  'exportStarted',
  'exportEnded',
  'fileDownloaded',
  'fileSaved',
  'summaryShared',
  'nameShared',
  'signedIn',
  'signInFailed',
  'signedOut',
  'adminConsented',
  'scheduleMade',
  'scheduleChanged',
  'schedulePaused',
  'scheduleResumed',
  'scheduleEnded',
  'scheduleRun',
  'dataDeleted',
] as const;

type AuditEvent = (typeof auditEvents)[number];

/** What it is about, beside who did it and when. */
export interface AuditDetails {
  readonly event: AuditEvent;
  /** What came of it, how, or why. */
  readonly outcome?: string;
  readonly source?: string;
  /** The target's key in its source. */
  readonly target?: string;
  /** The id of an export, a file, a schedule or a name. */
  readonly subject?: string;
  readonly place?: AuditPlace;
}

interface AuditPlace {
  readonly kind: 'personal' | 'groupChat' | 'channel';
  /** Absent for a personal chat, whose id would tell whose it is. */
  readonly id?: string;
}

export interface AuditEntry extends AuditDetails {
  readonly tenantId: string;
  /** Absent where nobody is known to have done it. */
  readonly userId?: string;
  readonly at: Date;
  /** Written once, however often it is recorded under this key. */
  readonly once?: string;
}

/** Where something happened, as it may be told. */
export const auditPlace = ({
  kind,
  conversationId,
}: {
  readonly kind: AuditPlace['kind'];
  readonly conversationId: string;
}): AuditPlace => (kind === 'personal' ? { kind } : { kind, id: conversationId });
