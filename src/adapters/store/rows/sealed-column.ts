/** Answers for bytes on their way to and from a `bytea` column: as base64, which the embedded engine takes ten times as fast. */
import { sql, type RawBuilder } from 'kysely';

export const toColumn = (bytes: Uint8Array): RawBuilder<Uint8Array> =>
  sql<Uint8Array>`decode(${Buffer.from(bytes).toString('base64')}, 'base64')`;

/** Of the column `sealed`; PostgreSQL breaks the lines, which does not matter. */
export const sealedAsText = sql<string>`encode(sealed, 'base64')`;

export const maybeSealedAsText = sql<string | null>`encode(sealed, 'base64')`;

export const fromColumn = (text: string): Uint8Array => Buffer.from(text, 'base64');
