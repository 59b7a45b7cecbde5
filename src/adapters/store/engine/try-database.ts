/** Finds out whether a database can be used, without changing anything in it. */
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import * as z from 'zod';
import type { DatabaseWhere } from './database.ts';
import { present } from '../../../domain/present.ts';
import { openEmbedded } from './embedded-engine.ts';
import { codeOf } from './sql-errors.ts';
import { lookInside, type WhatItHolds } from './what-it-holds.ts';

export type DatabaseTrial =
  /** `engine` names product and version. */
  | { readonly kind: 'answers'; readonly engine: string; readonly holds?: WhatItHolds }
  /** The folder holds no database yet, and one can be made there. */
  | { readonly kind: 'new' }
  /** Another process holds the folder. */
  | { readonly kind: 'inUse' }
  | { readonly kind: 'notWritable' }
  /** What lies in the folder is no database that this version can open. */
  | { readonly kind: 'damaged' }
  /** The database answers, but this login may not make the tables. */
  | { readonly kind: 'mayNotCreate' }
  /** `code`: SQLSTATE or a network error of Node. */
  | { readonly kind: 'refused'; readonly code?: string };

/** @param tenants that the bot serves */
export const tryDatabase = (where: DatabaseWhere, tenants: ReadonlySet<string>): Promise<DatabaseTrial> =>
  where.kind === 'embedded' ? tryFolder(where.folder, tenants) : tryPostgres(where.url, tenants);

async function tryFolder(folder: string, tenants: ReadonlySet<string>): Promise<DatabaseTrial> {
  if (!isWritable(folder)) return { kind: 'notWritable' };
  if (!existsSync(path.join(folder, 'database'))) return { kind: 'new' };
  try {
    const { pglite, close } = await openEmbedded(folder);
    try {
      const holds = await lookInside(
        async (text, values) => (await pglite.query(text, values)).rows,
        tenants,
      );
      return { kind: 'answers', engine: 'the embedded database', ...present({ holds }) };
    } finally {
      await close();
    }
  } catch (error) {
    // SQLITE_BUSY, from the lock of the folder.
    const isHeld = error instanceof Error && numberOf(error.cause) === 5;
    return { kind: isHeld ? 'inUse' : 'damaged' };
  }
}

/** A folder that is not there yet is made in the nearest one above it. */
function isWritable(folder: string): boolean {
  const resolved = path.resolve(folder);
  const above = path.dirname(resolved);
  if (!existsSync(resolved) && above !== resolved) return isWritable(above);
  try {
    accessSync(resolved, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const numberOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;

const rights = z.object({ version: z.string(), may_create: z.boolean() });

/** The queue has a schema of its own; once it is there, no right to create is needed any more. */
const question = `SELECT current_setting('server_version') AS version,
  EXISTS (SELECT FROM pg_namespace WHERE nspname = 'pgboss')
    OR (has_database_privilege(current_database(), 'CREATE')
      AND coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)) AS may_create`;

async function tryPostgres(url: string, tenants: ReadonlySet<string>): Promise<DatabaseTrial> {
  try {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      application_name: 'goals-export-bot doctor',
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(question);
      const { version, may_create } = rights.parse(rows[0]);
      if (!may_create) return { kind: 'mayNotCreate' };
      const holds = await lookInside(
        async (text, values) => (await client.query<object>(text, values)).rows,
        tenants,
      );
      return { kind: 'answers', engine: `PostgreSQL ${version}`, ...present({ holds }) };
    } finally {
      await client.end();
    }
  } catch (error) {
    const code = codeOf(error);
    return { kind: 'refused', ...(typeof code === 'string' ? { code } : {}) };
  }
}
