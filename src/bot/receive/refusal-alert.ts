/** Alerts the operator in the log when many requests to the bot are refused within a minute. */
import type { Clock, Log } from '../../ports/runtime.ts';

export interface RefusalAlertDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** Call it for each refused request. */
export type RefusalAlert = () => void;

const manyInAMinute = 20;
const minute = 60_000;
const alertEvery = 600_000;

export function createRefusalAlert({ clock, log }: RefusalAlertDeps): RefusalAlert {
  let begun = -Infinity;
  let refused = 0;
  let alertedAt = -Infinity;
  return function alertWhenMany() {
    const now = clock.now().getTime();
    if (Math.abs(now - begun) >= minute) [begun, refused] = [now, 0];
    refused += 1;
    if (refused < manyInAMinute || Math.abs(now - alertedAt) < alertEvery) return;
    alertedAt = now;
    log.error(
      { refused },
      'many requests to the bot are refused: check the clock of this machine, BOT_ID and the BOT_CHANNEL_* settings; or a stranger is knocking',
    );
  };
}
