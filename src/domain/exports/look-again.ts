/** Decides when to look at Graph again, and parks an export where another look helps nobody now. */
import { present } from '../present.ts';
import type { Effect } from './export-event.ts';
import type { Contact, Due, DueStep, ExportJob, ExportState, Parked, TroubleKind } from './export-job.ts';
import { graphJobIdOf } from './export-job.ts';
import type { EventOf, Moment, Transition } from './moves.ts';
import { dueIn, footingOf, moved, showCards } from './moves.ts';

/** When to look next at a job of which Graph says that it is under way. */
export function nextLook(
  job: ExportJob,
  at: Moment,
  retryAfter: number | undefined,
  unknownStatus: boolean,
): number {
  const followedSince = job.contact.followedSince ?? at.now;
  const age = (at.now.getTime() - followedSince.getTime()) / 1000;
  return pollDelay({ age, retryAfter, unknownStatus, random: at.random });
}

/** Seconds, as all times here. */
const slowestPoll = 300;
const backOffFirst = 2;
const backOffCeiling = 300;
const jitterOfAnOrder = 0.1;

/** Without a `Retry-After` the bot looks often at first, then ever more slowly. */
export const cadence: readonly { readonly untilAge: number; readonly every: number }[] = [
  { untilAge: 30, every: 3 },
  { untilAge: 120, every: 10 },
  { untilAge: 600, every: 30 },
  { untilAge: 3600, every: 60 },
  { untilAge: Infinity, every: slowestPoll },
];

const cadenceAt = (age: number): number =>
  cadence.find(({ untilAge }) => age < untilAge)?.every ?? slowestPoll;

/** Seconds from its last look to its next, where something else than the cadence has set them. */
export function pacedOtherwise({ due, contact }: ExportJob): number | undefined {
  const { lookedAt, followedSince } = contact;
  if (due?.step !== 'poll' || lookedAt === undefined) return undefined;
  const every = (due.at.getTime() - lookedAt.getTime()) / 1000;
  const age = followedSince && (lookedAt.getTime() - followedSince.getTime()) / 1000;
  return age !== undefined && every === cadenceAt(age) ? undefined : every;
}

/**
 * Whether the next look stays when it was set as this one began, before Graph had answered: not sooner than Graph asks for, nor
 * later than it would be set now.
 */
export function staysAsSet(
  job: ExportJob,
  event: EventOf<'stillWaiting' | 'stillRunning'>,
  at: Moment,
): boolean {
  const unknownStatus = event.type === 'stillRunning' && event.unknownStatus !== undefined;
  if (event.retryAfter === undefined && !unknownStatus) return pacedOtherwise(job) === undefined;
  const left = ((job.due?.at ?? at.now).getTime() - at.now.getTime()) / 1000;
  const [soonest, latest] = [0, 1].map((random) =>
    nextLook(job, { ...at, random }, event.retryAfter, unknownStatus),
  );
  return soonest !== undefined && latest !== undefined && left >= soonest && left <= latest;
}

/** What Graph ordered is kept exactly, plus up to 10 % so that many exports do not come back in the same instant. */
export const orderedDelay = (retryAfter: number, random: number): number =>
  retryAfter * (1 + jitterOfAnOrder * random);

/** Delay to the next look at a job that is under way. */
export function pollDelay(given: {
  readonly age: number;
  readonly retryAfter?: number | undefined;
  readonly unknownStatus: boolean;
  readonly random: number;
}): number {
  const ordered = given.retryAfter === undefined ? undefined : orderedDelay(given.retryAfter, given.random);
  if (given.unknownStatus) return Math.max(slowestPoll, ordered ?? 0);
  if (ordered !== undefined) return ordered;
  return cadenceAt(given.age);
}

/** Exponential back-off with full jitter, 2 s to 5 min; `attempt` counts from 1. */
export function backOffDelay(attempt: number, random: number): number {
  const ceiling = Math.min(backOffCeiling, backOffFirst * 2 ** Math.min(attempt, 10));
  return backOffFirst + random * (ceiling - backOffFirst);
}

const maxOddAnswers = 5;

/** The same state, tried again later; the card says what is in the way. */
export function retryLater(job: ExportJob, at: Moment, kind: TroubleKind, retryAfter?: number): Transition {
  const attempts = job.contact.attempts + 1;
  const oddAnswers = kind === 'oddAnswer' ? job.contact.oddAnswers + 1 : job.contact.oddAnswers;
  if (oddAnswers >= maxOddAnswers) return park(job, at, 'oddAnswers');
  const seconds =
    retryAfter === undefined ? backOffDelay(attempts, at.random) : orderedDelay(retryAfter, at.random);
  const trouble = { since: job.contact.trouble?.since ?? at.now, kind };
  const step: DueStep = graphJobIdOf(job.state) === undefined ? 'start' : 'poll';
  const contact: Contact = { ...job.contact, attempts, oddAnswers, trouble, lookedAt: at.now };
  return moved(job, at, { state: job.state, contact, due: dueIn(at, seconds, step) }, [showCards]);
}

type ParkingEvent = EventOf<'operatorFault' | 'crashedTooOften' | 'followedTooLong'>;

export const parkFor = (job: ExportJob, at: Moment, event: ParkingEvent): Transition =>
  park(
    job,
    at,
    event.type,
    event.type === 'operatorFault' ? present({ correlationId: event.correlationId }) : {},
  );

function park(
  job: ExportJob,
  at: Moment,
  cause: ParkingEvent['type'] | 'oddAnswers',
  more: Pick<Parked, 'correlationId'> = {},
): Transition {
  const state: ExportState = { status: 'parked', cause, ...more, ...footingOf(job.state) };
  const effects: Effect[] = [showCards, { kind: 'notifyRequester', about: 'parked' }];
  if (cause !== 'operatorFault') return moved(job, at, { state }, effects);
  const contact = { ...job.contact, operatorFaults: (job.contact.operatorFaults ?? 0) + 1 };
  return moved(job, at, { state, contact, due: lookAgainForOperator(at, contact) }, effects);
}

const operatorFaultSecondLook = 300;
const operatorFaultSlowestLook = 24 * 3600;

/** The operator's fault lasts: look again after the same pause, which grows with each one that did not help. */
export function lookAgainForOperator(at: Moment, { operatorFaults = 1 }: Contact): Due {
  const seconds = operatorFaultSecondLook * 2 ** Math.min(operatorFaults - 1, 10);
  return dueIn(at, Math.min(operatorFaultSlowestLook, seconds), 'resume');
}
