/** Bounds how much one person, and one tenant, is heard: whoever floods the bot takes its time from nobody else. */
import { createTokenBuckets } from '../../blocks/token-buckets.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { PersonsTurn } from './turn.ts';

/** Messages and presses in a minute. */
export interface MessageLimits {
  readonly perUser: number;
  readonly perTenant: number;
}

export interface Pace {
  /** Which limit it goes beyond, if any. */
  readonly limitReached: (turn: PersonsTurn) => 'perUser' | 'perTenant' | undefined;
  /** Whoever goes beyond one is told so in the chat once a minute, and few of one tenant in each second. */
  readonly mayTell: (turn: PersonsTurn) => boolean;
}

/** A tenant may take its whole minute within so many parts of it: Teams lets a bot answer no more than 40 a second there. */
const partsOfMinute = 20;

export function createPace(clock: Clock, { perUser, perTenant }: MessageLimits): Pace {
  const people = createTokenBuckets(perUser, perUser / 60);
  const tenants = createTokenBuckets(Math.max(1, perTenant / partsOfMinute), perTenant / 60);
  const toldPeople = createTokenBuckets(1, 1 / 60);
  const toldTenants = createTokenBuckets(5, 1);
  const now = (): number => clock.now().getTime();
  return {
    limitReached: ({ requester }) => {
      if (!people.take(keyOf(requester), now())) return 'perUser';
      return tenants.take(requester.tenantId, now()) ? undefined : 'perTenant';
    },
    mayTell: ({ requester }) =>
      toldPeople.take(keyOf(requester), now()) && toldTenants.take(requester.tenantId, now()),
  };
}

const keyOf = ({ tenantId, userId }: PersonsTurn['requester']): string => `${tenantId}/${userId}`;
