/** Builds what decides whether something that Teams delivers is heard: once, and from nobody too often. */
import { createRemember } from '../bot/receive/deduplication.ts';
import { createFirstDelivery, type FirstDeliveryDeps } from '../bot/receive/first-delivery.ts';
import { createPace } from '../bot/receive/pace.ts';
import type { Config } from '../config.ts';
import type { Background, Stores } from '../ports/runtime.ts';
import type { BotUseCases } from './use-cases.ts';

export interface DeliveryDeps extends FirstDeliveryDeps {
  readonly config: Pick<Config, 'messageLimits'>;
  readonly background: Background;
  readonly stores: Pick<Stores, 'conversations' | 'inbound'>;
  readonly useCases: Pick<BotUseCases, 'catchUp'>;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export function createDelivery(deps: DeliveryDeps) {
  const { background, stores, useCases, pause, clock, config } = deps;
  const { conversations, inbound } = stores;
  return {
    remember: createRemember({ conversations, catchUp: useCases.catchUp }),
    inbound,
    pause,
    background,
    isFirstDelivery: createFirstDelivery(deps),
    underWay: new Map<string, Promise<unknown>>(),
    pace: createPace(clock, config.messageLimits),
  };
}
