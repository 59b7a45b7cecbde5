/** A database, a simulated Entra ID and as many instances of the bot's identity as a test wants. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { decodeJwt } from 'jose';
import type { EncryptionKey } from '../../../src/adapters/identity/tokens/encryption.ts';
import { createUserTokens, type UserTokensDeps } from '../../../src/adapters/identity/user-tokens.ts';
import { createAskJson } from '../../../src/blocks/http/ask-json.ts';
import { ownerOf } from '../../support/databases/owner-of.ts';
import { overEmbedded, type Database } from '../../../src/adapters/store/engine/database.ts';
import { goals } from '../../../src/sources/goals/goals-source.ts';
import { migrate } from '../../../src/adapters/store/migrations/migrations.ts';
import type { TokenAnswer, UserTokens } from '../../../src/ports/user-tokens.ts';
import {
  createEntraSimulator,
  type EntraSimulator,
  type EntraSimulatorOptions,
} from '../../../src/sandbox/entra/entra-simulator.ts';
import { sandboxPeople, sandboxTenantId, type Person as Somebody } from '../../../src/sandbox/chat/people.ts';
import type { Person } from '../../../src/domain/exports/export-job.ts';
import { idleTransact } from '../../support/samples/sample-vault.ts';
import { entraOptions, redirectUri, ssoClientId } from '../../support/servers/entra-client.ts';

interface LogLine {
  readonly level: 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

type Asking = 'tokenFor' | 'exchange' | 'authorizeUrl' | 'redeem';
type MayLackScopes<Request> = Omit<Request, 'scopes'> & { readonly scopes?: readonly string[] };
type Ask<Given extends readonly unknown[], Answer> = Given extends [infer Who, infer Request, ...infer Rest]
  ? (person: Who, request: MayLackScopes<Request>, ...rest: Rest) => Answer
  : never;

/** Asks for the permissions of Viva Goals unless a test says otherwise. */
export type BenchTokens = Omit<UserTokens, Asking> & {
  readonly [Name in Asking]: Ask<Parameters<UserTokens[Name]>, ReturnType<UserTokens[Name]>>;
} & { readonly tokenFor: (person: Person) => ReturnType<UserTokens['tokenFor']> };

function askingForGoals(tokens: UserTokens): BenchTokens {
  const { scopes } = goals;
  return {
    ...tokens,
    tokenFor: (person: Person, options: object = {}) => tokens.tokenFor(person, { scopes, ...options }),
    exchange: (person, grant, alongside) => tokens.exchange(person, { scopes, ...grant }, alongside),
    authorizeUrl: (person, request) => tokens.authorizeUrl(person, { scopes, ...request }),
    redeem: (person, grant, alongside) => tokens.redeem(person, { scopes, ...grant }, alongside),
  };
}

export interface IdentityBench {
  readonly entra: EntraSimulator;
  readonly db: Database['db'];
  readonly lines: LogLine[];
  readonly key: EncryptionKey;
  /** Another process over the same database, as far as identity can tell. */
  readonly instance: (overrides?: Partial<UserTokensDeps>) => BenchTokens;
  /** How tokens were asked for at Entra ID, in order. */
  readonly grants: () => readonly string[];
  readonly stop: () => Promise<void>;
}

const personOf = (somebody: Somebody): Person => ({ tenantId: somebody.tid, userId: somebody.oid });

const [first, second] = sandboxPeople;
export const adaOfTeams = first;
export const bennoOfTeams = second ?? first;
export const ada = personOf(adaOfTeams);
export const benno = personOf(bennoOfTeams);
export { sandboxTenantId, ssoClientId };

const consentRedirectUri = 'http://127.0.0.1:1/auth/consented';
const registered: EntraSimulatorOptions = {
  ...entraOptions,
  clients: entraOptions.clients.map((client) => ({
    ...client,
    redirectUris: [...client.redirectUris, consentRedirectUri],
  })),
};

async function openDatabase(): Promise<Database> {
  const pglite = await PGlite.create();
  const database = overEmbedded({ pglite, close: () => pglite.close() });
  await migrate(ownerOf(database).db);
  return database;
}

let opened: Promise<Database> | undefined;

// Registered while mocha loads files, so it is a hook of the whole run; but a parallel worker, which ends by itself, loads
// this once and runs many files.
if (process.env.MOCHA_WORKER_ID === undefined)
  after(async () => {
    await (await opened)?.close();
  });

/** Opening one takes seconds, so all suites of this folder share it. */
export const sharedDatabase = (): Promise<Database> => (opened ??= openDatabase());

export async function startBench(more: Partial<EntraSimulatorOptions> = {}): Promise<IdentityBench> {
  const database = await sharedDatabase();
  await database.db.acrossTenants('a test').deleteFrom('token_partitions').execute();
  const entra = await createEntraSimulator({ ...registered, ...more });
  await entra.start();
  const lines: LogLine[] = [];
  const key = { id: 'first', key: randomBytes(32) };
  const instance: IdentityBench['instance'] = (overrides = {}) =>
    askingForGoals(
      createUserTokens({
        entraBaseUrl: entra.url(),
        clientId: ssoClientId,
        appIdUri: 'api://botid-sample',
        redirectUri,
        clientAuth: { kind: 'secret', secret: 'a sandbox secret' },
        adminConsentRedirectUri: consentRedirectUri,
        keys: [key],
        db: database.db,
        clock: { now: () => new Date() },
        askJson: createAskJson(),
        transact: idleTransact(database.db),
        log: {
          warn: (fields, message) => lines.push({ level: 'warn', fields, message }),
          error: (fields, message) => lines.push({ level: 'error', fields, message }),
        },
        ...overrides,
      }),
    );
  const grants = (): readonly string[] =>
    entra.calls.filter(({ op }) => op === 'token').map(({ about }) => about['grant'] ?? '');
  return { entra, db: database.db, lines, key, instance, grants, stop: entra.stop };
}

/** A fresh bench before each test of a suite, with refresh tokens that may be used once. */
export function useBench(give: (bench: IdentityBench) => void): void {
  let bench: IdentityBench | undefined;
  beforeEach(async () => {
    bench = await startBench({ detectReuse: true });
    give(bench);
  });
  afterEach(() => bench?.stop());
}

export const challenge = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';

/** Whose access token it is. */
export function oidOf(answer: TokenAnswer): unknown {
  assert.equal(answer.kind, 'token');
  return decodeJwt(answer.accessToken)['oid'];
}

/** Every column of every partition, as JSON. */
export const storedText = async ({ db }: IdentityBench): Promise<string> =>
  JSON.stringify(await db.acrossTenants('a test').selectFrom('token_partitions').selectAll().execute());

/** For sign-ins from which nothing follows. */
export const nothingAlongside = (): Promise<void> => Promise.resolve();

/** Silent sign-in as Teams does it. */
export async function signInSilently(
  bench: IdentityBench,
  tokens: Pick<BenchTokens, 'exchange'>,
  somebody: Somebody = adaOfTeams,
): ReturnType<UserTokens['exchange']> {
  const ssoToken = await bench.entra.mintSsoToken({ user: somebody, audience: ssoClientId });
  return tokens.exchange(personOf(somebody), { ssoToken }, nothingAlongside);
}

/** Walks the browser's way through the simulated sign-in page and returns the authorization code. */
export async function browseTo(authorizeUrl: string, somebody: Somebody): Promise<string> {
  const answer = await fetch(authorizeUrl, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ user: somebody.oid }),
  });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code');
  if (code === null) throw new Error('the sign-in page gave no code');
  return code;
}
