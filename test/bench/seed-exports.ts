/** Fills a database with exports that are under way, as if the bot had started them a while ago. */
import { asOwner } from '../support/databases/owner-of.ts';
import { createAskJson } from '../../src/blocks/http/ask-json.ts';
import { goals } from '../../src/sources/goals/goals-source.ts';
import { targetOf } from '../../src/sources/goals/explorer-url.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createUserTokens } from '../../src/adapters/identity/user-tokens.ts';
import { openData } from '../../src/app/data.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { noContact, type ExportJob } from '../../src/domain/exports/export-job.ts';
import type { Conversation } from '../../src/ports/conversation.ts';
import { makeJobId } from '../../src/sandbox/graph/job-store.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import type { AppWorld } from '../support/app/app-world.ts';
import { collectingLog } from '../support/surroundings/quiet.ts';
import { botTeamsId, personalChat, teamsIdOf } from '../support/teams/teams-places.ts';
import type { LoadPlan, LoadPopulation } from './load-plan.ts';

type Data = Awaited<ReturnType<typeof openData>>;

/** Milliseconds: after an hour the bot looks every five minutes, before that every minute. */
const followedFor = (every: number): number => (every === 300 ? 2 * 3600_000 : 15 * 60_000);
/** Seconds that a bot has to start before the first look is due. */
const startsWithin = 10;
const clock = { now: () => new Date() };
const chance = { newId: randomUUID };
const log = collectingLog();

/** @returns when the first look at each job is due, in milliseconds since 1970 */
export async function seedExports(
  world: AppWorld,
  plan: LoadPlan,
  { crowds, neighbour }: LoadPopulation,
  how?: 'endedAtOnce',
): Promise<ReadonlyMap<string, number>> {
  const reading = readConfig(world.variables);
  if (reading.kind === 'mistakes') throw new Error(JSON.stringify(reading.mistakes));
  const data = await openData(reading.config, { log, clock, chance });
  try {
    const signIn = signInWith(world, reading.config, data);
    const everybody = [...crowds, ...(neighbour === undefined ? [] : [neighbour])];
    const wishes = everybody.flatMap(({ people, organizationId }) =>
      people.map((person) => ({ person, organizationId })),
    );
    const since = new Date(Date.now() - followedFor(plan.every));
    await inParallel(wishes, async (wish) => {
      await signIn(wish.person);
      const jobs = Array.from({ length: plan.exportsPerPerson }, () => underWay(wish, since));
      await keep(world, data, wish.person, jobs);
      if (how === 'endedAtOnce') for (const { graphJobId } of jobs) world.graph.completeJob(graphJobId);
    });
    await sql`UPDATE cards SET activity_id = id, shown_version = 1`.execute(
      data.database.db.acrossTenants('a test'),
    );
    return await spreadLooks(data, how === 'endedAtOnce' ? 0 : plan.every);
  } finally {
    await data.queue.stop(0);
    await data.database.close();
  }
}

/** The first ones come evenly over so many seconds, at whole milliseconds, as the bot itself writes them. */
async function spreadLooks({ database }: Data, seconds: number): Promise<ReadonlyMap<string, number>> {
  const db = database.db.acrossTenants('a test');
  await sql`UPDATE exports
    SET due_at = date_trunc('milliseconds', now() + (${startsWithin} + random() * ${seconds}::int) * interval '1 second')`.execute(
    db,
  );
  await sql`UPDATE exports SET wake_at = due_at`.execute(db);
  await asOwner(database, (owner) => sql`VACUUM ANALYZE`.execute(owner));
  const { rows } = await sql<{
    readonly job: string;
    readonly at: Date;
  }>`SELECT state ->> 'graphJobId' AS job, due_at AS at FROM exports`.execute(db);
  return new Map(rows.map(({ job, at }) => [job, at.getTime()]));
}

interface Wish {
  readonly person: Person;
  readonly organizationId: string;
}

function signInWith(world: AppWorld, config: Config, data: Data): (person: Person) => Promise<void> {
  const { entraBaseUrl, app, publicUrl } = config;
  const tokens = createUserTokens({
    entraBaseUrl,
    clientId: app.clientId,
    clientAuth: app.auth,
    appIdUri: app.idUri,
    redirectUri: `${publicUrl}/auth/callback`,
    adminConsentRedirectUri: `${publicUrl}/auth/consented`,
    keys: config.encryptionKeys,
    db: data.database.db,
    transact: data.transact,
    clock,
    askJson: createAskJson(),
    log,
  });
  return async (person) => {
    const ssoToken = await world.entra.mintSsoToken({ user: person, audience: app.clientId });
    const grant = { ssoToken, scopes: goals.scopes };
    const answer = await tokens.exchange({ tenantId: person.tid, userId: person.oid }, grant, () =>
      Promise.resolve(),
    );
    if (answer.kind !== 'signedIn') throw new Error(`${person.name} could not be signed in: ${answer.kind}`);
  };
}

interface UnderWay {
  readonly job: ExportJob;
  readonly graphJobId: string;
}

const keep = (
  world: AppWorld,
  { transact }: Data,
  person: Person,
  jobs: readonly UnderWay[],
): Promise<void> =>
  transact(async ({ exports, cards }) => {
    for (const { job } of jobs) {
      await exports.insert(job);
      await cards.add({
        id: randomBytes(16).toString('hex'),
        subject: { kind: 'export', id: job.id },
        conversation: chatWith(world, person),
      });
    }
  });

function underWay({ person, organizationId }: Wish, since: Date): UnderWay {
  const viewId = randomUUID();
  const origin = { goalsOrganizationId: organizationId, explorerViewId: viewId, createdAt: since.getTime() };
  const graphJobId = makeJobId({ ...origin, tid: person.tid, oid: person.oid });
  const job: ExportJob = {
    id: randomUUID(),
    requester: {
      tenantId: person.tid,
      userId: person.oid,
      name: person.name,
      channelUserId: teamsIdOf(person),
    },
    target: targetOf({ organizationId, viewId }),
    requestedAt: since,
    since,
    joined: false,
    pastRuns: [],
    version: 1,
    state: { status: 'waiting', graphJobId },
    due: { at: since, step: 'poll' },
    contact: { ...noContact, followedSince: since },
  };
  return { job, graphJobId };
}

function chatWith(world: AppWorld, person: Person): Conversation {
  const { id: conversationId, tenantId, kind } = personalChat(person);
  const botChannelId = botTeamsId(world.variables['BOT_ID'] ?? '');
  return { tenantId, conversationId, kind, serviceUrl: world.channel.serviceUrl(), botChannelId };
}

const hands = 8;

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: hands }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
