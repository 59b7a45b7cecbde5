/** Types the tables of the audit trail, as both engines give the rows back. */
import type { Generated } from 'kysely';

interface AuditEntriesTable {
  id: string;
  /** In which they were written; `bigint`, which the engines give back differently. */
  position: Generated<unknown>;
  tenant_id: string;
  /** Of whoever did it, or empty; once it is chained, their pseudonym. Sealed for it. */
  user_id: string;
  at: Date;
  key_id: string;
  sealed: Uint8Array;
  /** Absent until it is chained. */
  seq: Generated<number | null>;
  hash: Generated<string | null>;
}

interface AuditChainsTable {
  /** The tenant's, as is `tenant_id`. */
  id: string;
  tenant_id: string;
  /** Empty: the key of the chain is sealed for nobody. */
  user_id: string;
  key_id: string;
  sealed: Uint8Array;
  head_seq: number;
  head_hash: string;
  /** The last one that retention has removed. */
  anchor_seq: number;
  anchor_hash: string;
  mac: string;
}

export interface AuditTables {
  audit_entries: AuditEntriesTable;
  /** `id` is the pseudonym. */
  audit_people: { id: string; tenant_id: string; user_id: string };
  audit_chains: AuditChainsTable;
}
