/** Describes a suite of bot tests: a channel on loopback, a fresh bot floor for each test, and what a presser is shown. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { executeIn } from './activities.ts';
import type { Place } from './activities.ts';
import { startBotFloor } from './bot-floor.ts';
import type { BotFloor, Overrides } from './bot-floor.ts';
import { startLoopbackChannel } from './loopback-channel.ts';
import type { LoopbackChannel } from './loopback-channel.ts';
import type { Asked } from './recording-use-cases.ts';

export type PlaceIn = Place & {
  readonly kind: NonNullable<Place['kind']>;
  readonly conversationId: string;
};

export interface BotSuite {
  /** Inside tests only. */
  readonly channel: () => LoopbackChannel;
  readonly floor: () => BotFloor;
  /** Replaces the floor by one whose use cases answer otherwise. */
  readonly start: (overrides?: Overrides) => Promise<void>;
  /** A conversation of its own. */
  readonly at: (kind?: PlaceIn['kind']) => PlaceIn;
  readonly asked: (useCase: string) => readonly Asked[];
  /** Presses a button, expects 200 twice, and gives what the presser is shown as JSON. */
  readonly press: (place: Place, data: object) => Promise<string>;
}

export function useBotFloor(): BotSuite {
  let opened: LoopbackChannel | undefined;
  let started: BotFloor[] = [];
  const channel = (): LoopbackChannel => {
    assert.ok(opened, 'the channel stands from the first hook on');
    return opened;
  };
  const floor = (): BotFloor => {
    const newest = started.at(-1);
    assert.ok(newest, 'a floor stands inside tests');
    return newest;
  };
  const start = async (overrides: Overrides = {}): Promise<void> => {
    started.push(await startBotFloor(channel(), overrides));
  };
  before(async () => {
    opened = await startLoopbackChannel();
  });
  beforeEach(() => start());
  afterEach(async () => {
    for (const each of started) await each.stop();
    started = [];
  });
  after(() => opened?.stop());
  return {
    channel,
    floor,
    start,
    at: (kind = 'personal') => ({
      serviceUrl: channel().serviceUrl,
      botId: floor().botId,
      tenantId: floor().tenantId,
      kind,
      conversationId: randomUUID(),
    }),
    asked: (useCase) => floor().asked.filter((one) => one.useCase === useCase),
    press: async (place, data) => {
      const { status, body } = await floor().deliver(executeIn(place, data));
      const { statusCode, value } = body as { statusCode: number; value: unknown };
      assert.deepEqual([status, statusCode], [200, 200]);
      return JSON.stringify(value);
    },
  };
}
