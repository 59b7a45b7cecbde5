/**
 * Tells from memory that a message was delivered to nobody before: it was sent a moment ago, when this was the only process, and
 * did not come here yet.
 */
import type { Clock, Instances } from '../../ports/runtime.ts';

export interface FirstDeliveryDeps {
  readonly clock: Clock;
  readonly instances: Pick<Instances, 'living'>;
  /** Seconds. */
  readonly processAge: () => number;
}

/**
 * To be asked once for each delivery; false is "not known". An instance that has only just begun may not be counted yet.
 * @param sentAt as the activity says
 */
export type IsFirstDelivery = (key: string, sentAt: string | undefined) => boolean;

/** Milliseconds. Teams delivers again after about 15 s: that leaves its clock 10 s to differ. */
const sentWithin = 5_000;

export function createFirstDelivery({ clock, instances, processAge }: FirstDeliveryDeps): IsFirstDelivery {
  // Two generations: a key is known for as long as a message that is sent by a clock that is ahead counts as just sent.
  const generation = 2 * sentWithin;
  let [newer, older] = [new Set<string>(), new Set<string>()];
  let begun = -Infinity;
  return function isFirstDelivery(key, sentAt) {
    const now = clock.now().getTime();
    if (Math.abs(now - begun) >= generation) [newer, older, begun] = [new Set(), newer, now];
    const isKnown = newer.has(key) || older.has(key);
    newer.add(key);
    const isJustSent = Math.abs(now - Date.parse(sentAt ?? '')) < sentWithin;
    return !isKnown && isJustSent && processAge() * 1000 >= sentWithin && instances.living() === 1;
  };
}
