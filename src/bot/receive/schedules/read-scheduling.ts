/** Reads what people write about schedules: to set one up, or to pause, resume, run or end it. */
import { schedulingCommands, type SchedulingCommand } from '../../../cards/talk/command-table.ts';
import type { Words } from '../../../words/words.ts';
import { readOpening } from '../read-opening.ts';

export interface Scheduling {
  readonly command: SchedulingCommand;
  /** Behind `schedule` a timing is to be parted from it: `waysToSchedule`. */
  readonly written: string;
}

/** @param text without mentions and links, spaces single. Undefined where it does not begin with one of these commands. */
export function readScheduling(words: Words, text: string): Scheduling | undefined {
  const opening = readOpening(words, text);
  const command = schedulingCommands.find((name) => name === opening?.command);
  return opening === undefined || command === undefined ? undefined : { command, written: opening.written };
}
