/** Answers for the steps that leave an export where it stands, to look again later. */
import type { Contact, Due, DueStep, ExportJob, Following, TroubleKind } from './export-job.ts';
import { graphJobIdOf, noContact } from './export-job.ts';
import type { Moment, Transition } from './moves.ts';
import { dueIn, ignored, moved, showCards } from './moves.ts';
import { park } from './parking.ts';
import { backOffDelay, orderedDelay } from './poll-schedule.ts';
import { present } from '../present.ts';

const missingJobSecondLook = 60;
const elsewhereSecondLook = 60;
const oddAnswersUntilParked = 5;

/** The same state, tried again later; the card says what is in the way. */
export function retryLater(job: ExportJob, at: Moment, kind: TroubleKind, retryAfter?: number): Transition {
  const attempts = job.contact.attempts + 1;
  const oddAnswers = kind === 'oddAnswer' ? job.contact.oddAnswers + 1 : job.contact.oddAnswers;
  if (oddAnswers >= oddAnswersUntilParked) return park(job, at, 'oddAnswers');
  const seconds =
    retryAfter === undefined ? backOffDelay(attempts, at.random) : orderedDelay(retryAfter, at.random);
  const trouble = { since: job.contact.trouble?.since ?? at.now, kind };
  const step: DueStep = graphJobIdOf(job.state) === undefined ? 'start' : 'poll';
  const contact: Contact = { ...job.contact, attempts, oddAnswers, trouble, lookedAt: at.now };
  return moved(job, at, { state: job.state, contact, due: dueIn(at, seconds, step) }, [showCards]);
}

/** Graph has answered sensibly: whatever was in the way is over. */
const answered = ({ contact: { followedSince } }: ExportJob): Contact => ({
  ...noContact,
  ...present({ followedSince }),
});

export const secondLookForMissing = (missingSince: Date): Date =>
  new Date(missingSince.getTime() + missingJobSecondLook * 1000);

/** A Graph job that is not found is looked for once more before it counts as gone. */
export function lookAgainForMissing(job: ExportJob, at: Moment, state: Following): Transition {
  const missingSince = state.missingSince ?? at.now;
  const due: Due = { at: secondLookForMissing(missingSince), step: 'poll' };
  return moved(job, at, { state: { ...state, missingSince }, contact: answered(job), due }, [showCards]);
}

/** Wait for somebody else's job to end, then post our own. */
export const waitForElsewhere = (job: ExportJob, at: Moment): Transition =>
  moved(
    job,
    at,
    {
      state: { status: 'starting', outcomeUnknown: false, pendingElsewhere: true },
      contact: answered(job),
      due: dueIn(at, elsewhereSecondLook, 'start'),
    },
    [showCards],
  );

const soonestLook = 10;

/** A look before its time, but not one after the other, and never when Graph asked for patience. */
export function lookNow(job: ExportJob, at: Moment): Transition {
  const { lookedAt, trouble } = job.contact;
  const tooSoon = lookedAt !== undefined && at.now.getTime() - lookedAt.getTime() < soonestLook * 1000;
  if (tooSoon || trouble?.kind === 'busy') return ignored;
  return moved(job, at, { state: job.state, due: dueIn(at, 0, 'poll') }, [{ kind: 'startNow' }]);
}
