/** Puts something of a person into every table, as the stores do, and counts what the tables hold. */
import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { createChainEntries } from '../../../src/adapters/store/audit/chain-entries.ts';
import type { ScopedDb, Tables } from '../../../src/adapters/store/engine/database.ts';
import { createStores } from '../../../src/adapters/store/stores.ts';
import type { Requester } from '../../../src/domain/exports/export-job.ts';
import type { Stores } from '../../../src/ports/runtime.ts';
import {
  snapshotOf,
  someConversation,
  someExport,
  someOwnFile,
  someReading,
  someTarget,
} from '../samples/sample-exports.ts';
import { someSchedule } from '../samples/sample-schedules.ts';
import { idleQueue, sampleVault } from '../samples/sample-vault.ts';
import { noLog } from './databases.ts';

type Db = Kysely<Tables>;

/** All of it is over: exports and schedules have ended, files were read. @returns the export's id */
export async function fillEveryTable(scoped: ScopedDb, person: Requester): Promise<string> {
  const db = scoped.acrossTenants('a test');
  const stores = createStores(scoped, idleQueue, sampleVault);
  const exportId = await fillExports(stores, person);
  await fillFiles(stores, person);
  await fillWhatIsNamed(stores, person);
  await fillSignIns(stores, person);
  const { tenantId, userId } = person;
  await stores.inbound.firstTime(tenantId, 'c', randomUUID());
  await stores.audit.record({ tenantId, userId, at: new Date(), event: 'signedIn' });
  await createChainEntries({ db: scoped, vault: sampleVault, log: noLog })();
  await sql`INSERT INTO token_partitions (tenant_id, user_id, home_account_id, key_id, sealed, version)
    VALUES (${tenantId}, ${userId}, 'h', 'k1', '00', 1)`.execute(db);
  await sql`INSERT INTO erased_wishes (person_mark, what, asked_at) VALUES ('m', 'exports', now())`.execute(
    db,
  );
  return exportId;
}

const placeOf = ({ tenantId }: Requester) => someConversation({ tenantId, kind: 'personal' });

async function fillExports(stores: Stores, person: Requester): Promise<string> {
  const [since, conversation] = [new Date(), placeOf(person)];
  const job = someExport({ requester: person, state: { status: 'ready', graphJobId: 'g' }, since });
  const subject = { kind: 'export', id: job.id } as const;
  await stores.exports.insert(job);
  await stores.cards.add({ id: randomUUID(), subject, conversation });
  await stores.notices.claim(job.id, 'ready');
  await stores.notices.stands(job.id, { activityId: 'a', conversation, shown: 'x' });
  await stores.downloads.issue(randomUUID(), { person, subject }, 300);
  await stores.readings.keep(person, subject, someReading());
  const taken = { subject, asOf: since, snapshot: snapshotOf('x') };
  await stores.snapshots.keep(person, { kind: 'fileName', name: 'x' }, taken);
  return job.id;
}

async function fillFiles(stores: Stores, person: Requester): Promise<void> {
  const [receivedAt, conversation] = [new Date(), placeOf(person)];
  const file = someOwnFile({ owner: person, receivedAt, keptUntil: receivedAt });
  const work = { kind: 'readOwnFile', id: file.id } as const;
  const offer = { id: randomUUID(), subject: { kind: 'ownFile', id: file.id }, format: 'original' } as const;
  await stores.ownFiles.add(file, conversation, { name: 'x.csv', downloadUrl: 'https://x.example' });
  await stores.ownFiles.keepBytes(file, someBytes());
  await stores.fileWork.claim(work, 'a process', 60);
  await stores.fileWork.releaseClaim(work, 'a process', 'broken');
  await stores.saveOffers.make({ ...offer, person, conversation });
}

async function* someBytes() {
  yield Promise.resolve(Buffer.from('x'));
}

async function fillWhatIsNamed(stores: Stores, person: Requester): Promise<void> {
  const [givenAt, conversation] = [new Date(), placeOf(person)];
  const name = { id: randomUUID(), name: 'Sorrel', target: someTarget(), givenAt };
  await stores.targetNames.give(person, name);
  await stores.sharedNames.give(conversation, { ...name, giver: person });
  for (const state of [
    { kind: 'ended', why: 'person', since: givenAt },
    { kind: 'offered', since: givenAt },
  ] as const)
    await stores.schedules.insert(someSchedule({ owner: person, conversation, state }));
}

async function fillSignIns(stores: Stores, person: Requester): Promise<void> {
  const [askedAt, conversation] = [new Date(), placeOf(person)];
  const question = { cause: 'signIn', silent: true, askedAt } as const;
  await stores.signIns.ask({ id: randomUUID(), person, conversation, ...question });
  await stores.attempts.begin(randomUUID(), { requestId: 'r', verifier: 'v' }, 600);
  await stores.attempts.keepNonce(randomUUID(), person, 600);
  await stores.exchanges.once(person, randomUUID(), () => Promise.resolve('signedIn'));
}

/** The bot's own; of Kysely's and the queue's tables others take care. */
export async function tablesOf(db: Db): Promise<readonly string[]> {
  const tables = await db.introspection.getTables();
  return tables
    .filter(({ schema, name }) => schema === 'public' && !name.startsWith('kysely_'))
    .map(({ name }) => name)
    .toSorted();
}

/** Those with rows, or with rows that hold the text. */
export async function tablesWith(db: Db, text = ''): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of await tablesOf(db)) {
    const { rows } = await sql`SELECT FROM ${sql.table(table)} AS t
      WHERE position(${text} IN t::text) > 0 LIMIT 1`.execute(db);
    if (rows.length > 0) found.push(table);
  }
  return found;
}

/** As if so many days had passed: all that is written down happened that much earlier. */
export async function daysPass(db: Db, days: number): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type LIKE 'timestamp%' AND table_name NOT LIKE 'kysely%'`.execute(
    db,
  );
  await sql`ALTER TABLE audit_entries DISABLE TRIGGER USER`.execute(db);
  for (const { table, column } of rows)
    await sql`UPDATE ${sql.table(table)}
      SET ${sql.id(column)} = ${sql.id(column)} - make_interval(days => ${days})`.execute(db);
  await sql`ALTER TABLE audit_entries ENABLE TRIGGER USER`.execute(db);
}
