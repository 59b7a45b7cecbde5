/** Decides when to look at Graph again: cadence, back-off and jitter. All figures are seconds. */
/** A number from 0 to below 1, given by the caller so that the rules stay pure. */
export type Random = number;

const slowestPoll = 300;
const backOffFirst = 2;
const backOffCeiling = 300;
const jitterOfAnOrder = 0.1;

/** Without a `Retry-After` the bot looks often at first, then ever more slowly. */
const cadence: readonly { readonly untilAge: number; readonly every: number }[] = [
  { untilAge: 30, every: 3 },
  { untilAge: 120, every: 10 },
  { untilAge: 600, every: 30 },
  { untilAge: 3600, every: 60 },
];

/** What Graph ordered is kept exactly, plus up to 10 % so that many exports do not come back in the same instant. */
export const orderedDelay = (retryAfter: number, random: Random): number =>
  retryAfter * (1 + jitterOfAnOrder * random);

/** Delay to the next look at a job that is under way. */
export function pollDelay(given: {
  readonly age: number;
  readonly retryAfter?: number | undefined;
  readonly unknownStatus: boolean;
  readonly random: Random;
}): number {
  const ordered = given.retryAfter === undefined ? undefined : orderedDelay(given.retryAfter, given.random);
  if (given.unknownStatus) return Math.max(slowestPoll, ordered ?? 0);
  if (ordered !== undefined) return ordered;
  return cadence.find(({ untilAge }) => given.age < untilAge)?.every ?? slowestPoll;
}

/** Exponential back-off with full jitter, 2 s to 5 min; `attempt` counts from 1. */
export function backOffDelay(attempt: number, random: Random): number {
  const ceiling = Math.min(backOffCeiling, backOffFirst * 2 ** Math.min(attempt, 10));
  return backOffFirst + random * (ceiling - backOffFirst);
}
