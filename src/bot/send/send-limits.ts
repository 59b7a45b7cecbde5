/** Keeps every request to the connector within Teams' limits: it waits up to 5 seconds for its turn, or is told when to come back. */
import type { Clock, Instances } from '../../ports/runtime.ts';
import type { Place } from './rate-limiter.ts';
import { createRateLimiter } from './rate-limiter.ts';

export interface SendLimits {
  /** Resolves when it is the message's turn; with seconds, at once, when that is further off than 5 s: nothing may be sent then. */
  readonly enter: (place: Place) => Promise<number | undefined>;
  /** True when nothing has to wait in the conversation just now. */
  readonly isFree: (place: Place) => boolean;
  /** Teams wants so many seconds of silence in the conversation. */
  readonly holdOff: (place: Place, seconds: number) => void;
}

export interface SendLimitsDeps {
  readonly clock: Clock;
  readonly instances: Instances;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Milliseconds; the slots have so much to spare. */
const maxLate = 100;
const maxAttempts = 4;
/** What a newcomer takes while the others take all that Teams' limits allow fits into what those limits leave (40 of 50 a second). */
const sharersOfNewcomer = 4;

export function createSendLimits({ clock, pause, instances }: SendLimitsDeps): SendLimits {
  const slots = createRateLimiter();
  const now = (): number => clock.now().getTime();
  return {
    enter: async (place) => {
      for (let attempt = 1; ; attempt += 1) {
        const asked = now();
        const slot = slots.reserve(place, asked, sharers(instances));
        if (slot.kind === 'busy') return slot.retryAfter;
        if (slot.wait > 0) await pause(slot.wait);
        // A process that was held up wakes all that wait at once: their turns are over, and others' may have come.
        const isLate = now() - asked - slot.wait > maxLate;
        if (!isLate || attempt === maxAttempts) return undefined;
      }
    },
    isFree: (place) => slots.isFree(place, now(), sharers(instances)),
    holdOff: (place, seconds) => slots.holdOff(place, now() + seconds * 1000),
  };
}

/** By how many the limits are divided here. */
function sharers(instances: Instances): number {
  const living = instances.living();
  return living > 1 && instances.isNew() ? Math.max(sharersOfNewcomer, living) : living;
}
