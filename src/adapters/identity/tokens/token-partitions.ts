/** Stores a person's tokens in one sealed row, which only who saw its latest version may replace. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Log } from '../../../ports/runtime.ts';
import type { Alongside } from '../../../ports/user-tokens.ts';
import type { ScopedDb, ScopedQueries, TransactWithin } from '../../store/engine/database.ts';
import { createBatches } from '../../../blocks/batches.ts';
import type { Sealer } from './encryption.ts';

export interface Tokens {
  /** msal's key of the account, stored as msal returned it: a guest's names their home tenant. */
  readonly homeAccountId: string;
  /** msal's serialised cache. */
  readonly cache: string;
}

/** What was found; `mark` recognises the row again. */
export type Held =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'tokens'; readonly tokens: Tokens; readonly mark: string }
  /** A key is missing or a byte differs; the next sign-in replaces it. */
  | { readonly kind: 'unreadable'; readonly mark: string };

/** Hexadecimal digits of the nonce and the authentication tag, which are new with each sealing. */
const headLength = 58;
/** Of a sealed row: enough to recognise it. */
export const headOf = (sealed: string): string => sealed.slice(0, headLength);

export interface TokenPartitions {
  readonly load: (person: Person) => Promise<Held>;
  /** The head of the sealed row as it is now, undefined where there is none; for many people in one statement. */
  readonly headNow: (person: Person) => Promise<string | undefined>;
  /** False when the row is no longer the one that was seen: somebody else was faster, or the tokens were forgotten. */
  readonly replace: (person: Person, seen: Held, tokens: Tokens) => Promise<boolean>;
  /**
   * The same in one transaction with what `alongside` writes; the new row's mark, or undefined where the row was not replaced and
   * nothing is written.
   */
  readonly replaceAlongside: (
    person: Person,
    seen: Held,
    tokens: Tokens,
    alongside: Alongside,
  ) => Promise<string | undefined>;
  /** Removes the row that was seen, or whatever is there. */
  readonly remove: (person: Person, seen?: Held) => Promise<void>;
  /** Removes whatever is there, in one transaction with what `alongside` writes. */
  readonly removeAlongside: (person: Person, alongside: Alongside) => Promise<void>;
}

export interface TokenPartitionsDeps {
  readonly db: ScopedDb;
  readonly transact: TransactWithin;
  readonly sealer: Sealer;
  readonly log: Pick<Log, 'warn'>;
}

export function createTokenPartitions(deps: TokenPartitionsDeps): TokenPartitions {
  const { db, transact, sealer } = deps;
  return {
    load: (person) => load(deps, person),
    // A millisecond, so that looks that begin together are one batch, not one and all the others.
    headNow: createBatches({
      ask: (people) => headsNow(db.acrossTenants('tokens of many people in one statement'), people),
      keyOf,
      gatherFor: 1,
    }),
    replace: async (person, seen, tokens) =>
      (await replace(db.ofPerson(person), sealer, { person, seen, tokens })) !== undefined,
    replaceAlongside: (person, seen, tokens, alongside) =>
      transact(async (stores, trx) => {
        const mark = await replace(trx.ofPerson(person), sealer, { person, seen, tokens });
        if (mark !== undefined) await alongside(stores);
        return mark;
      }),
    remove: (person, seen) => remove(db.ofPerson(person), person, seen),
    removeAlongside: (person, alongside) =>
      transact(async (stores, trx) => {
        await remove(trx.ofPerson(person), person);
        await alongside(stores);
      }),
  };
}

const keyOf = ({ tenantId, userId }: Person): string => JSON.stringify([tenantId, userId]);

async function headsNow(
  db: ScopedQueries,
  people: readonly Person[],
): Promise<readonly (string | undefined)[]> {
  const rows = await db
    .selectFrom('token_partitions')
    .select((row) => [
      'tenant_id as tenantId',
      'user_id as userId',
      row.fn<string>('left', ['sealed', row.lit(headLength)]).as('head'),
    ])
    .where((row) => row.or(people.map((person) => row.and(rowOf(person)))))
    .execute();
  const heads = new Map(rows.map(({ head, ...person }) => [keyOf(person), head]));
  return people.map((person) => heads.get(keyOf(person)));
}

