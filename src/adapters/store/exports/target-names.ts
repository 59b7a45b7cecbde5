/** Stores the names that people give to what they export, sealed: port TargetNames. */
import { sql } from 'kysely';
import * as z from 'zod';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { TargetName } from '../../../domain/exports/target-name.ts';
import { present } from '../../../domain/present.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import type { TargetNames } from '../../../ports/target-names.ts';
import { openJson, sealJson, sealedAsText } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';

const placeOf = (id: string): string => `target_names ${id}`;

/** The source and its key stand open, as they do in the exports of the same. */
const sealedSchema = z.object({
  name: z.string(),
  label: z.string(),
  address: z.string().exactOptional(),
  place: z.string().exactOptional(),
});

export const createTargetNames = (db: ScopedDb, vault: Vault): TargetNames => ({
  of: async (person) => {
    const rows = await db
      .ofPerson(person)
      .selectFrom('target_names')
      .select(['id', 'source', 'target_key', 'given_at', 'key_id', sealedAsText.as('sealed')])
      .where('tenant_id', '=', person.tenantId)
      .where('user_id', '=', person.userId)
      .orderBy('given_at', 'desc')
      .orderBy('id')
      .execute();
    const names = await Promise.all(rows.map((row) => nameOf(vault, person, row)));
    return names.filter((name) => name !== undefined);
  },
  lock: async ({ tenantId, userId }) => {
    const key = `names of ${tenantId} ${userId}`;
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(
      db.ofPerson({ tenantId, userId }),
    );
  },
  give: async (person, name) => {
    const { source, key } = name.target;
    const whose = { tenant_id: person.tenantId, user_id: person.userId };
    const what = { id: name.id, source, target_key: key, given_at: name.givenAt };
    const sealed = await seal(vault, person, name);
    await db
      .ofPerson(person)
      .insertInto('target_names')
      .values({ ...whose, ...what, ...sealed })
      .execute();
  },
  rename: async (person, name) => {
    const sealed = await seal(vault, person, name);
    await db
      .ofPerson(person)
      .updateTable('target_names')
      .set(sealed)
      .where('id', '=', name.id)
      .where('tenant_id', '=', person.tenantId)
      .where('user_id', '=', person.userId)
      .execute();
  },
  forget: async (person, id) => {
    await db
      .ofPerson(person)
      .deleteFrom('target_names')
      .where('id', '=', id)
      .where('tenant_id', '=', person.tenantId)
      .where('user_id', '=', person.userId)
      .execute();
  },
});

const seal = (vault: Vault, person: Person, { id, name, target }: TargetName) => {
  const { label, address, place } = target;
  return sealJson(vault, person, placeOf(id), { name, label, ...present({ address, place }) });
};

interface Row {
  readonly id: string;
  readonly source: string;
  readonly target_key: string;
  readonly given_at: Date;
  readonly key_id: string;
  readonly sealed: string;
}

/** Undefined when a key is gone or the row was altered. */
async function nameOf(vault: Vault, person: Person, row: Row): Promise<TargetName | undefined> {
  const opened = sealedSchema.safeParse(await openJson(vault, person, placeOf(row.id), row)).data;
  if (opened === undefined) return undefined;
  const { name, ...shown } = opened;
  const target = { source: row.source, key: row.target_key, ...shown };
  return { id: row.id, name, target, givenAt: row.given_at };
}
