/** Runs an SSO exchange, which Teams sends from every client, once across instances: port SsoExchanges. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import * as z from 'zod';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { ExchangeOutcome, SsoExchanges } from '../../../ports/sign-ins.ts';
import { secondsFromNow } from '../rows/lease.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

const lifetimeSeconds = 15 * 60;
/** A winner that has not answered by then has died; the next caller takes over. */
const leaseSeconds = 8;
const patienceMilliseconds = 10_000;
const pollMilliseconds = 50;

type Key = Person & { readonly exchangeId: string };
type Run = () => Promise<ExchangeOutcome>;

/** Callers must not be inside a transaction: they wait for each other. */
export const createSsoExchanges = (scoped: ScopedDb): SsoExchanges => ({
  once: async ({ tenantId, userId }, exchangeId, run) => {
    const key = { tenantId, userId, exchangeId };
    const db = scoped.ofPerson(key);
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      const holder = randomUUID();
      if (await win(db, key, holder)) return runAndTell(db, key, holder, run);
      const outcome = await told(db, key);
      if (outcome !== undefined) return outcome;
      if (Date.now() >= deadline) return 'unavailable';
      await pause(pollMilliseconds);
    }
  },
});

/** Takes the exchange when nobody has had it in the last 15 minutes, or when whoever has it is late. */
async function win(db: Kysely<Tables>, key: Key, holder: string): Promise<boolean> {
  const mine = {
    holder,
    outcome: null,
    lease_until: secondsFromNow(leaseSeconds),
    expires_at: secondsFromNow(lifetimeSeconds),
  };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('sso_exchanges')
    .values({ tenant_id: key.tenantId, user_id: key.userId, exchange_id: key.exchangeId, ...mine })
    .onConflict((taken) =>
      taken
        .columns(['tenant_id', 'user_id', 'exchange_id'])
        .doUpdateSet(mine)
        .where(
          sql<boolean>`(sso_exchanges.expires_at <= now()
            OR (sso_exchanges.outcome IS NULL AND sso_exchanges.lease_until <= now()))`,
        ),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

async function runAndTell(db: Kysely<Tables>, key: Key, holder: string, run: Run): Promise<ExchangeOutcome> {
  try {
    const outcome = await run();
    await db
      .updateTable('sso_exchanges')
      .set({ outcome })
      .where(is(key))
      .where('holder', '=', holder)
      .execute();
    return outcome;
  } catch (error) {
    await db.deleteFrom('sso_exchanges').where(is(key)).where('holder', '=', holder).execute();
    throw error;
  }
}

const outcomeSchema: z.ZodType<ExchangeOutcome> = z.enum([
  'signedIn',
  'interactionNeeded',
  'refused',
  'unavailable',
] as const);

async function told(db: Kysely<Tables>, key: Key): Promise<ExchangeOutcome | undefined> {
  const row = await db.selectFrom('sso_exchanges').select('outcome').where(is(key)).executeTakeFirst();
  return outcomeSchema.nullish().parse(row?.outcome) ?? undefined;
}

const is = (key: Key) =>
  sql<boolean>`tenant_id = ${key.tenantId} AND user_id = ${key.userId} AND exchange_id = ${key.exchangeId}`;
