/** Fills a database with exports that are under way, as if the bot had started them a quarter of an hour ago. */
import { goals } from '../../src/sources/goals/goals-source.ts';
import { targetOf } from '../../src/sources/goals/explorer-url.ts';
import { randomBytes, randomUUID } from 'node:crypto';
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
import type { Crowd, LoadPlan, LoadPopulation } from './load-plan.ts';

type Data = Awaited<ReturnType<typeof openData>>;

const followedFor = 15 * 60_000;
/** The looks are spread over the first minute. */
const spread = 60_000;
/** Seeding must be over before the first look is due. */
const millisecondsEach = 4;
const clock = { now: () => new Date() };
const chance = { newId: randomUUID };
const log = collectingLog();

export async function seedExports(
  world: AppWorld,
  plan: LoadPlan,
  { crowds, neighbour }: LoadPopulation,
  how?: 'endedAtOnce',
): Promise<void> {
  const reading = readConfig(world.variables);
  if (reading.kind === 'mistakes') throw new Error(JSON.stringify(reading.mistakes));
  const data = await openData(reading.config, { log, clock, chance });
  try {
    const signIn = signInWith(world, reading.config, data);
    const wishes = [
      ...crowds.flatMap((crowd) => wishesOf(crowd, plan.exportsPerPerson)),
      ...(neighbour === undefined ? [] : wishesOf(neighbour, plan.exportsPerPerson)),
    ];
    const people = [...new Set(wishes.map(({ person }) => person))];
    await inParallel(people, (person) => signIn(person));
    const firstLooks = Date.now() + 5_000 + wishes.length * millisecondsEach;
    await inParallel(wishes, async (wish) => {
      const later = how === 'endedAtOnce' ? 0 : Math.random() * spread;
      const jobId = await keep(world, data, wish, new Date(firstLooks + later));
      if (how === 'endedAtOnce') world.graph.completeJob(jobId);
    });
  } finally {
    await data.queue.stop(0);
    await data.database.close();
  }
}

interface Wish {
  readonly person: Person;
  readonly organizationId: string;
}

const wishesOf = ({ people, organizationId }: Crowd, each: number): readonly Wish[] =>
  people.flatMap((person) => Array.from({ length: each }, () => ({ person, organizationId })));

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

async function keep(
  world: AppWorld,
  { transact }: Data,
  { person, organizationId }: Wish,
  at: Date,
): Promise<string> {
  const { job, graphJobId } = underWay(person, organizationId);
  const cardId = randomBytes(16).toString('hex');
  await transact(async ({ exports, cards, queue }) => {
    await exports.insert({ ...job, due: { at, step: 'poll' } });
    await cards.add({
      id: cardId,
      subject: { kind: 'export', id: job.id },
      conversation: chatWith(world, person),
    });
    await queue.schedule(job.id, at);
  });
  return graphJobId;
}

function underWay(
  person: Person,
  organizationId: string,
): { readonly job: ExportJob; readonly graphJobId: string } {
  const since = new Date(Date.now() - followedFor);
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
