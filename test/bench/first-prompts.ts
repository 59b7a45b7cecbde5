/** How soon the first question to sign in stands, with eight people at once on a busy machine. */
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { explorerUrlOf } from '../../src/sandbox/graph/scenarios.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { percentile } from '../chaos/recovery.ts';
import { startAppWorld, type AppWorld } from '../support/app/app-world.ts';
import { latest, oauthCardOf } from '../support/teams/card-search.ts';
import { runMainProcess } from '../support/app/main-process.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { noLimits, untilReady } from './load-run.ts';

const atOnce = 8;
/** Rounds of eight, and processes that keep a core busy meanwhile. */
const [rounds = 20, burners = 1] = process.argv.slice(2).map(Number);
const patience = { timeoutMs: 90_000 };

const tid = randomUUID();
const made = (nth: number): Person => ({
  oid: randomUUID(),
  tid,
  name: `Person ${String(nth)}`,
  userPrincipalName: `person-${String(nth)}@bench.example`,
});

/** Milliseconds from the link to the question; then they sign in. */
async function ask({ channel }: AppWorld, person: Person): Promise<number> {
  const chat = personalChat(person);
  const url = explorerUrlOf({ goalsOrganizationId: randomUUID(), explorerViewId: randomUUID() });
  const since = performance.now();
  await channel.say(chat, person, url);
  const prompt = await channel.nextActivity(
    (one) => one.conversationId === chat.id && oauthCardOf(latest(one)) !== undefined,
    patience,
  );
  const took = performance.now() - since;
  await channel.silentSso(chat, person, prompt);
  return took;
}

const people: readonly [Person, ...Person[]] = [
  made(0),
  ...Array.from({ length: rounds * atOnce - 1 }, (_, nth) => made(nth + 1)),
];
const world = await startAppWorld({ runsApp: false, people, variables: { ...noLimits, LOG_LEVEL: 'error' } });
const main = runMainProcess(world.variables);
await untilReady(world.publicUrl);
const busy = Array.from({ length: burners }, () =>
  spawn(process.execPath, ['-e', 'for(;;){}'], { stdio: 'ignore' }),
);
const times: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const now = people.slice(round * atOnce, (round + 1) * atOnce);
  times.push(...(await Promise.all(now.map((person) => ask(world, person)))));
}
for (const one of busy) one.kill('SIGKILL');
for (const [name, share] of [
  ['median', 0.5],
  ['p99', 0.99],
  ['worst', 1],
] as const)
  process.stdout.write(
    `link → question to sign in, ${name.padEnd(8)}${(percentile(times, share) / 1000).toFixed(2).padStart(7)} s\n`,
  );
main.kill('SIGTERM');
await main.ended;
await world.stop();
