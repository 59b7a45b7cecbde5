/** Opens the audit trail of one tenant for an operator: to check its chain, and to write it down as JSON lines or CSV. */
import { createVault } from '../adapters/identity/tokens/encryption.ts';
import { csvLine } from '../adapters/okr-files/spreadsheet-csv/make-spreadsheet-csv.ts';
import { readTrail, type AuditRecord, type Span } from '../adapters/store/audit/read-entries.ts';
import { verifyChain, type Finding, type Link, type Verdict } from '../adapters/store/audit/verify-chain.ts';
import { openDatabase } from '../adapters/store/engine/database.ts';
import type { Config } from '../config.ts';
import type { Log } from '../ports/runtime.ts';

export type { Finding, Link, Span };

export interface AuditTrail {
  readonly verify: (noted?: Link) => Promise<Verdict>;
  readonly lines: (format: 'jsonl' | 'csv', span: Span) => AsyncGenerator<string>;
  readonly close: () => Promise<void>;
}

/** @throws Error when the database cannot be opened; an embedded one is in use while the bot runs */
export async function openAuditTrail(
  config: Pick<Config, 'database' | 'encryptionKeys'>,
  tenantId: string,
  log: Log,
): Promise<AuditTrail> {
  const { db, close } = await openDatabase(config.database, { log });
  const deps = { db, vault: createVault(config.encryptionKeys) };
  return {
    verify: (noted) => verifyChain(deps, tenantId, noted),
    lines: (format, span) => linesOf(readTrail(deps, tenantId, span), format),
    close,
  };
}

async function* linesOf(
  records: AsyncIterable<AuditRecord>,
  format: 'jsonl' | 'csv',
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(Object.keys(columns));
  for await (const record of records)
    yield format === 'csv' ? csvLine(cellsOf(record)) : `${JSON.stringify(record)}\n`;
}

const columns: Readonly<Record<string, (record: AuditRecord) => string | number | undefined>> = {
  seq: ({ seq }) => seq,
  at: ({ at }) => at.toISOString(),
  event: ({ event, unreadable }) => (unreadable === true ? 'unreadable' : event),
  outcome: ({ outcome }) => outcome,
  person: ({ person }) => person,
  pseudonym: ({ pseudonym }) => pseudonym,
  source: ({ source }) => source,
  target: ({ target }) => target,
  subject: ({ subject }) => subject,
  placeKind: ({ place }) => place?.kind,
  place: ({ place }) => place?.id,
  id: ({ id }) => id,
  hash: ({ hash }) => hash,
};

const cellsOf = (record: AuditRecord): readonly string[] =>
  Object.values(columns).map((cellOf) => String(cellOf(record) ?? ''));
