/** Answers for the operator hearing that requests to the bot are refused one after the other: a wrong clock, a wrong id, or a stranger. */
import type { Clock, Log } from '../../ports/runtime.ts';

export interface RefusalAlarmDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** Call it for each refused request. */
export type RefusalAlarm = () => void;

const manyInAMinute = 20;
const minute = 60_000;
const alarmEvery = 600_000;

export function createRefusalAlarm({ clock, log }: RefusalAlarmDeps): RefusalAlarm {
  let begun = -Infinity;
  let refused = 0;
  let alarmedAt = -Infinity;
  return function isTimeToTell() {
    const now = clock.now().getTime();
    if (Math.abs(now - begun) >= minute) [begun, refused] = [now, 0];
    refused += 1;
    if (refused < manyInAMinute || Math.abs(now - alarmedAt) < alarmEvery) return;
    alarmedAt = now;
    log.error(
      { refused },
      'many requests to the bot are refused: check the clock of this machine, BOT_ID and the BOT_CHANNEL_* settings; or a stranger is knocking',
    );
  };
}
