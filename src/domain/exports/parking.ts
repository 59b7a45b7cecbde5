/** Answers for an export being put aside: why, and when it goes on by itself. */
import type { Effect } from './export-event.ts';
import type { Contact, Due, ExportJob, ExportState, Parked } from './export-job.ts';
import type { EventOf, Moment, Transition } from './moves.ts';
import { dueIn, footingOf, moved, showCards } from './moves.ts';
import { present } from '../present.ts';

/** Seconds. */
const operatorFaultSecondLook = 300;
const operatorFaultSlowestLook = 24 * 3600;

/** The operator's fault lasts: look again after the same pause, and say nothing new. It grows when going on did not help. */
export function lookAgainForOperator(at: Moment, { operatorFaults = 1 }: Contact): Due {
  const seconds = operatorFaultSecondLook * 2 ** Math.min(operatorFaults - 1, 10);
  return dueIn(at, Math.min(operatorFaultSlowestLook, seconds), 'resume');
}

type ParkingEvent = EventOf<'operatorFault' | 'crashedTooOften' | 'followedTooLong'>;

export const parkFor = (job: ExportJob, at: Moment, event: ParkingEvent): Transition =>
  park(
    job,
    at,
    event.type,
    event.type === 'operatorFault' ? present({ correlationId: event.correlationId }) : {},
  );

export function park(
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
