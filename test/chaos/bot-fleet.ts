/** The bot's instances as processes: started again whatever ends them, and a record of when each listened. */
import { setTimeout as pause } from 'node:timers/promises';
import { runMainProcess, type MainProcess } from '../support/app/main-process.ts';
import { testPort } from '../support/servers/test-port.ts';

/** When an instance began or ceased to work; milliseconds since 1970. */
export interface FleetEvent {
  readonly kind: 'listening' | 'ended';
  readonly slot: number;
  readonly at: number;
}

export interface BotFleet {
  /** Ports of the instances that take connections, or did until a moment ago. */
  readonly ports: () => readonly number[];
  /** The instances that listen and that nobody has signalled. */
  readonly listening: () => readonly number[];
  /** Resolves when so many instances listen: one unless given. */
  readonly haveListening: (least?: number) => Promise<void>;
  /** The instance is started again by itself, unless the fleet was told otherwise. */
  readonly signal: (slot: number, signal: 'SIGKILL' | 'SIGTERM') => void;
  /** What the instance printed since it was last started. */
  readonly output: (slot: number) => string;
  readonly events: readonly FleetEvent[];
  /** What went wrong by itself: the last words of an instance that nobody had ended, or that did not end in order. */
  readonly faults: readonly string[];
  /** Starts that found no database. */
  readonly failedStarts: () => number;
  /** SIGTERM for each, and nothing starts again. */
  readonly stop: () => Promise<void>;
}

interface Slot {
  readonly nth: number;
  readonly port: number;
  process?: MainProcess;
  isListening: boolean;
  wasSignalled: 'SIGKILL' | 'SIGTERM' | undefined;
}

/** Asked anew each time: a signal may come while its process is waited for. */
const signalOf = (slot: Slot): Slot['wasSignalled'] => slot.wasSignalled;

const beforeStartingAgain = 200;
const lastWords = 1500;

/** Ends at once for want of a configuration, and leaves what it has compiled to those that are killed before they can. */
const compileOnce = (database: string): Promise<unknown> =>
  (compiled ??= runMainProcess({ DATABASE_URL: database }).ended);
let compiled: Promise<unknown> | undefined;

export async function startFleet(
  size: number,
  variables: Readonly<Record<string, string>>,
  { revive = true }: { readonly revive?: boolean } = {},
): Promise<BotFleet> {
  await compileOnce(variables['DATABASE_URL'] ?? '');
  const slots: Slot[] = [];
  for (let nth = 0; nth < size; nth += 1)
    slots.push({ nth, port: await testPort(), isListening: false, wasSignalled: undefined });
  const events: FleetEvent[] = [];
  const faults: string[] = [];
  let failedStarts = 0;
  let stopping = false;
  const waiting = new Set<() => void>();
  const run = async (slot: Slot): Promise<void> => {
    while (!stopping) {
      const main = runMainProcess({ ...variables, PORT: String(slot.port) });
      slot.process = main;
      slot.wasSignalled = undefined;
      main.listening.then(
        () => {
          // A signal may have been quicker than what it printed.
          if (slot.process !== main || signalOf(slot) !== undefined) return;
          slot.isListening = true;
          events.push({ kind: 'listening', slot: slot.nth, at: Date.now() });
          for (const tell of [...waiting]) tell();
        },
        () => undefined,
      );
      const { code, signal } = await main.ended;
      const wasListening = slot.isListening;
      slot.isListening = false;
      if (wasListening || signalOf(slot) !== undefined)
        events.push({ kind: 'ended', slot: slot.nth, at: Date.now() });
      const how = `instance ${String(slot.nth)} ended with ${String(code ?? signal)}: ${main.output().slice(-lastWords)}`;
      const signalled = signalOf(slot);
      if (signalled === undefined) {
        if (wasListening || !/The bot cannot start/.test(main.output())) faults.push(how);
        else failedStarts += 1;
      } else if (signalled === 'SIGTERM' && wasListening && code !== 0) faults.push(how);
      if (signalled !== undefined && !revive) return;
      await pause(beforeStartingAgain);
    }
  };
  const running = slots.map(run);
  const listening = (): readonly number[] =>
    slots.filter((one) => one.isListening && one.wasSignalled === undefined).map(({ nth }) => nth);
  const fleet: BotFleet = {
    events,
    faults,
    listening,
    failedStarts: () => failedStarts,
    output: (nth) => slots[nth]?.process?.output() ?? '',
    ports: () => slots.filter(({ isListening }) => isListening).map(({ port }) => port),
    haveListening: (least = 1) =>
      new Promise((resolve) => {
        const tell = (): void => {
          if (listening().length < least) return;
          waiting.delete(tell);
          resolve();
        };
        waiting.add(tell);
        tell();
      }),
    signal: (nth, signal) => {
      const slot = slots[nth];
      if (slot?.process === undefined) return;
      slot.wasSignalled = signal;
      slot.process.kill(signal);
    },
    stop: async () => {
      stopping = true;
      for (const { nth } of slots) fleet.signal(nth, 'SIGTERM');
      await Promise.all(running);
    },
  };
  return fleet;
}
