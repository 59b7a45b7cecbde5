/** What a start, a message and an export cost beside the raw reference of the same run; the bot runs on PostgreSQL, as `npm start` runs it. */
import { randomUUID } from 'node:crypto';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { goals } from '../../src/sources/goals/goals-source.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { percentile } from '../chaos/recovery.ts';
import { createSuite, readyAtOnce } from '../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { runMainProcess } from '../support/app/main-process.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { noLimits } from './load-run.ts';
import { postgresSeconds, usageOf } from './process-watch.ts';
import { tellRatio } from './tell-ratio.ts';

interface Running {
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

type Start = (variables: Readonly<Record<string, string>>) => Running;

function startBot(variables: Readonly<Record<string, string>>): Running {
  const main = runMainProcess(variables);
  const stop = async (): Promise<void> => {
    main.kill('SIGTERM');
    await main.ended;
  };
  return { pid: main.pid ?? 0, stop };
}

function startRaw(variables: Readonly<Record<string, string>>): Running {
  const env = { ...process.env, ...variables, RAW_SCOPES: goals.scopes.join(' ') };
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const child = fork(new URL('./raw-bot.ts', import.meta.url), { env, execArgv });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { pid: child.pid ?? 0, stop };
}

const tenants = 50;
const perTenant = 20;
const exportsAtAll = 20;
const messages = { warmUp: 300, measured: 1_000, atOnce: 16 };
/** Milliseconds. */
const exportEvery = 500;
const settling = 15_000;

const somebody = (nth: number, tid: string): Person => ({
  oid: randomUUID(),
  tid,
  name: `Person ${String(nth)}`,
  userPrincipalName: `person-${String(nth)}@bench.example`,
});

/** Spread over tenants, because a bot may send one of them only 40 requests a second. */
function everybody(): [Person, ...Person[]] {
  const people = Array.from({ length: tenants }, () => randomUUID()).flatMap((tid, nth) =>
    Array.from({ length: perTenant }, (_, each) => somebody(nth * perTenant + each, tid)),
  );
  return [somebody(-1, randomUUID()), ...people];
}

interface Figures {
  readonly 'start to the first card (s)': number;
  readonly 'processor time of a start (s)': number;
  readonly 'memory after a start (MB)': number;
  readonly 'processor time a message (ms)': number;
  readonly 'processor time an export (ms)': number;
  readonly 'first card of an export, p50 (ms)': number;
  readonly 'look that sees the end to the card, p50 (ms)': number;
}

const cpu = (pid: number): number => usageOf(pid)?.cpuSeconds ?? Number.NaN;

/** Says `help` until it is answered with a card. */
async function firstCard({ channel }: AppWorld, person: Person): Promise<void> {
  const chat = personalChat(person);
  const answered = channel.nextActivity((one) => one.conversationId === chat.id);
  const isHeard = (): Promise<boolean> =>
    channel.say(chat, person, 'help').then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await isHeard())) await pause(10);
  await answered;
}

async function sayHelp({ channel }: AppWorld, people: readonly Person[], count: number): Promise<void> {
  const turns = Array.from({ length: count }, (_, nth) => people[nth % people.length]).values();
  const talk = async (): Promise<void> => {
    for (const person of turns) if (person) await channel.say(personalChat(person), person, 'help');
  };
  const posts = channel.calls.length;
  await Promise.all(Array.from({ length: messages.atOnce }, talk));
  while (channel.calls.length < posts + count) await pause(20);
}

async function measureExports(world: AppWorld, people: readonly Person[], pid: number, databaseUrl?: string) {
  const suite = createSuite(() => world);
  const signIn = async (person: Person): Promise<void> => {
    const chat = personalChat(person);
    await suite.say(chat, person, suite.view(readyAtOnce).url);
    await world.channel.silentSso(chat, person, await suite.prompt(chat));
    await suite.card(chat, /ready to download/);
  };
  await Promise.all(people.map(signIn));
  await pause(settling);
  const [before, databaseBefore] = [cpu(pid), postgresSeconds(databaseUrl)];
  const [first, seen]: [number[], number[]] = [[], []];
  const run = async (person: Person): Promise<void> => {
    const chat = personalChat(person);
    const fate = { kind: 'runs', startsAfterMs: 0, endsAfterMs: 6_000, ends: 'succeeded' } as const;
    const view = suite.view(fate);
    const said = performance.now();
    const known = new Set(world.channel.messages(chat.id).map(({ id }) => id));
    const card = world.channel.nextActivity((one) => one.conversationId === chat.id && !known.has(one.id));
    await suite.say(chat, person, view.url);
    const { id } = await card;
    first.push(performance.now() - said);
    const job = await suite.jobOf(view);
    await world.graph.nextCall(
      {
        op: 'get',
        about: { job: job.id },
        where: ({ at }) => at >= job.createdAt + fate.endsAfterMs,
      },
      { timeoutMs: 30_000 },
    );
    const looked = performance.now();
    await world.channel.nextCall({ op: 'put', about: { activity: id } });
    seen.push(performance.now() - looked);
  };
  const running: Promise<void>[] = [];
  for (const person of people) {
    running.push(run(person));
    await pause(exportEvery);
  }
  await Promise.all(running);
  await pause(3_000);
  const ofDatabase = ((postgresSeconds(databaseUrl) - databaseBefore) * 1000) / people.length;
  if (databaseUrl !== undefined)
    process.stdout.write(`PostgreSQL, processor time an export: ${ofDatabase.toFixed(0)} ms\n`);
  return { spent: cpu(pid) - before, first, seen };
}

async function measure(start: Start, databaseUrl: string | undefined): Promise<Figures> {
  const people = everybody();
  const [first, ...others] = people;
  const world = await startAppWorld({
    runsApp: false,
    people,
    variables: { ...noLimits, LOG_LEVEL: 'error' },
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  try {
    // The first start prepares the database, and what Node keeps compiled.
    const once = start(world.variables);
    await firstCard(world, first);
    await once.stop();
    const began = performance.now();
    const bot = start(world.variables);
    await firstCard(world, first);
    const [took, spentOnStart] = [(performance.now() - began) / 1000, cpu(bot.pid)];
    await pause(1_000);
    const memory = usageOf(bot.pid)?.residentMegabytes ?? Number.NaN;
    // Before the messages: what Teams' stand-in keeps of them makes its searches slow.
    const apart = others.filter((_, nth) => nth % perTenant === 0).slice(0, exportsAtAll);
    const { spent, first: cards, seen } = await measureExports(world, apart, bot.pid, databaseUrl);
    await sayHelp(world, others, messages.warmUp);
    const before = cpu(bot.pid);
    await sayHelp(world, others, messages.measured);
    const spentOnMessages = cpu(bot.pid) - before;
    await bot.stop();
    return {
      'start to the first card (s)': took,
      'processor time of a start (s)': spentOnStart,
      'memory after a start (MB)': memory,
      'processor time a message (ms)': (spentOnMessages * 1000) / messages.measured,
      'processor time an export (ms)': (spent * 1000) / apart.length,
      'first card of an export, p50 (ms)': percentile(cards, 0.5),
      'look that sees the end to the card, p50 (ms)': percentile(seen, 0.5),
    };
  } finally {
    await world.stop();
  }
}

const database = await postgresDatabase('on');
const own = await measure(startBot, database.url);
await database.drop();
const raw = await measure(startRaw, undefined);
for (const name of Object.keys(own) as (keyof Figures)[]) tellRatio(name, own[name], raw[name]);
