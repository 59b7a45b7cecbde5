/** Turns an audit entry into a row and back: sealed, so that whoever has only the database reads none and forges none. */
import { createHash, randomUUID } from 'node:crypto';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import * as z from 'zod';
import { auditEvents, type AuditDetails, type AuditEntry } from '../../../domain/audit/audit-entry.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { fromColumn, toColumn } from '../rows/column-values.ts';
import type { Tables } from '../rows/table-types.ts';

/** Bound to its row: what is sealed for another one does not open. */
const placeOf = (id: string): string => `audit_entries ${id}`;

const detailsSchema: z.ZodType<AuditDetails> = z.object({
  event: z.enum(auditEvents),
  outcome: z.string().exactOptional(),
  source: z.string().exactOptional(),
  target: z.string().exactOptional(),
  subject: z.string().exactOptional(),
  place: z
    .object({ kind: z.enum(['personal', 'groupChat', 'channel']), id: z.string().exactOptional() })
    .exactOptional(),
});

export const parseDetails = (text: string): AuditDetails => detailsSchema.parse(JSON.parse(text));

/** As a row of `values`, in the order of `entryColumns`; typed, because it may stand in a SELECT. */
export function valuesOf(vault: Vault, entry: AuditEntry): RawBuilder<unknown> {
  const { tenantId, userId = '', at, once, ...details } = entry;
  const id = once === undefined ? randomUUID() : idOf(tenantId, once);
  const { keyId, bytes } = sealText(vault, { id, tenantId, userId }, JSON.stringify(details));
  return sql`${id}::text, ${tenantId}::text, ${userId}::text, ${at}::timestamptz, ${keyId}::text, ${toColumn(bytes)}`;
}

export const entryColumns = sql`id, tenant_id, user_id, at, key_id, sealed`;

const idOf = (tenantId: string, once: string): string =>
  createHash('sha256')
    .update(JSON.stringify([tenantId, once]))
    .digest('base64url');

interface Owned {
  readonly id: string;
  readonly tenantId: string;
  /** Or the pseudonym, once it is chained. */
  readonly userId: string;
}

export const sealText = (vault: Vault, { id, ...person }: Owned, text: string) =>
  vault.seal(person, placeOf(id), Buffer.from(text, 'utf8'));

/** A row as it is selected, `sealed` in base64. */
export interface EntryRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly user_id: string;
  readonly at: Date;
  readonly key_id: string;
  readonly sealed: string;
}

/** Undefined when its key is gone, or the row was altered or forged. */
export function openText(vault: Vault, row: EntryRow): string | undefined {
  const person = { tenantId: row.tenant_id, userId: row.user_id };
  const sealed = { keyId: row.key_id, bytes: fromColumn(row.sealed) };
  const bytes = vault.open(person, placeOf(row.id), sealed);
  return bytes && Buffer.from(bytes).toString('utf8');
}

/** Until the transaction ends: a trigger refuses it otherwise. */
export async function allowRemoval(db: Kysely<Tables>): Promise<void> {
  await sql`SELECT set_config('okr_export.audit_retention', 'on', true)`.execute(db);
}