const rowOf = (person: Person) => ({ tenant_id: person.tenantId, user_id: person.userId });

async function load({ db, sealer, log }: TokenPartitionsDeps, person: Person): Promise<Held> {
  const row = await db
    .ofPerson(person)
    .selectFrom('token_partitions')
    .select(['home_account_id', 'key_id', 'sealed'])
    .where((where) => where.and(rowOf(person)))
    .executeTakeFirst();
  if (row === undefined) return { kind: 'nothing' };
  const bytes = Buffer.from(row.sealed, 'hex');
  const cache = sealer.open(person, { keyId: row.key_id, bytes });
  if (cache !== undefined)
    return { kind: 'tokens', tokens: { homeAccountId: row.home_account_id, cache }, mark: row.sealed };
  log.warn(
    { tenantId: person.tenantId, userId: person.userId, keyId: row.key_id },
    'stored tokens do not open: the person has to sign in again',
  );
  return { kind: 'unreadable', mark: row.sealed };
}

interface Replacement {
  readonly person: Person;
  readonly seen: Held;
  readonly tokens: Tokens;
}

async function replace(
  db: ScopedQueries,
  sealer: Sealer,
  { person, seen, tokens }: Replacement,
): Promise<string | undefined> {
  const { keyId, bytes } = sealer.seal(person, tokens.cache);
  // Hexadecimal, so that a search of the store for tokens (`eyJ…`) never finds one by chance.
  const sealed = Buffer.from(bytes).toString('hex');
  const row = { home_account_id: tokens.homeAccountId, key_id: keyId, sealed };
  if (seen.kind === 'nothing') {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('token_partitions')
      .values({ ...rowOf(person), ...row, version: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n ? sealed : undefined;
  }
  // Every sealing draws a nonce, so the text itself tells rows apart, also across a sign-out and a sign-in.
  const { numUpdatedRows } = await db
    .updateTable('token_partitions')
    .set((set) => ({ ...row, version: set('version', '+', 1), updated_at: set.fn('now') }))
    .where((where) => where.and({ ...rowOf(person), sealed: seen.mark }))
    .executeTakeFirst();
  return numUpdatedRows === 1n ? sealed : undefined;
}

async function remove(db: ScopedQueries, person: Person, seen?: Held): Promise<void> {
  const mark = seen === undefined || seen.kind === 'nothing' ? {} : { sealed: seen.mark };
  await db
    .deleteFrom('token_partitions')
    .where((where) => where.and({ ...rowOf(person), ...mark }))
    .execute();
}

/** Renewed tokens. `superseded`: newer ones are there already; `forgotten`: the person signed out meanwhile. */
export async function keepRenewed(
  partitions: Pick<TokenPartitions, 'load' | 'replace'>,
  person: Person,
  seen: Extract<Held, { kind: 'tokens' }>,
  tokens: Tokens,
): Promise<'kept' | 'superseded' | 'forgotten'> {
  if (await partitions.replace(person, seen, tokens)) return 'kept';
  const now = await partitions.load(person);
  if (now.kind === 'nothing') return 'forgotten';
  // The same tokens under another key are no newer than ours.
  const isResealed = now.kind === 'tokens' && now.tokens.cache === seen.tokens.cache;
  if (isResealed && (await partitions.replace(person, now, tokens))) return 'kept';
  return 'superseded';
}

/** Tokens of a new sign-in replace whatever is there, in one transaction with what `alongside` writes. Resolves with the row's mark. */
export async function keepSignedIn(
  partitions: Pick<TokenPartitions, 'load' | 'replaceAlongside'>,
  person: Person,
  { seen, tokens }: { readonly seen: Held; readonly tokens: Tokens },
  alongside: Alongside,
): Promise<string> {
  let latest = seen;
  for (let tries = 0; tries < 5; tries += 1) {
    const mark = await partitions.replaceAlongside(person, latest, tokens, alongside);
    if (mark !== undefined) return mark;
    latest = await partitions.load(person);
  }
  throw new Error('The tokens of a sign-in could not be kept: others kept changing them.');
}
