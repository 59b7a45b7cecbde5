/** Keeps an export where it stands when something is in the way: tries again later, or parks it. */
import { present } from '../present.ts';
import type { Effect } from './export-event.ts';
import type { Contact, Due, DueStep, ExportJob, ExportState, Parked, TroubleKind } from './export-job.ts';
import { graphJobIdOf } from './export-job.ts';
import type { EventOf, Moment, Transition } from './moves.ts';
import { dueIn, footingOf, moved, showCards } from './moves.ts';
import { backOffDelay, orderedDelay } from './poll-schedule.ts';

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

/** Seconds. */
const operatorFaultSecondLook = 300;
const operatorFaultSlowestLook = 24 * 3600;

/** The operator's fault lasts: look again after the same pause, which grows with each one that did not help. */
export function lookAgainForOperator(at: Moment, { operatorFaults = 1 }: Contact): Due {
  const seconds = operatorFaultSecondLook * 2 ** Math.min(operatorFaults - 1, 10);
  return dueIn(at, Math.min(operatorFaultSlowestLook, seconds), 'resume');
}
