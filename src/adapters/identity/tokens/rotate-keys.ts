/** Brings everybody's tokens under the newest key, while bots go on using them. */
import type { ScopedDb } from '../../store/engine/database.ts';
import { createSealer, type EncryptionKey, type Sealer } from './encryption.ts';

export interface RotateKeysDeps {
  readonly db: ScopedDb;
  /** Newest first. */
  readonly keys: readonly EncryptionKey[];
  /** Rows read at once, default 100. */
  readonly batch?: number;
}

/** Numbers of people. */
export interface KeysRotated {
  readonly resealed: number;
  /** Their key is not among `keys`, or a byte differs: they are going to be asked to sign in. */
  readonly unreadable: number;
}

interface Row {
  readonly tenant_id: string;
  readonly user_id: string;
  readonly key_id: string;
  readonly sealed: string;
}

/** May be broken off and repeated at any time. Throws when there is no key or one is not 256 bits long. */
export async function rotateKeys(deps: RotateKeysDeps): Promise<KeysRotated> {
  const sealer = createSealer(deps.keys);
  let resealed = 0;
  for (;;) {
    const pass = await passOver(deps, sealer);
    resealed += pass.resealed;
    // A bot that has not got the newest key yet may just have sealed with an older one.
    if (pass.overtaken === 0) return { resealed, unreadable: pass.unreadable };
  }
}

type Outcome = keyof KeysRotated | 'overtaken';

async function passOver(deps: RotateKeysDeps, sealer: Sealer): Promise<Readonly<Record<Outcome, number>>> {
  const counts = { resealed: 0, unreadable: 0, overtaken: 0 };
  let rows = await olderRows(deps);
  while (rows.length > 0) {
    for (const row of rows) counts[await reseal(deps, sealer, row)] += 1;
    rows = await olderRows(deps, rows.at(-1));
  }
  return counts;
}

function olderRows({ db, keys, batch = 100 }: RotateKeysDeps, after?: Row): Promise<readonly Row[]> {
  let older = db
    .acrossTenants('all that is under an older key')
    .selectFrom('token_partitions')
    .select(['tenant_id', 'user_id', 'key_id', 'sealed'])
    .where('key_id', '<>', keys[0]?.id ?? '')
    .orderBy('tenant_id')
    .orderBy('user_id')
    .limit(batch);
  if (after !== undefined) {
    older = older.where((where) =>
      where.eb(where.refTuple('tenant_id', 'user_id'), '>', where.tuple(after.tenant_id, after.user_id)),
    );
  }
  return older.execute();
}

/** Replaces only the row that was read: what a renewal or a sign-out did meanwhile stands. */
async function reseal({ db }: RotateKeysDeps, sealer: Sealer, row: Row): Promise<Outcome> {
  const person = { tenantId: row.tenant_id, userId: row.user_id };
  const text = sealer.open(person, { keyId: row.key_id, bytes: Buffer.from(row.sealed, 'hex') });
  if (text === undefined) return 'unreadable';
  const { keyId, bytes } = sealer.seal(person, text);
  const { numUpdatedRows } = await db
    .ofPerson(person)
    .updateTable('token_partitions')
    .set({ key_id: keyId, sealed: Buffer.from(bytes).toString('hex') })
    .where('tenant_id', '=', row.tenant_id)
    .where('user_id', '=', row.user_id)
    .where('sealed', '=', row.sealed)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? 'resealed' : 'overtaken';
}
