/**
 * How soon people are answered while others attack, and without them, in one run: refused requests, a flood of one person's messages
 * and of one organisation's, slow clients.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { explorerUrlOf } from '../../src/sandbox/graph/scenarios.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { percentile } from '../chaos/recovery.ts';
import { createSuite, downloadPageOf, exportIdOf, readyAtOnce } from '../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { runMainProcess } from '../support/app/main-process.ts';
import { postgresDatabase } from '../support/databases/postgres.ts';
import { messageActivity } from '../support/teams/teams-activities.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import type { Counts, Orders } from './abuse-attacks.ts';
import { noLimits, untilReady } from './load-run.ts';
import { forgetPeak, peakMegabytes, usageOf } from './process-watch.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { seconds: text, rate: text, slow: text, engine: text, only: text },
});
const seconds = Number(values.seconds ?? 16);
/** Requests a second, and slow clients at once. */
const attackRate = Number(values.rate ?? 200);
const slowClients = Number(values.slow ?? 300);
/** Of messages that people send a second: `help`, and links. */
const rates = { help: 40, link: 2 };
const calmSeconds = seconds / 2;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const somebody = (tid: string): Person => {
  const oid = randomUUID();
  return {
    oid,
    tid,
    name: `Person ${oid.slice(0, 4)}`,
    userPrincipalName: `${oid.slice(0, 8)}@bench.example`,
  };
};
const peopleOf = (tenants: number, each: number): readonly Person[] =>
  Array.from({ length: tenants }, () => randomUUID()).flatMap((tid) =>
    Array.from({ length: each }, () => somebody(tid)),
  );

const helpers = peopleOf(20, 5);
const exporters = peopleOf(10, 1);
const takers = peopleOf(2, 1);
const flooders = peopleOf(1, 200);
const [first = somebody(randomUUID()), ...others] = [...helpers, ...exporters, ...takers, ...flooders];

/** Tells when the bot answers in a conversation, without searching through what it has posted before. */
function createAnswers({ channel }: AppWorld) {
  const waiting = new Map<string, { readonly says: string; readonly done: (at: number) => void }>();
  channel.script({
    match: { op: 'post', where: ({ about }) => waiting.has(about['conversation'] ?? '') },
    respond: ({ about, body }, genuine) => {
      const { conversation = '' } = about;
      const answer = waiting.get(conversation);
      const posted = body.toString('utf8');
      if (answer !== undefined && !posted.includes('"type":"typing"') && posted.includes(answer.says)) {
        waiting.delete(conversation);
        answer.done(performance.now());
      }
      return genuine;
    },
  });
  return (conversation: string, says: string): Promise<number> =>
    new Promise((done) => waiting.set(conversation, { says, done }));
}

interface Latencies {
  readonly help: number[];
  readonly link: number[];
}

type Answered = ReturnType<typeof createAnswers>;
const longest = 10_000;
const beginning = 2_000;

/** From the moment at which each was due to be sent; one that is never answered counts as ten seconds. */
async function talk(
  { channel, graph }: AppWorld,
  answered: Answered,
  forSeconds: number,
): Promise<Latencies> {
  const took: Latencies = { help: [], link: [] };
  const sent: Promise<void>[] = [];
  const send = async (kind: 'help' | 'link', person: Person, due: number): Promise<void> => {
    const chat = personalChat(person);
    const ids = { goalsOrganizationId: randomUUID(), explorerViewId: randomUUID() };
    if (kind === 'link')
      graph.register({ name: 'of a bench', what: 'ready at once', ...ids, fate: readyAtOnce, rows: 5 });
    const answer = answered(chat.id, kind === 'link' ? ids.explorerViewId.slice(0, 8) : '');
    void channel.say(chat, person, kind === 'link' ? explorerUrlOf(ids) : 'help').catch(() => undefined);
    const at = await Promise.race([answer, pause(longest, due + longest)]);
    took[kind].push(at - due);
  };
  const began = performance.now();
  const next = { help: 0, link: 0 };
  const people = { help: helpers, link: exporters };
  for (let now = began; now < began + forSeconds * 1000; now = performance.now()) {
    for (const kind of ['help', 'link'] as const)
      for (; next[kind] < ((now - began) / 1000) * rates[kind]; next[kind] += 1) {
        const person = people[kind][next[kind] % people[kind].length] ?? first;
        sent.push(send(kind, person, began + (next[kind] * 1000) / rates[kind]));
      }
    await pause(2);
  }
  await Promise.all(sent);
  return took;
}

