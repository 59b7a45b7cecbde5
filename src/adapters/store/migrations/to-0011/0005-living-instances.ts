/** Adds the instances' heartbeats. */
import { sql, type Kysely } from 'kysely';

export const livingInstances = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`CREATE TABLE instances (id text PRIMARY KEY, seen_at timestamptz NOT NULL)`.execute(db);
  },
};
