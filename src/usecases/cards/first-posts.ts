/** Semaphore for first cards on their way to Teams: few at once in a process that has just begun, which may soon be killed. */
import { createSemaphore } from '../../blocks/semaphore.ts';
import { warmUpLimit } from '../../blocks/warm-up.ts';

/** A post that a crash keeps from being recorded is made again: what is not on its way cannot be doubled. */
export type FirstPosts = <T>(post: () => Promise<T>) => Promise<T>;

const warmUp = { first: 1, max: 20, secondsForOneMore: 3 };
const longestWait = 1_000;

/**
 * In their order. Whoever has waited for a second goes all the same, so that a connector that hangs holds up nobody for long.
 * @param processAge seconds for which the process has been at work
 */
export const createFirstPosts = (
  processAge: () => number,
  pause: (milliseconds: number) => Promise<unknown>,
): FirstPosts =>
  createSemaphore({
    max: () => warmUpLimit(warmUp, processAge()),
    overdue: () => pause(longestWait),
  }).run;
