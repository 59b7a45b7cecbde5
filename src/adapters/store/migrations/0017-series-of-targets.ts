/** Names a series of exports by its source, too: two sources may have one key. */
import { sql, type Kysely } from 'kysely';

/** SHA-256 of JSON, in base64url; tenants, people and keys so far are GUIDs, which JSON leaves as they are. */
const seriesOf = (kind: string, name: string): string =>
  `translate(rtrim(encode(sha256(convert_to(
    '["' || e.tenant_id || '","' || e.user_id || '","${kind}","' || ${name} || '"]', 'UTF8')), 'base64'), '='), '+/', '-_')`;

const statements = [
  `UPDATE snapshots SET series = ${seriesOf('target', `e.source || ' ' || e.target_key`)}
    FROM exports e WHERE snapshots.tenant_id = e.tenant_id AND snapshots.user_id = e.user_id
      AND snapshots.series = ${seriesOf('view', 'e.target_key')}`,
];

export const seriesOfTargets = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
