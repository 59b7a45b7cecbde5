/** Says how the audit trail is written: in the transaction of what it tells of. */
import type { AuditEntry } from '../domain/audit/audit-entry.ts';
import type { Person } from '../domain/exports/export-job.ts';

/** Nothing is changed afterwards; it is chained in the background. */
export interface Audit {
  readonly record: (entry: AuditEntry) => Promise<void>;
  /** What tells of the person stays, under a pseudonym that leads to nobody any more. */
  readonly forget: (person: Person) => Promise<void>;
}
