/** Answers for reading what a ready file says: tried again when it could not be fetched, and never in the file's way. */
import type { ExportJob, ReadingProgress, Ready } from './export-job.ts';
import type { Moment, Transition } from './moves.ts';
import { ignored, moved, showCards } from './moves.ts';
import { backOffDelay } from './poll-schedule.ts';

const mostAttempts = 5;

/** What is not being read has nothing to settle: the same work may have been done twice. */
export const settleReading = (
  job: ExportJob,
  state: Ready,
  at: Moment,
  reading: Exclude<ReadingProgress, { kind: 'underWay' }>,
): Transition =>
  state.reading?.kind === 'underWay'
    ? moved(job, at, { state: { ...state, reading, readInVersion: job.version + 1 }, due: job.due }, [
        showCards,
      ])
    : ignored;

/** The card need not tell of each try. */
export function readLater(job: ExportJob, state: Ready, at: Moment): Transition {
  const { reading } = state;
  if (reading?.kind !== 'underWay') return ignored;
  const attempts = reading.attempts + 1;
  if (attempts >= mostAttempts) return settleReading(job, state, at, { kind: 'unread', why: 'later' });
  const next: Ready = { ...state, reading: { ...reading, attempts } };
  const after = backOffDelay(attempts + 2, at.random);
  return moved(job, at, { state: next, due: job.due }, [{ kind: 'readContent', after }]);
}

/** Seconds: Entra ID is not asked more often while it refuses the app. */
const untilMendedAgain = 60;

/** However long the operator's fault lasts, until the file has expired. */
export const readWhenMended = (job: ExportJob, state: Ready, at: Moment): Transition =>
  state.reading?.kind === 'underWay'
    ? moved(job, at, { state, due: job.due }, [{ kind: 'readContent', after: untilMendedAgain }])
    : ignored;

export function readAgain(job: ExportJob, state: Ready, at: Moment): Transition {
  if (state.reading?.kind === 'underWay' || state.reading?.kind === 'done') return ignored;
  const reading: ReadingProgress = { kind: 'underWay', attempts: 0, wished: true };
  return moved(job, at, { state: { ...state, reading }, due: job.due }, [
    showCards,
    { kind: 'readContent', after: 0 },
  ]);
}
