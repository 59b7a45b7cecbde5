/** Checks a tenant's audit chain from its anchor to its head, and says of each entry that is not as it was written. */
import { sql, type Kysely } from 'kysely';
import type { Vault } from '../../../ports/personal-data.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';
import { linkAfter } from './chain-entries.ts';
import { readChain, type Link } from './chain-head.ts';
import { entriesOf, type StoredEntry } from './read-entries.ts';
import { openText } from './stored-entry.ts';

export type { Link };

export type Finding =
  /** Entries from the one to the other are not there. */
  | { readonly kind: 'missing'; readonly from: number; readonly to: number }
  /** It does not open: it was altered, moved or forged, or its key is gone. */
  | { readonly kind: 'unreadable'; readonly seq?: number; readonly id: string }
  /** It does not follow from the entry before it. */
  | { readonly kind: 'broken'; readonly seq: number; readonly id: string }
  /** What is kept of the chain's ends was altered. */
  | { readonly kind: 'alteredEnds' }
  /** What is kept of the chain is gone, or its key is: nothing can be checked. */
  | { readonly kind: 'noChain' }
  /** The entry that the operator has noted is another one, or not there. */
  | { readonly kind: 'notAsNoted'; readonly seq: number };

export interface Verdict {
  readonly findings: readonly Finding[];
  /** Entries of the chain that are there. */
  readonly chained: number;
  /** Recorded a moment ago: not in the chain yet. */
  readonly pending: number;
  /** To be noted elsewhere: whoever puts an old copy of the whole database in its place is found by it alone. */
  readonly head?: Link;
  /** Entries up to this one were removed by retention. */
  readonly anchor?: Link;
}

/** @param noted an end of the chain that was printed before */
export const verifyChain = (
  { db, vault }: { readonly db: ScopedDb; readonly vault: Vault },
  tenantId: string,
  noted?: Link,
): Promise<Verdict> =>
  // As of one moment, while bots go on.
  db.transaction((trx) => verify(trx.ofTenant(tenantId), vault, tenantId, noted), 'repeatable read');

async function verify(
  db: Kysely<Tables>,
  vault: Vault,
  tenantId: string,
  noted: Link | undefined,
): Promise<Verdict> {
  const found = await readChain(db, vault, tenantId);
  const { chained, pending } = await countsOf(db, tenantId);
  const unopened = await unopenedPending(db, vault, tenantId);
  if (found.kind !== 'chain') {
    const isEmpty = found.kind === 'none' && chained === 0;
    const isNoted = noted === undefined || noted.seq === 0;
    const findings: readonly Finding[] = isEmpty && isNoted ? unopened : [{ kind: 'noChain' }, ...unopened];
    return { findings, chained, pending };
  }
  const { chain, isGenuine } = found;
  const findings: Finding[] = isGenuine ? [] : [{ kind: 'alteredEnds' }];
  let before = chain.anchor;
  let isAsNoted = noted === undefined || noted.seq <= chain.anchor.seq;
  if (noted?.seq === chain.anchor.seq) isAsNoted = noted.hash === chain.anchor.hash;
  for await (const row of entriesOf(db, tenantId)) {
    findings.push(...findingsAt(vault, chain.key, before, row));
    before = { seq: row.seq, hash: row.hash };
    if (noted?.seq === row.seq) isAsNoted = noted.hash === row.hash;
  }
  if (before.seq < chain.head.seq)
    findings.push({ kind: 'missing', from: before.seq + 1, to: chain.head.seq });
  else if (before.seq !== chain.head.seq || before.hash !== chain.head.hash)
    findings.push({ kind: 'alteredEnds' });
  if (noted !== undefined && !isAsNoted) findings.push({ kind: 'notAsNoted', seq: noted.seq });
  findings.push(...unopened);
  return { findings, chained, pending, head: chain.head, anchor: chain.anchor };
}

function findingsAt(vault: Vault, key: Uint8Array, before: Link, row: StoredEntry): readonly Finding[] {
  const { seq, id } = row;
  const missing: readonly Finding[] =
    seq === before.seq + 1 ? [] : [{ kind: 'missing', from: before.seq + 1, to: seq - 1 }];
  const text = openText(vault, row);
  if (text === undefined) return [...missing, { kind: 'unreadable', seq, id }];
  // Behind a gap nobody knows what it follows from.
  if (missing.length > 0) return missing;
  return linkAfter(key, before, row, text).hash === row.hash ? [] : [{ kind: 'broken', seq, id }];
}

async function countsOf(db: Kysely<Tables>, tenantId: string) {
  const { rows } = await sql<Pick<Verdict, 'chained' | 'pending'>>`SELECT
    count(*) FILTER (WHERE seq IS NOT NULL)::int AS chained, count(*) FILTER (WHERE seq IS NULL)::int AS pending
    FROM audit_entries WHERE tenant_id = ${tenantId}`.execute(db);
  return rows[0] ?? { chained: 0, pending: 0 };
}

async function unopenedPending(
  db: Kysely<Tables>,
  vault: Vault,
  tenantId: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const row of entriesOf(db, tenantId, 'pending'))
    if (openText(vault, row) === undefined) findings.push({ kind: 'unreadable', id: row.id });
  return findings;
}