async function during<T>(orders: Orders, work: () => Promise<T>): Promise<readonly [T, Counts]> {
  const attacker = fork(new URL('./abuse-attacks.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  await once(attacker, 'spawn');
  attacker.send(orders);
  // Its start is no attack.
  await pause(beginning);
  const result = await work();
  attacker.send('tell');
  const [counts] = (await once(attacker, 'message')) as [Counts];
  attacker.disconnect();
  await once(attacker, 'exit');
  return [result, counts];
}

const shares = { p50: 0.5, p99: 0.99 } as const;
const figures = (of: readonly number[]): string =>
  Object.entries(shares)
    .map(([name, share]) => `${name} ${percentile(of, share).toFixed(1).padStart(7)} ms`)
    .join(', ');
const ratios = (of: readonly number[], calm: readonly number[]): string =>
  Object.entries(shares)
    .map(([name, share]) => `${name} ${(percentile(of, share) / percentile(calm, share)).toFixed(2)}`)
    .join(', ');

const database = values.engine === 'embedded' ? undefined : await postgresDatabase('on');
const world = await startAppWorld({
  runsApp: false,
  people: [first, ...others],
  variables: {
    ...noLimits,
    LOG_LEVEL: 'info',
    // Blank counts as absent: as everywhere but in tests.
    LIMIT_MESSAGES_PER_USER: '',
    LIMIT_MESSAGES_PER_TENANT: '',
  },
  ...(database === undefined ? {} : { databaseUrl: database.url }),
});
const main = runMainProcess(world.variables);
try {
  await untilReady(world.publicUrl);
  const pid = main.pid ?? 0;
  const suite = createSuite(() => world);
  for (const person of [...exporters, ...takers]) await suite.signIn(person);
  const downloads: string[] = [];
  const large = Buffer.alloc(20_000_000, 'Title,Progress\n');
  for (const person of takers)
    for (let nth = 0; nth < 4; nth += 1) {
      const chat = personalChat(person);
      const view = suite.view(readyAtOnce, { rows: 20 });
      await suite.say(chat, person, view.url);
      const card = await suite.card(chat, /average progress/, view);
      const shown = await suite.press(
        chat,
        person,
        { verb: 'download', exportId: exportIdOf(card) },
        card.id,
      );
      downloads.push(downloadPageOf(shown));
      // Made once, so that this process has time for everybody else.
      world.graph.script({
        match: { op: 'content', view: view.explorerViewId },
        respond: { status: 200, headers: { 'content-type': 'text/csv' }, body: large },
      });
    }
  const answered = createAnswers(world);
  const message = (person: Person) =>
    messageActivity(world.channel.sender(personalChat(person), person), { text: 'help' });
  const [loudest] = flooders;
  if (loudest === undefined) throw new Error('Nobody floods');
  const authorization = await world.channel.authorization();
  const orders = { botUrl: world.publicUrl, rate: attackRate, authorization, downloads: [] };
  const attacks: readonly Orders[] = [
    { ...orders, attack: 'refused', messages: [message(loudest)] },
    { ...orders, attack: 'person', messages: [message(loudest)] },
    { ...orders, attack: 'tenant', messages: flooders.map(message) },
    { ...orders, attack: 'slow', rate: slowClients, messages: [], downloads },
  ];
  say(
    `${rates.help} help and ${rates.link} links a second; attacks of ${attackRate} requests a second, and of ${slowClients} slow clients`,
  );
  await talk(world, answered, 10);
  let calm = await talk(world, answered, calmSeconds);
  for (const attack of attacks.filter((one) => values.only === undefined || one.attack === values.only)) {
    forgetPeak(pid);
    const before = usageOf(pid)?.cpuSeconds ?? Number.NaN;
    const [harried, counts] = await during(attack, () => talk(world, answered, seconds));
    const spent = (usageOf(pid)?.cpuSeconds ?? Number.NaN) - before;
    await pause(500);
    const after = await talk(world, answered, calmSeconds);
    for (const kind of ['help', 'link'] as const) {
      const without = [...calm[kind], ...after[kind]];
      say(`${attack.attack.padEnd(8)} ${kind}: ${figures(harried[kind])}; without ${figures(without)}`);
      say(`${attack.attack.padEnd(8)} ${kind}: times as much: ${ratios(harried[kind], without)}`);
    }
    say(
      `${attack.attack.padEnd(8)} bot ${((spent / (seconds + beginning / 1000)) * 100).toFixed(0)} % of a processor, ${peakMegabytes(pid).toFixed(0)} MB at most; answers ${JSON.stringify(counts)}`,
    );
    calm = after;
  }
} finally {
  main.kill('SIGTERM');
  await main.ended;
  await world.stop();
  await database?.drop();
}
