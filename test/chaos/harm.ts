/** What is done to the bot while it works: which harm, at which moment, and when it happened. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { present } from '../../src/domain/present.ts';
import type { AppWorld } from '../support/app/app-world.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import type { StopSignal } from '../support/databases/postgres.ts';
import type { BotFleet } from './bot-fleet.ts';
import type { ChaosPlan } from './chaos-plan.ts';
import type { Clients } from './clients.ts';
import type { Dice } from './dice.ts';

export type HarmKind = 'kill' | 'term' | 'cut' | 'restart';

/** Milliseconds since 1970. */
export interface Harm {
  readonly kind: HarmKind;
  /** The instance that got a signal. */
  readonly slot?: number;
  readonly from: number;
  readonly to: number;
}

/** Between the connector's answer and our commit; generous, because the machine is busy. */
const sendWindow = 1_500;

export const killing: readonly HarmKind[] = ['kill', 'term'];

/** Some harm of these kinds was done just as it was posted. */
export const isHit = (
  harms: readonly Harm[],
  { id }: Pick<KeptActivity, 'id'>,
  by: readonly HarmKind[] = [...killing, 'cut', 'restart'],
): boolean =>
  harms.some(
    ({ kind, from, to }) => by.includes(kind) && to >= Number(id) - 100 && from <= Number(id) + sendWindow,
  );

export interface HarmDeps {
  readonly world: AppWorld;
  readonly fleet: BotFleet;
  readonly clients: Clients;
  readonly dice: Dice;
  /** How many instances work when harm is done to one; the next is the one after it. Any one works unless given. */
  readonly instances?: number;
  /** Strikes just when an export is being started, and at no other moment. */
  readonly atStartsOnly?: boolean;
  /** Absent on the embedded engine. */
  readonly postgres?: {
    readonly url: string;
    readonly restartCluster: (signal: StopSignal) => Promise<void>;
  };
}

export const planHarms = (plan: ChaosPlan, dice: Dice): readonly HarmKind[] =>
  dice.shuffled([
    ...Array.from({ length: plan.kills }, () => 'kill' as const),
    ...Array.from({ length: plan.terms }, () => 'term' as const),
    ...Array.from({ length: plan.cuts }, () => 'cut' as const),
    ...Array.from({ length: plan.restarts }, () => 'restart' as const),
  ]);

/** Waits for a moment at which it hurts, and does it to whichever instance the dice choose. */
export async function doHarm(deps: HarmDeps, kind: HarmKind): Promise<Harm> {
  await deps.fleet.haveListening(deps.instances);
  await moment(deps);
  await deps.fleet.haveListening(deps.instances);
  const from = Date.now();
  const slot = await strike(deps, kind);
  return { kind, from, to: Date.now(), ...present({ slot }) };
}

async function strike(deps: HarmDeps, kind: HarmKind): Promise<number | undefined> {
  const slot = victim(deps);
  switch (kind) {
    case 'kill':
      deps.fleet.signal(slot, 'SIGKILL');
      return slot;
    case 'term':
      deps.fleet.signal(slot, 'SIGTERM');
      return slot;
    case 'cut':
      await cutConnections(deps);
      return undefined;
    case 'restart':
      await deps.postgres?.restartCluster(deps.dice.of(['INT', 'QUIT']));
      return undefined;
  }
}

function victim({ fleet, dice, instances }: HarmDeps): number {
  const ended = fleet.events.filter(({ kind }) => kind === 'ended').length;
  if (instances !== undefined) return ended % instances;
  const [first = 0, ...others] = fleet.listening();
  return dice.of([first, ...others]);
}

const patience = { timeoutMs: 2_000, what: 'a moment to strike' };
const mostMillisecondsInto = 150;

/** Half of them by chance alone, the others just when a message or a call to the outside is under way. */
async function moment({ world, clients, dice, atStartsOnly = false }: HarmDeps): Promise<void> {
  const { graph, channel } = world;
  const atStart = () => graph.nextCall({ op: 'create' }, patience);
  const anyOf = dice.of([
    () => pause(dice.between(300, 1800)),
    () => pause(dice.between(300, 1800)),
    () => pause(dice.between(300, 1800)),
    () => pause(dice.between(300, 1800)),
    () => Promise.race([clients.nextTurn(), pause(patience.timeoutMs)]),
    atStart,
    () => graph.nextCall({ op: 'get' }, patience),
    () => channel.nextCall({ op: 'post' }, patience),
    () => channel.nextCall({ op: 'put' }, patience),
  ] as [() => Promise<unknown>, ...(() => Promise<unknown>)[]]);
  // Nothing of the kind happens any more: now is as good as then.
  await (atStartsOnly ? atStart() : anyOf()).catch(() => undefined);
  await pause(dice.between(0, mostMillisecondsInto));
}

async function cutConnections({ postgres, dice }: HarmDeps): Promise<void> {
  if (postgres === undefined) return;
  const client = new pg.Client({ connectionString: postgres.url, application_name: 'chaos' });
  await client.connect();
  try {
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name <> 'chaos' AND random() < $1`,
      [dice.between(0.3, 1)],
    );
  } finally {
    await client.end();
  }
}
