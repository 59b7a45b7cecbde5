/** Answers for every request to the connector keeping Teams' limits: it waits a little for its turn, or is sent away with a time. */
import type { Clock } from '../ports/runtime.ts';
import type { Place } from './send-slots.ts';
import { createSendSlots } from './send-slots.ts';

export interface SendLimits {
  /** Resolves when it is the message's turn; with seconds, at once, when that is further off than 5 s: nothing may be sent then. */
  readonly enter: (place: Place) => Promise<number | undefined>;
  /** Teams wants so many seconds of silence in the conversation. */
  readonly holdOff: (place: Place, seconds: number) => void;
}

export interface SendLimitsDeps {
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export function createSendLimits({ clock, pause }: SendLimitsDeps): SendLimits {
  const slots = createSendSlots();
  const now = (): number => clock.now().getTime();
  return {
    enter: async (place) => {
      const slot = slots.reserve(place, now());
      if (slot.kind === 'busy') return slot.retryAfter;
      if (slot.wait > 0) await pause(slot.wait);
      return undefined;
    },
    holdOff: (place, seconds) => slots.holdOff(place, now() + seconds * 1000),
  };
}
