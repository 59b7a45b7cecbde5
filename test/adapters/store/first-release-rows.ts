/** Rows as the first release left them, in plain SQL: they must outlive every later migration. */
import { sql, type Kysely } from 'kysely';
import { targetOf } from '../../../src/sources/goals/explorer-url.ts';
import type { Target } from '../../../src/domain/exports/target.ts';

export const tenantId = '5f0c1a52-3f6e-4d1b-9f5e-1c2d3e4f5a6b';
export const userId = '7a1d2e3f-4b5c-4d6e-8f90-a1b2c3d4e5f6';
const organizationId = '94a356ab-53d5-40e7-8a85-053d6d3b9eb3';
const when = '2026-02-03T04:05:06.007Z';

/** One export in each state that the first release knew. */
export const states: Readonly<Record<string, object>> = {
  requested: {},
  waitingForSignIn: { cause: 'claims', claims: '{"access_token":{}}', graphJobId: 'j!1' },
  starting: { outcomeUnknown: true },
  waiting: { graphJobId: 'j!2' },
  running: { graphJobId: 'j!3', graphStatus: 'warming', missingSince: when },
  ready: { graphJobId: 'j!4', expiresAt: when, size: 12_345 },
  failed: { reason: 'graphFailed', graphJobId: 'j!5', requestId: 'r-5' },
  expired: { graphJobId: 'j!6', expiredAt: when },
  stopped: { by: 'noSignIn', graphJobId: 'j!7' },
  parked: { cause: 'oddAnswers', graphJobId: 'j!8' },
};
const open = ['requested', 'waitingForSignIn', 'starting', 'waiting', 'running'];

/** Made from the status, so that a test can name them. */
export const exportIdOf = (status: string): string =>
  `00000000-0000-4000-8000-${String(Object.keys(states).indexOf(status)).padStart(12, '0')}`;

export async function insertFirstReleaseRows(db: Kysely<unknown>): Promise<void> {
  await sql`INSERT INTO conversations (tenant_id, base_id, kind, service_url, bot_channel_id, welcomed)
    VALUES (${tenantId}, 'a:chat', 'personal', 'https://smba.trafficmanager.net/emea/', '28:bot', true)`.execute(
    db,
  );
  const hasViews = await hasViewColumns(db);
  for (const [nth, [status, state]] of Object.entries(states).entries()) {
    const id = exportIdOf(status);
    const due = open.includes(status) ? { at: when, step: 'poll' } : { at: null, step: null };
    const [columns, values] = ofWhat(hasViews, viewIdOf(nth));
    await sql`INSERT INTO exports (id, tenant_id, user_id, user_name, channel_user_id, ${columns}, requested_at, since,
      status, is_open, state, due_at, due_step, contact, joined, past_runs, version)
      VALUES (${id}, ${tenantId}, ${userId}, 'Sample Person', '29:sample', ${values}, ${when}, ${when}, ${status},
      ${open.includes(status)}, ${JSON.stringify({ status, ...state })}, ${due.at}, ${due.step},
      '{"attempts":1,"signIns":0,"oddAnswers":0}', false, '[]', 3)`.execute(db);
    await sql`INSERT INTO cards (id, export_id, tenant_id, conversation_id, base_id, activity_id, shown_version)
      VALUES (${`card of ${status}`}, ${id}, ${tenantId}, 'a:chat', 'a:chat', ${`1764068${String(nth)}`}, 3)`.execute(
      db,
    );
  }
  await sql`INSERT INTO notices VALUES (${exportIdOf('ready')}, 'ready 1')`.execute(db);
  await sql`INSERT INTO inbound_activities VALUES (${tenantId}, 'a:chat', 'seen before', now())`.execute(db);
  await sql`INSERT INTO sign_in_requests VALUES ('request', ${tenantId}, ${userId}, 'Sample Person', '29:sample', ${tenantId},
    'a:chat', 'a:chat', 'signIn', true, NULL, '1764069', ${when})`.execute(db);
  await sql`INSERT INTO token_partitions VALUES (${tenantId}, ${userId}, 'home', 'k1', 'sealed', 4, ${when})`.execute(
    db,
  );
}

const viewIdOf = (nth: number): string => `00000000-0000-4000-9000-${String(nth).padStart(12, '0')}`;

/** What the export of a state is of. */
export const firstReleaseTarget = (status: string): Target =>
  targetOf({ organizationId, viewId: viewIdOf(Object.keys(states).indexOf(status)) });

/** Until migration 0012 an export named its organisation and view. */
async function hasViewColumns(db: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM information_schema.columns
    WHERE table_name = 'exports' AND column_name = 'view_id'`.execute(db);
  return rows.length > 0;
}

const ofWhat = (hasViews: boolean, viewId: string) =>
  hasViews
    ? [sql.raw('organization_id, view_id'), sql`${organizationId}, ${viewId}`]
    : [
        sql.raw('source, target_key, target_label, target_address, target_place'),
        sql.join(Object.values(targetOf({ organizationId, viewId }))),
      ];
